"""SQLite's connections, kept from one request to the next: a new one reads the whole schema again before its first answer."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

MOST = 4  # free ones at once: each may hold 16 MB of the database in its cache


class Kept(sqlite3.Connection):
    """A connection that goes back among the free ones when it is closed. What runs on it ends, as if it had been closed."""

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.asked = (args, kw)
        self.knows: set[str] = set()
        self.cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def create_function(self, name: str, *args: Any, **kw: Any) -> None:
        """Register a function, once: Django registers the same thirty each time it opens a connection."""
        if name not in self.knows:
            super().create_function(name, *args, **kw)
            self.knows.add(name)

    def create_aggregate(self, name: str, *args: Any) -> None:
        """Register an aggregate, once."""
        if name not in self.knows:
            super().create_aggregate(name, *args)
            self.knows.add(name)

    def cursor(self, *args: Any, **kw: Any) -> Any:
        """Return a cursor. It ends when the connection is given back: what it has not read would keep an old state in sight."""
        made = super().cursor(*args, **kw)
        self.cursors.add(made)
        return made

    def close(self) -> None:
        """Give the connection back if it still works and there is room, or close it."""
        if not self._give_back():
            super().close()

    def _give_back(self) -> bool:
        if os.getpid() not in _keeping or len(_free) >= MOST or self in _free:
            return self in _free
        try:
            self.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            for cursor in list(self.cursors):
                cursor.close()
            if self.in_transaction:
                self.rollback()
        except sqlite3.Error:
            return False
        self.cursors.clear()
        _free.append(self)
        return True


_keeping: set[int] = set()  # the process that keeps its connections; a child of it does not
_free: list[Kept] = []


def connect(*args: Any, **kw: Any) -> sqlite3.Connection:
    """Return a free connection, or a new one (the `factory` of sqlite3.connect)."""
    if os.getpid() not in _keeping:
        return sqlite3.Connection(*args, **kw)
    try:
        one = _free.pop()
    except IndexError:
        return Kept(*args, **kw)
    if one.asked == (args, kw):
        return one
    sqlite3.Connection.close(one)
    return Kept(*args, **kw)


@contextmanager
def kept_connections() -> Iterator[None]:
    """Keep them within this block: the process serves, and whoever exchanges its database waits until it has ended."""
    _keeping.add(os.getpid())
    try:
        yield
    finally:
        _keeping.clear()
        while _free:
            _free.pop().close()
