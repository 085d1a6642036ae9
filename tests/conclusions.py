"""Conclusions as tests need them: one proposed, shown or adopted, and for every command a room in which it can be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from meetings.models import Meeting
from minutes.conclusions.actions import adopt_conclusion, propose_conclusion, show_conclusion
from minutes.conclusions.wording import Wording
from minutes.models import Conclusion
from tests.cast import Room
from tests.make import open_the_meeting, the_secretariat

Body = dict[str, Any]
TEXT = "Giao Văn phòng chủ trì xây dựng kế hoạch."


def make_conclusion(meeting: Meeting, text: str = TEXT, **kw: Any) -> Conclusion:
    """Return a new proposal; `who`, `along`, `due` and `product` are parts of its wording."""
    parts = {name: kw.pop(name) for name in ("who", "along", "due", "product") if name in kw}
    return propose_conclusion(meeting, by=the_secretariat(), wording=Wording(text=text, **parts), **kw)


def shown(conclusion: Conclusion) -> Conclusion:
    """Let the displays show it and return it fresh."""
    show_conclusion(conclusion.meeting, by=the_secretariat(), conclusion=conclusion)
    conclusion.refresh_from_db()
    return conclusion


def adopted(conclusion: Conclusion) -> Conclusion:
    """Adopt it as it stands and return it fresh."""
    adopt_conclusion(conclusion.meeting, by=the_secretariat(), conclusion=conclusion, version=conclusion.version)
    conclusion.refresh_from_db()
    return conclusion


def behind_conclusions(route: str, room: Room) -> dict[str, int]:
    """Return the conclusion that a route of the desk speaks of."""
    if not route.startswith("minutes:conclusion"):
        return {}
    return {"conclusion": (room.meeting.conclusions.first() or make_conclusion(room.meeting)).pk}


def _in_session(room: Room) -> Meeting:
    if room.meeting.opened_at is None:
        open_the_meeting(room.meeting)
    return room.meeting


def _read(room: Room, role: str) -> Body:
    made = make_conclusion(_in_session(room))
    return {"conclusion": made, "version": made.version}


def _shown(room: Room, role: str) -> Body:
    return {"conclusion": shown(make_conclusion(_in_session(room)))}


def _second(room: Room, role: str) -> Body:
    make_conclusion(room.meeting)
    return {"conclusion": make_conclusion(room.meeting), "way": "up"}


WORDS = {"text": "Đồng ý chủ trương.", "who": "Văn phòng", "due": "2026-12-31"}
CONCLUDING: dict[str, Callable[[Room, str], Body]] = {
    "conclusion.propose": lambda room, role: WORDS | {"item": room.items[1]},
    "conclusion.change": lambda room, role: WORDS | _read(room, role),
    "conclusion.move": _second,
    "conclusion.show": lambda room, role: {"conclusion": _read(room, role)["conclusion"]},
    "conclusion.hide": _shown,
    "conclusion.adopt": _read,
    "conclusion.withdraw": lambda room, role: _read(room, role) | {"why": "Trùng nội dung."},
}
