"""Kinds of lists that can be imported, and what is judged of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

from meetings.importing.columns import Column
from meetings.importing.rows import Values
from meetings.models import Meeting
from meetings.procedure import Ability

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class Outcome:
    """What applying a row does: to which row of the tables (nothing: a new one), with which plain values.

    `changes`: for a changed row, column → (before, after) as people read them. `title`: what the row is called.
    """

    does: str
    title: str
    data: dict[str, Any] = field(default_factory=dict)
    target: int | None = None
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


class Kind:
    """One kind of list. A subclass is registered with @importing; each method gets the meeting, or None in the office."""

    name: ClassVar[str]
    title: ClassVar[Any]
    ability: ClassVar[Ability]
    of_meeting: ClassVar[bool] = True
    command: ClassVar[str]
    back: ClassVar[str]
    part: ClassVar[str] = ""
    tab: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]]

    def scene(self, meeting: Meeting | None, rows: Sequence[Values]) -> Any:
        """Read all that the rows are judged against, in a number of queries that does not grow with them."""
        raise NotImplementedError

    def judge(self, row: Values, scene: Any) -> Outcome:
        """Say what applying a row would do; errors and warnings go to the row."""
        raise NotImplementedError

    def allowed(self, meeting: Meeting | None) -> Mapping[str, Sequence[str]]:
        """Return the values one may pick, by column, for the template."""
        return {}


K = TypeVar("K", bound=type[Kind])
_KINDS: dict[str, Kind] = {}


def importing(cls: K) -> K:
    """Register a kind of list."""
    _KINDS[cls.name] = cls()
    return cls


def find(name: str, *, of_meeting: bool) -> Kind | None:
    """Return a kind by the name in its address, or nothing."""
    kind = _KINDS.get(name)
    return kind if kind is not None and kind.of_meeting == of_meeting else None
