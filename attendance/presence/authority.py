"""Who may say of whom how they stand: operators of their own bridge point, the secretariat of everybody. Pure."""

from __future__ import annotations

from attendance.presence.standing import ABSENT, LEFT, ONLINE, PRESENT, Standing
from meetings.procedure import Actor


def looks_after(actor: Actor, own: int | None, stands: Standing) -> bool:
    """Tell whether somebody of the bridge point `own` is looked after by an actor: there, or where they are or were last."""
    return actor.may_mark_presence_at(own) or actor.may_mark_presence_at(stands.where)


def may_place(actor: Actor, before: Standing, after: Standing) -> bool:
    """Tell whether an actor may bring somebody from one standing to another.

    It ends at a place the actor looks after; a stay elsewhere is ended by bringing the person here, and by nothing else.
    """
    changed = set(before.stays) ^ set(after.stays)
    return actor.may_mark_presence_at(after.where) and (
        after.is_there or all(actor.may_mark_presence_at(span.where) for span in changed)
    )


def may_say(actor: Actor, own: int | None, before: Standing, after: Standing) -> bool:
    """Tell the same of a mark by hand: of who belongs to another bridge point only that they are here no longer."""
    if not may_place(actor, before, after):
        return False
    return actor.may_mark_presence_at(own) or (before.is_there and after.state == LEFT)


def sayable(actor: Actor, own: int | None, state: str, where: int | None) -> list[str]:
    """Return the states an actor may mark for somebody who stands so: what a page offers."""
    if actor.may_mark_presence_at(own):
        if actor.may_mark_presence_at(where) or not state:
            return [PRESENT, ONLINE, LEFT, ABSENT]
        if state in (PRESENT, ONLINE):
            return [PRESENT, ONLINE]
        return [PRESENT, ONLINE, ABSENT]
    return [LEFT] if state in (PRESENT, ONLINE) and actor.may_mark_presence_at(where) else []
