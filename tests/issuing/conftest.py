"""A room whose meeting is still to come, and the jobs that invitations ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jobs.models import Job
from jobs.queue import claim_next
from jobs.runner import carry_out
from tests.cast import Room
from tests.issuing_papers import later


@pytest.fixture
def coming(room: Room) -> Room:
    """The room, its meeting years ahead, so that links live."""
    later(room.meeting)
    return room


@pytest.fixture
def work() -> Callable[[], list[Job]]:
    """Do the jobs that wait; return them as they ended."""

    def carry_all_out() -> list[Job]:
        done = []
        while (held := claim_next()) is not None:
            carry_out(held)
            done.append(Job.objects.get(pk=held.pk))
        return done

    return carry_all_out
