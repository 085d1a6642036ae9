"""The room's part of the journal, folded, and the same read from the tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from meetings.hooks import Fold
from meetings.models import JournalEntry, Meeting
from packets.models import Document, Release, Version

State = dict[Any, Any]


def start() -> State:
    """Return a meeting without papers."""
    return {}


def step(state: State, entry: JournalEntry) -> None:
    """Apply one entry: papers {number: [title, secrecy, removed]}, versions {numbers of both: state}, releases {token: open}.

    Leave to hand in the paper of a speech late: {speech: (asked for, until)}.
    """
    if entry.kind in STEPS:
        STEPS[entry.kind](state, entry.payload)


def _add(state: State, p: dict[str, Any]) -> None:
    state["paper", p["document"]] = [p["title"], p["secrecy"], False]


def _edit(state: State, p: dict[str, Any]) -> None:
    state["paper", p["document"]][:2] = [p["title"], p["secrecy"]]


def _remove(state: State, p: dict[str, Any]) -> None:
    state["paper", p["document"]][2] = True


def _version(to: str) -> Callable[[State, dict[str, Any]], None]:
    def apply(state: State, p: dict[str, Any]) -> None:
        state["version", p["document"], p["version"]] = to

    return apply


def _release(state: State, p: dict[str, Any]) -> None:
    if p["version"] is not None:  # what is handed out on paper has none
        state["version", p["document"], p["version"]] = "released"
    for token in p["tokens"]:
        state["release", token] = "open"


def _recall(state: State, p: dict[str, Any]) -> None:
    for token in p["tokens"]:
        state["release", token] = "recalled"


def _leave(state: State, p: dict[str, Any]) -> None:
    until = state.get(("leave", p["speech"]), (False, None))[1]
    state["leave", p["speech"]] = (True, until)


def _answer(state: State, p: dict[str, Any]) -> None:
    until = datetime.fromisoformat(p["until"]) if "until" in p else state["leave", p["speech"]][1]
    state["leave", p["speech"]] = (False, until)


# `document` and `version` are the numbers people cite, `tokens` those of the releases.
STEPS: dict[str, Callable[[State, dict[str, Any]], None]] = {
    "document.added": _add,
    "document.edited": _edit,
    "document.removed": _remove,
    "version.added": _version("draft"),
    "version.checked": _version("checked"),
    "version.approved": _version("approved"),
    "version.returned": _version("draft"),
    "document.released": _release,
    "document.recalled": _recall,
    "hand_in.requested": _leave,
    "hand_in.granted": _answer,
    "hand_in.declined": _answer,
}


def tables(meeting: Meeting) -> State:
    """Read the present rows in the shape of the folded state."""
    papers = Document.objects.filter(meeting=meeting).values_list("number", "title", "secrecy", "is_removed")
    versions = Version.objects.filter(document__meeting=meeting).values_list("document__number", "number", "state")
    releases = Release.objects.filter(document__meeting=meeting).values_list("token", "recalled_at")
    leave = meeting.hand_ins.values_list("speech", "wish", "until")
    return {
        **{("paper", number): [title, secrecy, removed] for number, title, secrecy, removed in papers},
        **{("version", number, version): state for number, version, state in versions},
        **{("leave", speech): (wish != "", until) for speech, wish, until in leave},
        **{("release", str(token)): "open" if recalled is None else "recalled" for token, recalled in releases},
    }


FOLD = Fold(name="packets", start=start, step=step, tables=tables)
