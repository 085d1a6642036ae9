"""Steps of histories that concern papers: entered, released, recalled. Handed out on paper: nothing has to be prepared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from meetings import clock
from meetings.models import Meeting, Role
from meetings.procedure import Actor
from packets.desk.actions import add_document
from packets.releasing.actions import Openness, recall_document, release_document


def _pick(rows: Any, n: int) -> Any:
    found = list(rows.order_by("pk"))
    return found[n % len(found)] if found else None


def add(m: Meeting, by: Actor, a: int, b: int) -> object:
    return add_document(m, by=by, title=f"Tài liệu {a}", item=_pick(m.items, b) if b % 3 else None, secrecy="secret")


def release(m: Meeting, by: Actor, a: int, b: int) -> object:
    row = _pick(m.documents, a)
    named = [_pick(m.participants, b)] if b % 2 and m.participants.exists() else []
    until = clock.now(m) + timedelta(minutes=b % 40 - 3) if b % 5 == 4 else None
    to = Openness(
        to_everyone=b % 4 == 0, roles=[Role.DELEGATE] if b % 3 == 1 else [], participants=named, until_at=until,
        holds_for_item=b % 6 == 5,
    )  # fmt: skip
    stale = a % 7 == 6
    return release_document(
        m, by=by, documents=[row], editions={row.pk: (row.edition + stale, 0)}, to=to, recalls_former=b % 8 == 7
    )


def recall(m: Meeting, by: Actor, a: int, b: int) -> object:
    row = _pick(m.documents, a)
    return recall_document(m, by=by, documents=[row], release=row.releases.first() if b % 2 else None)


STEPS: dict[str, Callable[[Meeting, Actor, Any, Any], object]] = {
    "add paper": add,
    "release paper": release,
    "recall paper": recall,
}
