"""Questions a lower floor must ask upwards; upper apps register their answers from AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meetings.models import BridgePoint, JournalEntry, Meeting, Participant

if TYPE_CHECKING:
    from meetings.journal import Transition


@dataclass(frozen=True)
class Fold:
    """One app's part of the journal folded into plain state, and what the tables say of the same.

    `start()` gives the empty state, `step(state, entry)` applies one entry in place, `tables(meeting)` reads the
    present rows in the same shape. `check_journal` compares the two.
    """

    name: str
    start: Callable[[], dict[Any, Any]]
    step: Callable[[dict[Any, Any], JournalEntry], None]
    tables: Callable[[Meeting], dict[Any, Any]]


@dataclass(frozen=True)
class Step:
    """One thing to prepare: its name, how much there is, whether that is enough, and where to do it."""

    title: object
    count: int
    done: bool
    missing: object
    url: str


Objections = Callable[[Meeting], Iterable[object]]

# May the meeting be adjourned, or suspended? Each answers with sentences that say why not.
objections_to_adjourning: list[Objections] = []
objections_to_suspending: list[Objections] = []
# May a participant be removed? Each answers with sentences that say why not.
objections_to_removing: list[Callable[[Participant], Iterable[object]]] = []
# And a bridge point that nobody takes part through?
objections_to_removing_site: list[Callable[[BridgePoint], Iterable[object]]] = []
# What ends with the meeting, within the change that adjourns it.
at_adjourning: list[Callable[[Transition], None]] = []
folds: list[Fold] = []
# What a meeting still needs before it can be opened.
steps_of_preparation: list[Callable[[Meeting], Step]] = []


def fold_differences(meeting: Meeting) -> list[str]:
    """Return, in words for an administrator, where the journal folded and the tables differ."""
    states = [(fold, fold.start()) for fold in folds]
    for entry in meeting.journal.entries.order_by("number").iterator(chunk_size=2000):
        for fold, state in states:
            fold.step(state, entry)
    return [line for fold, state in states for line in _differences(fold.name, state, fold.tables(meeting))]


def _differences(name: str, folded: dict[Any, Any], tables: dict[Any, Any]) -> list[str]:
    keys = sorted(folded.keys() | tables.keys(), key=str)
    return [
        f"{name} {key}: journal says {folded.get(key)!r}, tables say {tables.get(key)!r}"
        for key in keys
        if folded.get(key) != tables.get(key)
    ]
