"""SQLite's connections, kept from one request to the next by a process that serves."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from live.serving import connections
from live.serving.connections import MOST, Kept, connect, kept_connections

Open = Callable[[], sqlite3.Connection]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens the same database again and again, as Django does for each request."""
    file = tmp_path / "office.sqlite3"
    with sqlite3.connect(file) as first:
        first.execute("PRAGMA journal_mode=WAL")
        first.execute("CREATE TABLE paper (title)")
        first.execute("INSERT INTO paper VALUES ('a'), ('b'), ('c')")
    first.close()
    with kept_connections():
        yield lambda: sqlite3.connect(file, isolation_level=None, factory=connect, check_same_thread=False)


def titles(one: sqlite3.Connection) -> int:
    return int(one.execute("SELECT count(*) FROM paper").fetchone()[0])


def test_a_connection_that_is_closed_is_given_to_the_next(opened: Open) -> None:
    one = opened()
    one.create_function("twice", 1, lambda n: 2 * n)
    assert titles(one) == 3
    one.close()
    one.close()
    again, other = opened(), opened()
    assert again is one
    assert again.execute("SELECT twice(4)").fetchone() == (8,)
    assert other is not one


def test_what_was_not_committed_is_gone(opened: Open) -> None:
    one = opened()
    one.execute("BEGIN IMMEDIATE")
    one.execute("DELETE FROM paper")
    one.close()
    assert titles(opened()) == 3


def test_what_was_not_read_to_its_end_keeps_no_old_state_in_sight(opened: Open) -> None:
    one, other = opened(), opened()
    reading = one.execute("SELECT title FROM paper")
    assert reading.fetchone() == ("a",)
    one.close()
    other.execute("INSERT INTO paper VALUES ('d')")
    again = opened()
    assert again is one
    assert titles(again) == 4
    with pytest.raises(sqlite3.ProgrammingError):
        reading.fetchone()


def test_few_are_kept_and_none_after_the_end(opened: Open, tmp_path: Path) -> None:
    many = [opened() for _n in range(MOST + 2)]
    assert [titles(one) for one in many] == [3] * len(many)
    for one in many:
        one.close()
    assert len(connections._free) == MOST
    for one in many[MOST:]:
        with pytest.raises(sqlite3.ProgrammingError):
            one.execute("SELECT 1")


def test_one_that_works_no_more_is_not_kept(opened: Open, tmp_path: Path) -> None:
    one = opened()
    sqlite3.Connection.close(one)
    one.close()
    assert connections._free == []
    assert titles(opened()) == 3


def test_of_another_database_nobody_is_given_one(opened: Open, tmp_path: Path) -> None:
    opened().close()
    other = sqlite3.connect(tmp_path / "other.sqlite3", isolation_level=None, factory=connect, check_same_thread=False)
    assert other.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_who_does_not_serve_keeps_none(tmp_path: Path) -> None:
    assert connections._free == []
    one = sqlite3.connect(tmp_path / "own.sqlite3", factory=connect)
    one.close()
    assert not isinstance(one, Kept)
    with pytest.raises(sqlite3.ProgrammingError):
        one.execute("SELECT 1")
