"""The frames of the live protocol, encoded once (docs/live-protocol.md)."""

from __future__ import annotations

import json
from typing import Any

from live.state import ClockState, RoomState

Parts = dict[str, tuple[int, str]]


def _frame(t: str, **content: Any) -> str:
    return json.dumps({"t": t, **content}, ensure_ascii=False, separators=(",", ":"))


def parts(state: RoomState, changed: Parts) -> str:
    """Return the changed parts of a screen at the state's number."""
    content = {name: {"n": number, "html": html} for name, (number, html) in changed.items()}
    return _frame("parts", epoch=state.epoch, n=state.number, at=state.at.isoformat(), parts=content)


def soft(changed: dict[str, str]) -> str:
    """Return values that are not facts (links): the last one wins."""
    return _frame("soft", parts={name: {"html": html} for name, html in changed.items()})


def clock(now: ClockState) -> dict[str, Any]:
    """Return a meeting's clock as pages compute with it."""
    return {"now": now.now.isoformat(), "rate": now.rate, "real": round(now.real.timestamp() * 1000)}


def beat(number: int, now: ClockState) -> str:
    """Return a heartbeat: the number of the last frame sent to this screen, and the clock."""
    return _frame("beat", n=number, clock=clock(now))


def poke(what: list[str]) -> str:
    """Return the request to fetch one's own fragments."""
    return _frame("poke", what=what)


def ticket(text: str) -> str:
    """Return a newer ticket for the next opening."""
    return _frame("ticket", ticket=text)


def bye(milliseconds: int) -> str:
    """Return the farewell: come back after so many milliseconds."""
    return _frame("bye", **{"in": milliseconds})
