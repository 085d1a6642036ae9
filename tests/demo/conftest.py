"""The demonstration, loaded once for a test, and its commands as one would type them."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from demo.loading import ensure, find
from meetings.models import Journal, Meeting

Manage = Callable[..., str]
Rows = dict[str, frozenset[tuple[Any, ...]]]
# What loading added to a database that held so much before, and when.
LOADED: dict[frozenset[tuple[Any, ...]], tuple[Rows, datetime]] = {}


@pytest.fixture(autouse=True)
def nobody_listens(settings: Settings) -> None:
    """Whatever serves on this machine: these tests play the database alone."""
    settings.PORT = 1


@pytest.fixture
def meeting(db: None) -> Meeting:
    """The demonstration, as if just loaded: the rows of the first loading, its clock where it stood, an epoch of its own."""
    if connection.vendor != "sqlite":
        return ensure()
    before = _rows()
    known = frozenset((table, row) for table, rows in before.items() for row in rows)
    if known not in LOADED:
        loaded = ensure()
        added = {table: rows - before[table] for table, rows in _rows().items()}
        assert all(before[table] <= rows for table, rows in _rows().items()), "loading changes what was there"
        LOADED[known] = added, timezone.now()
        return loaded
    rows, at = LOADED[known]
    with connection.cursor() as cursor:
        for table, added in rows.items():
            for row in sorted(added, key=lambda one: one[0]):
                cursor.execute(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(row))})", row)
    for one in Meeting.objects.exclude(clock_anchor=None):
        one.clock_anchor += timezone.now() - at
        one.save(update_fields=["clock_anchor"])
    Journal.objects.filter(meeting__in=Meeting.objects.all()).update(epoch=uuid.uuid4())
    found = find()
    assert found is not None
    return found


def _rows() -> Rows:
    """Return every row there is, by table."""
    with connection.cursor() as cursor:
        return {
            table: frozenset(cursor.execute(f"SELECT * FROM {table}").fetchall())
            for table in connection.introspection.table_names(cursor)
        }


@pytest.fixture
def manage() -> Manage:
    """Run a management command and return what it printed."""

    def run(*words: str) -> str:
        out = io.StringIO()
        call_command(*words, stdout=out)
        return out.getvalue()

    return run


@pytest.fixture
def demo(db: None, manage: Manage) -> Callable[..., dict[str, Any]]:
    """Run `manage.py demo` and return its last line, read."""

    def run(*words: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(manage("demo", *words).splitlines()[-1])
        return found

    return run
