"""What every test stands on: a data folder of its own, a flushable journal, one connection in a test's transaction, the cast."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.test.testcases import TransactionTestCase
from django.utils import translation

from attendance.scanning.gate import GATES
from meetings import hooks
from people.models import Organisation
from people.provinces import PROVINCES
from tests import prepared
from tests.cast import Cast, Clients, Room, cast_of, furnish
from tests.service import Service, running_service
from tests.standing import standing

KEPT = {"django_migrations", "django_content_type", "auth_permission"}  # as migrating wrote them; no test adds to them


def _flush_behind_the_triggers(self: TransactionTestCase) -> None:
    """Empty the tables after a test with transactions of its own: the journal's triggers would refuse, and rightly.

    Table by table: Django's flush truncates all hundred and writes its permissions anew, a third of a second each time.
    """
    for guard in hooks.guards:
        guard.remove(connection)
    tables = [name for name in connection.introspection.django_table_names(only_existing=True) if name not in KEPT]
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")  # in any order
        for name in tables:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
    for guard in hooks.guards:
        guard.install(connection)
    rows = [Organisation(kind="province", code=code, name=committee, short_name=name) for code, name, committee in PROVINCES]
    Organisation.objects.bulk_create(rows)


TransactionTestCase._fixture_teardown = _flush_behind_the_triggers  # type: ignore[attr-defined]


BOTH = ["default", "snapshot"]
TESTS = Path(__file__).parent
BESIDE = {"bench", "copies", "printing"}  # rooms whose tests need no database of ours (deploy/test)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that may use the database may use it under both names; those of some rooms are done beside the others."""
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in BESIDE:
            item.add_marker("beside")
        mark = item.get_closest_marker("django_db")
        if mark is not None or "db" in getattr(item, "fixturenames", ()):
            wanted = dict(mark.kwargs) if mark else {}
            item.add_marker(pytest.mark.django_db(**wanted | {"databases": BOTH}), append=False)


def pytest_collection_finish() -> None:
    """What has been imported stays: the collector of garbage need not go through it again and again (an eighth of the time)."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Begin with the migrated tables that one worker has made for all."""
    prepared.begin()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """Take the file as it was begun; the run's folder goes at its end. (PostgreSQL copies its template by itself.)"""
    return django_db_keepdb or connection.vendor == "sqlite"


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
        standing.forget()
        yield
        return
    request.getfixturevalue("db")
    standing.begin()
    own = connections["snapshot"]
    connections["snapshot"] = connections["default"]
    yield
    connections["snapshot"] = own


@pytest.fixture
def room(db: None) -> Room:
    """A meeting in preparation: a central and three more bridge points, four items, twelve people, eight accounts."""
    return standing.get("room", furnish)


@pytest.fixture
def cast(room: Room) -> Cast:
    """The standing cast of the room, and those who stand outside it."""
    return standing.get("cast", lambda: cast_of(room), room.objects())


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """A signed-in browser for each of the cast, by name."""
    return Clients(cast)


@pytest.fixture(autouse=True)
def in_vietnamese() -> None:
    """Begin each test in the office's language, whatever a page asked for in the test before."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def no_gates() -> None:
    """Begin each test without devices from the one before: its rows may have had the same keys."""
    GATES.forget()


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """A service of a module's own with the demonstration, whose conference is in preparation."""
    with running_service() as running:
        yield running
