"""The control room's part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from control.models import Announcement, Display, Message, Outage, Receipt, SiteCommand
from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting

State = dict[Any, Any]
Payload = Mapping[str, Any]
AUTO, ANNOUNCEMENT = Display.Mode.AUTO.value, Display.Mode.ANNOUNCEMENT.value


def step(state: State, entry: JournalEntry) -> None:
    """Apply one entry to the folded state.

    display: [name, stands, mode, announcement]; announcement: (text, bridge points, or None when withdrawn); site
    command: [kind, text, stands, addressed]; receipt (the acknowledged ones): by whom; message: (bridge point, line, from
    there, digest); outage: (bridge point, beginning, end).
    """
    if entry.kind in _STEPS:
        _STEPS[entry.kind](state, entry.payload)
    if entry.kind == "site_command.acknowledged":
        state["receipt", entry.payload["site_command"], entry.payload["bridge_point"]] = entry.actor


def _display_opened(state: State, p: Payload) -> None:
    state["display", p["display"]] = [p["name"], True, AUTO, None]


def _display_revoked(state: State, p: Payload) -> None:
    state["display", p["display"]][1] = False


def _displays_steered(state: State, p: Payload) -> None:
    named = {display["id"] for display in p["displays"]}
    for key, row in state.items():
        if key[0] == "display" and (key[1] in named or (p["all"] and row[1])):
            row[2:] = p["mode"], p["announcement"]


def _announcement_published(state: State, p: Payload) -> None:
    state["announcement", p["announcement"]] = (p["text"], {site["id"] for site in p["sites"]})


def _announcement_withdrawn(state: State, p: Payload) -> None:
    state["announcement", p["announcement"]] = (p["text"], None)
    for key, row in state.items():
        if key[0] == "display" and row[3] == p["announcement"]:
            row[2:] = AUTO, None


def _site_command_issued(state: State, p: Payload) -> None:
    state["site command", p["site_command"]] = [p["kind_of_command"], p["text"], True, p["count"]]


def _site_command_withdrawn(state: State, p: Payload) -> None:
    state["site command", p["site_command"]][2] = False


def _message_sent(state: State, p: Payload) -> None:
    state["message", p["message"]] = (p["bridge_point"], p["line"], p["from_site"], p["digest"])


def _outages(state: State, p: Payload) -> None:
    for row in p["outages"]:
        end = datetime.fromisoformat(row["ended_at"]) if "ended_at" in row else None
        state["outage", row["id"]] = (row["bridge_point"], datetime.fromisoformat(row["began_at"]), end)


_STEPS: dict[str, Callable[[State, Payload], None]] = {
    "display.opened": _display_opened,
    "display.revoked": _display_revoked,
    "displays.steered": _displays_steered,
    "announcement.published": _announcement_published,
    "announcement.withdrawn": _announcement_withdrawn,
    "site_command.issued": _site_command_issued,
    "site_command.withdrawn": _site_command_withdrawn,
    "message.sent": _message_sent,
    "outages.begun": _outages,
    "outages.ended": _outages,
}


def tables(meeting: Meeting) -> State:
    """Read the present rows in the shape of the folded state."""
    state: State = {
        ("display", d.pk): [d.name, d.revoked_at is None, d.mode, d.announcement_id]
        for d in Display.objects.filter(meeting=meeting)
    }
    for a in Announcement.objects.filter(meeting=meeting).prefetch_related("sites"):
        state["announcement", a.pk] = (a.text, {site.pk for site in a.sites.all()} if a.withdrawn_at is None else None)
    receipts = Receipt.objects.filter(site_command__meeting=meeting)
    addressed = Counter(receipts.values_list("site_command_id", flat=True))
    for c in SiteCommand.objects.filter(meeting=meeting):
        state["site command", c.pk] = [c.kind, c.text, c.withdrawn_at is None, addressed[c.pk]]
    for r in receipts.exclude(acknowledged_at=None):
        state["receipt", r.site_command_id, r.bridge_point_id] = r.acknowledged_by
    for m in Message.objects.filter(meeting=meeting):
        state["message", m.pk] = (m.bridge_point_id, m.line, m.from_site, m.digest)
    for o in Outage.objects.filter(meeting=meeting):
        state["outage", o.pk] = (o.bridge_point_id, o.began_at, o.ended_at)
    return state


FOLD = Fold(name="control", start=dict, step=step, tables=tables)
