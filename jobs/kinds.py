"""The kinds of long work there are, and the duties that come again: each room registers its own in its module `work`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from jobs.progress import Progress

Run = TypeVar("Run", bound=Callable[..., Any])
_KINDS: dict[str, Callable[..., Any]] = {}


@dataclass(frozen=True)
class Periodic:
    """A duty: what is done every so many seconds. It returns whether more waits, so that it comes again at once."""

    name: str
    every: float
    run: Callable[[Callable[[], bool]], bool | None]
    waits: Callable[[], bool] = lambda: True


_DUTIES: dict[str, Periodic] = {}


class JobFailed(Exception):
    """A job cannot be done; the sentence is for people. Nothing tries again by itself."""

    def __init__(self, reason: object) -> None:
        """Keep the sentence."""
        super().__init__(str(reason))
        self.reason = str(reason)


def job(name: str) -> Callable[[Run], Run]:
    """Register `run(progress, **arguments)` as a kind of long work.

    It may be killed at any point and is then begun anew, up to three times: each step asks `progress.once(key)` inside the
    transaction of what it does. What it returns, a sentence, stands on the page when it is done.
    """

    def register(run: Run) -> Run:
        if name in _KINDS and _KINDS[name] is not run:
            raise ValueError(f"two jobs are called {name}")
        _KINDS[name] = run
        return run

    return register


def periodic(
    name: str, *, every: float, waits: Callable[[], bool] = lambda: True
) -> Callable[[Callable[..., bool | None]], Callable[..., bool | None]]:
    """Register `run(still_mine)` as a duty. It works for some seconds at most and asks `still_mine()` before each step.

    `waits` is asked first, without a lock: a duty with nothing to do writes nothing.
    """

    def register(run: Callable[..., bool | None]) -> Callable[..., bool | None]:
        _DUTIES[name] = Periodic(name, every, run, waits)
        return run

    return register


def find(name: str) -> Callable[..., Progress | str | None] | None:
    """Return a kind of work, or nothing."""
    return _KINDS.get(name)


def duties() -> list[Periodic]:
    """Return every duty."""
    return list(_DUTIES.values())
