"""How far a unit's answer has come, and who must act. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from attendance.registration.models import AskedUnit, Registration

Stage, State = AskedUnit.Stage, Registration.State
# Who has answered: the next step is the secretariat's, or nobody's.
ANSWERED = (Stage.SENT, Stage.APPROVED, Stage.COMPLETE, Stage.NOBODY)
# Who must still act; after the deadline they are late.
OWING = (Stage.WAITING, Stage.ANSWERING, Stage.REFUSED)
# What a board shows beside the stages: words of a filter.
NOT_OPENED, LATE, WISHES = "not_opened", "late", "wishes"

TONES = {
    Stage.WAITING: "",
    Stage.ANSWERING: "",
    Stage.REFUSED: "bad",
    Stage.SENT: "warn",
    Stage.APPROVED: "ok",
    Stage.COMPLETE: "ok",
    Stage.NOBODY: "",
    Stage.WITHDRAWN: "",
}


def stage_of(*, is_withdrawn: bool, answer: str, states: Collection[str]) -> AskedUnit.Stage:
    """Return the stage of a unit from what it says of its list, and the states of the lines on it."""
    if is_withdrawn:
        return Stage.WITHDRAWN
    for state, stage in ((State.REFUSED, Stage.REFUSED), (State.SENT, Stage.SENT), (State.DRAFT, Stage.ANSWERING)):
        if state in states:
            return stage
    if answer:
        return Stage(answer)
    return Stage.APPROVED if State.APPROVED in states else Stage.WAITING


def is_over(until: datetime | None, now: datetime) -> bool:
    """Tell whether a deadline has passed."""
    return until is not None and now > until


def is_late(stage: str, until: datetime | None, now: datetime) -> bool:
    """Tell whether a unit has let its deadline pass and still owes its answer."""
    return stage in OWING and is_over(until, now)


def left(quota: int | None, used: int) -> int | None:
    """Return how many places are left; nothing where there is no quota."""
    return None if quota is None else max(quota - used, 0)
