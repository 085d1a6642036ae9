"""The jobs that issuing asks for, and one press for all its tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from jobs.models import Job
from jobs.queue import claim_next
from jobs.runner import carry_out
from minutes.papers.rendering import RENDERER
from printing.press import PRESS
from printing.word import WORD


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


@pytest.fixture(scope="session", autouse=True)
def the_presses_end_with_the_tests() -> Iterator[None]:
    """End the children."""
    yield
    PRESS.close()
    WORD.close()
    RENDERER.close()
