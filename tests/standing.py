"""What hundreds of tests begin with: built once by its builders, then written row for row into each test's own transaction."""

from __future__ import annotations

import io
import pickle
import uuid
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, models
from django.utils import timezone, translation

T = TypeVar("T")
NOW = timezone.now  # a test that sets the clock builds under its clock
Tables = dict[str, dict[Any, tuple[Any, ...]]]  # rows by table and key


@dataclass(frozen=True)
class Kept:
    """What building something did to the tables, and what the builder returned."""

    writing: list[tuple[str, list[tuple[Any, ...]]]]
    returned: bytes


class Standing:
    """Repeats a builder's rows, but only over the very rows it once found: else it builds. (PostgreSQL: it always builds.)"""

    def __init__(self) -> None:
        self.kept: dict[Hashable, Kept] = {}
        self.below: Hashable = None  # what the tables hold, as long as nobody has written since
        self.changes = -1

    def begin(self) -> None:
        """Note that a test's own transaction has begun and nobody has written in it."""
        self.forget()
        if connection.vendor == "sqlite" and connection.in_atomic_block:
            self.below, self.changes = _ends(), _changes()

    def forget(self) -> None:
        """Build from now on."""
        self.below, self.changes = None, -1

    def get(self, name: str, build: Callable[[], T], given: Sequence[models.Model] = ()) -> T:
        """Return what `build` returns, with its rows; `given` are the objects it works with and may refresh."""
        if self.below is None or self.changes != _changes() or timezone.now is not NOW:
            self.below = None
            return build()
        key = (self.below, name, translation.get_language(), settings.MODE)
        if key not in self.kept:
            before, stood = _rows(), [_state(one) for one in given]
            built = build()
            refreshed = {n: one.__dict__ for n, one in enumerate(given) if _state(one) != stood[n]}
            self.kept[key] = Kept(_writing(before, _rows()), _packed((built, refreshed), given))
        else:
            for statement, rows in self.kept[key].writing:
                connection.connection.executemany(statement, [_of_today(row) for row in rows])
            built, refreshed = _unpacked(self.kept[key].returned, given)
            for n, values in refreshed.items():
                given[n].__dict__.clear()
                given[n].__dict__.update(values)
        self.below, self.changes = key, _changes()
        return built


EPOCH = object()  # stands for a new one: what a process remembers of another test's journal must not fit this one


def _of_today(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(uuid.uuid4().hex if value is EPOCH else value for value in row)


def _changes() -> int:
    """Return how many rows this connection has written, ever; what is rolled back counts too."""
    return int(connection.connection.total_changes)


def _ends() -> tuple[Any, ...]:
    """Return the first and the last row of every table: those that stand below the test's transaction."""
    parts = ", ".join(f'(SELECT min(rowid) FROM "{table}"), (SELECT max(rowid) FROM "{table}")' for table in _columns())
    found: tuple[Any, ...] = connection.connection.execute(f"SELECT {parts}").fetchone()
    return found


_known: dict[str, list[str]] = {}


def _columns() -> dict[str, list[str]]:
    """Return the columns of every table, its key first."""
    if not _known:
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                described = connection.connection.execute(f'PRAGMA table_info("{table}")').fetchall()
                _known[table] = [name for _n, name, *_type, _key in sorted(described, key=lambda one: (not one[-1], one[0]))]
    return _known


def _rows() -> Tables:
    """Return every row there is, as it is stored."""
    found: Tables = {}
    for table, columns in _columns().items():
        # A plus keeps the value from being read as what the column was declared to be.
        wanted = ", ".join(f'+"{name}"' for name in columns)
        found[table] = {row[0]: row for row in connection.connection.execute(f'SELECT {wanted} FROM "{table}"')}
    return found


def _writing(before: Tables, after: Tables) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """Return the statements that lead from one state to the other."""
    made: list[tuple[str, list[tuple[Any, ...]]]] = []
    for table, rows in after.items():
        known, columns = before[table], _columns()[table]
        assert known.keys() <= rows.keys(), f"building takes rows of {table} away"
        new = [row for key, row in rows.items() if key not in known]
        if table == "meetings_journal":
            at = columns.index("epoch")
            new = [(*row[:at], EPOCH, *row[at + 1 :]) for row in new]
        if new:
            names = ", ".join(f'"{name}"' for name in columns)
            made.append((f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})', new))
        for key, old in known.items():
            changed = [(name, value) for name, was, value in zip(columns, old, rows[key], strict=True) if was != value]
            if changed:
                to = ", ".join(f'"{name}" = ?' for name, _value in changed)
                made.append((f'UPDATE "{table}" SET {to} WHERE "{columns[0]}" = ?', [(*(v for _n, v in changed), key)]))
    return made


def _state(one: models.Model) -> dict[str, Any]:
    return {name: value for name, value in one.__dict__.items() if name != "_state"}


def _packed(thing: object, given: Iterable[models.Model]) -> bytes:
    """Pickle, naming the given objects by their place."""
    places = {id(one): n for n, one in enumerate(given)}

    class Packing(pickle.Pickler):
        def persistent_id(self, one: object) -> int | None:
            return places.get(id(one))

    file = io.BytesIO()
    Packing(file).dump(thing)
    return file.getvalue()


def _unpacked(data: bytes, given: Sequence[models.Model]) -> Any:
    class Unpacking(pickle.Unpickler):
        def persistent_load(self, place: int) -> models.Model:
            return given[place]

    return Unpacking(io.BytesIO(data)).load()


standing = Standing()
