"""Noting, within the change that causes it, that a body has lost its quorum or has reached it."""

from __future__ import annotations

from typing import Any

from attendance.bodies import facts
from attendance.bodies.quorum import Quorum
from meetings.journal import Transition


def lose_quorum(change: Transition, quorum: Quorum) -> None:
    """Note that too few members of a body are there."""
    change.record(facts.QuorumLost(**_standing(quorum)))


def reach_quorum(change: Transition, quorum: Quorum) -> None:
    """Note that enough members of a body are there."""
    change.record(facts.QuorumReached(**_standing(quorum)))


def _standing(quorum: Quorum) -> dict[str, Any]:
    return {
        "body": quorum.body, "name": quorum.name,
        "present": quorum.present, "entitled": quorum.entitled, "needed": quorum.needed,
    }  # fmt: skip
