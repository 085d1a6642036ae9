"""What every test stands on: a data folder of its own, a flushable journal, one connection in a test's transaction, the cast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test.testcases import TransactionTestCase

from meetings import guards
from people.models import Organisation
from people.provinces import PROVINCES
from tests.cast import Cast, Clients, Room, cast_of, furnish

_flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _flush_behind_the_triggers(self: TransactionTestCase) -> None:
    """Empty the tables after a test with transactions of its own: the journal's triggers would refuse, and rightly."""
    guards.remove(connection)
    _flush(self)
    guards.install(connection)
    rows = [Organisation(kind="province", code=code, name=committee, short_name=name) for code, name, committee in PROVINCES]
    Organisation.objects.bulk_create(rows)


TransactionTestCase._fixture_teardown = _flush_behind_the_triggers  # type: ignore[attr-defined]


BOTH = ["default", "snapshot"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that may use the database may use it under both names."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark is not None or "db" in getattr(item, "fixturenames", ()):
            wanted = dict(mark.kwargs) if mark else {}
            item.add_marker(pytest.mark.django_db(**wanted | {"databases": BOTH}), append=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Let go of PostgreSQL's pooled connections before the test database is dropped."""
    yield
    for one in connections.all():
        one.close()
        if one.vendor == "postgresql":
            one.close_pool()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True, scope="session")
def own_data_folder() -> None:
    """Refuse to run over the project's own data."""
    assert Path(settings.DATA_DIR) != Path(settings.BASE_DIR) / "var"


@pytest.fixture(autouse=True)
def one_connection(request: pytest.FixtureRequest) -> Iterator[None]:
    """In a test that is one transaction, the snapshot is read through the same connection: a second one sees nothing of it."""
    mark = request.node.get_closest_marker("django_db")
    if mark is None or mark.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("db")
    own = connections["snapshot"]
    connections["snapshot"] = connections["default"]
    yield
    connections["snapshot"] = own


@pytest.fixture
def room(db: None) -> Room:
    """A meeting in preparation: a central and three more bridge points, four items, twelve people, eight accounts."""
    return furnish()


@pytest.fixture
def cast(room: Room) -> Cast:
    """The standing cast of the room, and those who stand outside it."""
    return cast_of(room)


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """A signed-in browser for each of the cast, by name."""
    return Clients(cast)
