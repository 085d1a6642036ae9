"""The data of the list of delegates: who is expected, of which office, in which group, in the hall or at which bridge point."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from meetings.hashing import canonical
from meetings.models import COUNTED_ROLES, BridgePoint, Meeting, Participant, Role
from minutes.papers.data.frame import Said
from minutes.papers.data.parts import Written, table
from minutes.writing import addressed, at_bridge_point
from minutes.writing import number as counted
from people.models import Organisation

TITLES = ("TT", "Họ và tên", "Chức vụ, đơn vị", "Ghi chú")
HALL, LINE = "Trực tiếp", "Trực tuyến"
_NOTES = {Role.CHAIR: "Chủ trì", Role.SECRETARY: "Thư ký"}
_FIRST = {Role.CHAIR: 0, Role.SECRETARY: 1}


def read(meeting: Meeting, words: Mapping[str, Any]) -> Said:
    """Return what the list of a meeting's delegates says as it stands."""
    return said_of(rows_of(meeting), words)


def rows_of(meeting: Meeting) -> list[dict[str, str]]:
    """Return the expected delegates as plain values, by group, within it by bridge point; who presides and writes first."""
    found = list(
        meeting.participants.filter(role__in=COUNTED_ROLES, is_excused=False)
        .select_related("bridge_point", "group", "substitute_for")
        .order_by("bridge_point__number", "pk")
    )
    found.sort(key=_place)
    return [_row(str(at), one, meeting) for at, one in enumerate(found, start=1)]


def _place(one: Participant) -> tuple[int, int, int, int]:
    site = one.bridge_point
    where = -1 if site is None or site.is_central else site.number
    return (one.group.number if one.group else 10**6, where, int(one.mode == Meeting.Mode.ONLINE), _FIRST.get(Role(one.role), 2))


def _row(number: str, one: Participant, meeting: Meeting) -> dict[str, str]:
    mode, form = form_of(one, one.bridge_point, meeting)
    is_state = meeting.organiser.body == Organisation.Body.STATE
    substitute = f"Dự thay {addressed(one.substitute_for.name, is_state=is_state)}" if one.substitute_for else ""
    return {
        "number": number, "name": one.name, "office": one.office,
        "site": one.bridge_point.short_name if one.bridge_point else "", "mode": mode, "form": form,
        "group": one.group.name if one.group else "", "note": substitute or _NOTES.get(Role(one.role), ""),
    }  # fmt: skip


def form_of(one: Participant, site: BridgePoint | None, meeting: Meeting) -> tuple[str, str]:
    """Return how somebody takes part, in one word and with the place: in the hall, or over the line at which bridge point."""
    if one.mode == Meeting.Mode.ONLINE:  # from the own desk
        return LINE, f"{LINE}, thuộc {at_bridge_point(site.name)}" if site else LINE
    if site is None or meeting.mode == Meeting.Mode.IN_PERSON:
        return HALL, HALL
    mode = HALL if site.is_central and meeting.mode == Meeting.Mode.HYBRID else LINE
    return mode, f"{mode} tại {at_bridge_point(site.name)}"


def said_of(rows: Sequence[Mapping[str, str]], words: Mapping[str, Any]) -> Said:
    """Return what a list says, from plain values. Pure."""
    written = Written(words)
    return Said(
        fields=written.used,
        text={
            "opening": written.doc("opening"),
            "rows": [dict(one) for one in rows],
            "groups": groups_of(rows),
            "total": f"(Danh sách gồm {len(rows):02d} đại biểu)",
            "count": len(rows),
            "closing": written.doc("closing"),
        },
        sources={"delegates": mark_of(rows)},
    )


def groups_of(rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return rows in their order by group, and within it by how and where people take part, each with its line of title."""
    found = []
    several = len({one["group"] for one in rows}) > 1
    for name, some in groupby(rows, key=lambda one: one["group"]):
        people = [dict(one) for one in some]
        title = name or ("Đại biểu khác" if several else "")
        parts = [(form, list(those)) for form, those in groupby(people, key=lambda one: one["form"])]
        found.append(
            {
                "title": f"{title} ({counted(len(people))} đại biểu)" if title else "",
                "parts": [{"title": f"{form} ({counted(len(those))} đại biểu)", "rows": those} for form, those in parts],
            }
        )  # fmt: skip
    return found


def annex(rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Return the list as an annex of another paper."""
    body = table(TITLES, [])
    content: list[dict[str, Any]] = body["content"][0]["content"]
    for group in groups_of(rows):
        content += [_title(group["title"], "strong")] if group["title"] else []
        for part in group["parts"]:
            content.append(_title(part["title"], "em"))
            cells = [[one[key] for key in ("number", "name", "office", "note")] for one in part["rows"]]
            content += table(TITLES, cells)["content"][0]["content"][1:]
    return {"name": "Danh sách đại biểu", "body": body}


def _title(words: str, mark: str) -> dict[str, Any]:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": words, "marks": [{"type": mark}]}]}
    cell = {"type": "table_cell", "attrs": {"colspan": len(TITLES), "rowspan": 1}, "content": [paragraph]}
    return {"type": "table_row", "content": [cell]}


def mark_of(rows: Sequence[Mapping[str, str]]) -> str:
    """Return a mark that changes with the list."""
    return hashlib.sha256(canonical(list(rows)).encode()).hexdigest()[:16]
