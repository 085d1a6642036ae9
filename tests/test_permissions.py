"""Rights: every route and every command × role × own or another meeting, against the table in tests/rights.py."""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Iterator

import pytest
import pytest_django
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from agenda.actions import release_programme
from control.tokens import token_of
from meetings.commands import commands, office_commands
from meetings.models import JournalEntry
from minutes.models import Print
from tests.badge_doors import behind_badges
from tests.box_doors import behind_box
from tests.cast import Cast, Clients, Room, cast_of, furnish
from tests.conclusions import behind_conclusions
from tests.counting_doors import behind_bodies
from tests.course_doors import behind_course
from tests.good_bodies import GOOD, Body
from tests.good_office_bodies import IN_DIRECTORY, IN_OFFICE
from tests.issuing_papers import behind_papers
from tests.knocking import knock
from tests.layout_doors import behind_layouts
from tests.long_work import behind
from tests.make import (
    make_asked_unit,
    make_block,
    make_command_id,
    make_display,
    make_import_run,
    make_print,
    make_registration,
    make_speech,
    make_speech_call,
    the_secretariat,
)
from tests.paper_desk import behind_drafts
from tests.paper_doors import behind_packets
from tests.presence_doors import behind_presence
from tests.review_doors import behind_review
from tests.rights import COMMANDS, OFFICE_COMMANDS, PAGES, POSTED, table
from tests.scan_doors import behind_scanners
from tests.speakers_doors import behind_speakers
from tests.voting_doors import behind_polls

PAGE_ROWS, COMMAND_ROWS, OFFICE_ROWS = table(PAGES), table(COMMANDS), table(OFFICE_COMMANDS)
OF_THE_OFFICE = ("anonymous", "stranger", "clerk", "secretariat", "administrator")
NOT_PAGES = {"meetings:do", "meetings:do_in_office", "live:here", "demo:sign_in", "people:sign_out", "set_language"}
NOT_PAGES |= {"people:end_sessions", "meetings:slips"}
WRITING = ("post", "put", "patch", "delete")


def routes(patterns: list[URLPattern | URLResolver] | None = None, namespace: str = "") -> Iterator[str]:
    """Yield the name of every route there is."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, f"{one.namespace}:" if one.namespace else namespace)
        else:
            assert one.name, f"{one.pattern} has no name"
            yield namespace + one.name


def route_of(row: str) -> str:
    return row.partition("?")[0].partition("(")[0]


def address(row: str, room: Room) -> str:
    """Return the address a row of the table speaks of, in a room."""
    name, _, query = row.partition("?")
    query = query.replace("site=o", f"site={room.lao_cai.pk}").replace("site=a", f"site={room.sites[2].pk}")
    where = room.sites[2] if "(another)" in name else room.lao_cai
    display = room.meeting.displays.first() or make_display(room.meeting)
    kwargs = {"slug": room.meeting.slug, "pk": where.pk, "token": token_of(display), "form": "csv"}
    if route_of(name) in IN_DIRECTORY:
        kwargs["pk"] = IN_DIRECTORY[route_of(name)]()
    kwargs |= {"line": "chair" if "line=chair" in query else "technical"}
    if "import" in name:
        kind = "organisations" if "office" in name else "participants"
        kwargs |= {"kind": kind, "run": make_import_run(None if "office" in name else room.meeting, kind=kind).pk}
    if name.startswith("attendance:"):
        kwargs |= registering(room, another="(another)" in name) | {"form": "csv"}
    if name.startswith("agenda:"):
        release = room.meeting.releases.first() or release_programme(room.meeting, by=the_secretariat())
        kwargs |= {"number": release.number, "ending": "csv"} | speaking(room, route_of(name), another="(another)" in name)
    if name.startswith("packets:speech"):
        kwargs |= speaking(room, route_of(name), another="(another)" in name)
    if name.startswith("minutes:"):
        paper = Print.objects.filter(minutes__meeting=room.meeting).first() or make_print(room.meeting)
        kwargs |= {"code": paper.code, "key": make_block(room.meeting).key}
    kwargs |= behind(route_of(name), room) | behind_papers(route_of(name), room) | behind_packets(route_of(name), room)
    kwargs |= behind_conclusions(route_of(name), room) | behind_bodies(route_of(name), room)
    kwargs |= behind_review(route_of(name), room) | behind_badges(route_of(name), room)
    kwargs |= behind_drafts(route_of(name), room) | behind_polls(route_of(name), room)
    kwargs |= behind_layouts(route_of(name)) | behind_box(route_of(name), room)
    kwargs |= behind_speakers(route_of(name), room) | behind_course(route_of(name), room)
    kwargs |= behind_presence(route_of(name), room, another="(another)" in name)
    kwargs |= behind_scanners(route_of(name), room, another="(another)" in name)
    pattern = next(p for p in get_resolver().reverse_dict.getlist(route_of(name)) or _possibilities(route_of(name)))
    wanted = pattern[0][0][1]
    return reverse(route_of(name), kwargs={key: kwargs[key] for key in wanted}) + (f"?{query}" if query else "")


def registering(room: Room, *, another: bool) -> dict[str, int]:
    """Return the unit whose focal point is in the cast, or another one (there is no other in another meeting), and its line."""
    units = list(room.meeting.asked_units.order_by("pk"))
    at = 1 if another and units else 0
    unit = units[at] if len(units) > at else make_asked_unit(room.meeting)
    line = unit.registrations.first() or make_registration(unit)
    return {"unit": unit.pk, "line": line.pk}


def speaking(room: Room, route: str, *, another: bool) -> dict[str, int]:
    """Return the registration of speeches there is, and a speech of the unit that is meant, where a route speaks of them."""
    if "speech" not in route:
        return {}
    unit = room.meeting.asked_units.get(pk=registering(room, another=another)["unit"])
    call = make_speech_call(room.meeting)
    return {"speech": (unit.speeches.first() or make_speech(unit, call=call)).pk}


def _possibilities(name: str) -> list[tuple[list[tuple[str, list[str]]], str]]:
    namespace, _, own = name.partition(":")
    found: list[tuple[list[tuple[str, list[str]]], str]] = get_resolver().namespace_dict[namespace][1].reverse_dict.getlist(own)
    return found


def verdict(answer: HttpResponse) -> str:
    """Say in the words of the table what somebody got."""
    if answer.status_code == 302:
        return "in" if answer.headers["Location"].startswith("/sign-in/") else "go"
    return str(answer.status_code)


def test_every_route_has_a_row() -> None:
    assert {route_of(row) for row in PAGE_ROWS} | NOT_PAGES == set(routes())


def test_every_command_has_a_row() -> None:
    assert set(COMMAND_ROWS) == set(commands()) == set(GOOD)
    assert set(OFFICE_ROWS) == set(office_commands())


HANDLER = ClientHandler(enforce_csrf_checks=False)  # one row of middleware for all browsers
Standing = tuple[Room, Cast, dict[str, str], Room]  # with the key of each session, and a room elsewhere


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[bytes]:
    """Two rooms, the cast of one and their sessions, made once for hundreds of tests: each works in a transaction within this."""
    with django_db_blocker.unblock(), transaction.atomic():
        room = furnish()
        cast = cast_of(room)
        clients = Clients(cast)
        sessions = {name: clients[name].cookies[settings.SESSION_COOKIE_NAME].value for name in cast}
        elsewhere = furnish(suffix="-2")
        with django_db_blocker.block():
            yield pickle.dumps((room, cast, sessions, elsewhere))
        transaction.set_rollback(True)


@pytest.fixture
def copied(standing: bytes, db: None) -> Standing:
    """What stands, for one test alone to change."""
    copy: Standing = pickle.loads(standing)
    return copy


@pytest.fixture
def room(copied: Standing) -> Room:
    """The standing room."""
    return copied[0]


@pytest.fixture
def cast(copied: Standing) -> Cast:
    """Its standing cast."""
    return copied[1]


@pytest.fixture
def clients(copied: Standing) -> Clients:
    """Their browsers, signed in already."""
    _room, cast, sessions, _elsewhere = copied
    clients = Clients(cast)
    for name, key in sessions.items():
        clients[name] = Client()
        clients[name].handler = HANDLER
        clients[name].cookies[settings.SESSION_COOKIE_NAME] = key
    return clients


@pytest.fixture
def elsewhere(copied: Standing) -> Room:
    """Another meeting, with its own people."""
    return copied[3]


class Someone(str):
    """The name of a role, which notes when somebody asks which one it is."""

    asked = False

    def __eq__(self, other: object) -> bool:
        self.asked = True
        return str.__eq__(self, other)

    def __hash__(self) -> int:
        self.asked = True
        return str.__hash__(self)


@contextlib.contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def in_turn(command: str, room: Room, roles: dict[str, str]) -> Iterator[tuple[str, Body]]:
    """Yield each role and the body of a command, in a room where it can be done; what is done with it is undone at the next.

    `roles`: the name under which a body is made for each. One in which nobody asks for the role is made once for all.
    """
    anybody = Someone(next(iter(roles.values())))
    with _undone():
        body = GOOD[command](room, anybody)
        for role in () if anybody.asked else roles:
            with _undone():
                yield role, body
    room.meeting.refresh_from_db()
    for role, name in roles.items() if anybody.asked else ():
        with _undone():
            yield role, GOOD[command](room, name)
        room.meeting.refresh_from_db()


@pytest.mark.parametrize("row", sorted(PAGE_ROWS))
def test_a_page_is_shown_to_whom_the_table_says(row: str, room: Room, clients: Clients) -> None:
    url, expected = address(row, room), PAGE_ROWS[row]
    assert {role: verdict(clients[role].get(url)) for role in expected} == expected
    for role in ("anonymous", "stranger", "observer", "operator", "secretary"):
        assert verdict(clients[role].head(url)) == expected[role], f"HEAD by {role}"
    assert verdict(clients["unit_head"].get(url)) == expected["stranger"], "the head of a unit has no right of its own"


@pytest.mark.parametrize("row", sorted(PAGE_ROWS))
def test_a_role_holds_in_its_own_meeting_only(row: str, elsewhere: Room, clients: Clients) -> None:
    url, expected = address(row, elsewhere), PAGE_ROWS[row]
    of_a_meeting = "slug" in str(get_resolver().resolve(url.partition("?")[0]).route)
    strange = {role: expected["stranger"] if of_a_meeting and role not in OF_THE_OFFICE else expected[role] for role in expected}
    assert {role: verdict(clients[role].get(url)) for role in expected} == strange


def test_a_page_that_only_shows_takes_nothing(room: Room, clients: Clients) -> None:
    rows = sorted({route_of(row): row for row in PAGE_ROWS if route_of(row) not in POSTED}.values())
    addresses = {row: address(row, room) for row in rows}  # what they name is made first
    before = JournalEntry.objects.count()
    for row, url in addresses.items():
        for role in ("anonymous", "stranger", "operator", "chair", "secretary", "administrator"):
            refused = {"405", "in"} if role == "anonymous" else {"405"}
            assert {verdict(getattr(clients[role], method)(url)) for method in WRITING} <= refused, (row, role)
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("command", sorted(COMMAND_ROWS))
def test_a_command_is_done_for_whom_the_table_says(command: str, room: Room, clients: Clients) -> None:
    noun, entries, table = command.partition(".")[0], room.meeting.journal.entries, COMMAND_ROWS[command]
    tried = set()
    for role, body in in_turn(command, room, {role: role for role in table}):
        expected = table[role]
        before = entries.count()
        answer = knock(clients[role], room.meeting, command, **body)
        written = list(entries.filter(number__gt=before).values_list("kind", flat=True))
        tried.add(role)
        assert verdict(answer) == expected, f"{command} by {role}: {answer.content.decode()}"
        assert any(kind.startswith(noun) for kind in written) == (expected == "200"), f"{command} by {role} wrote {written}"
    assert tried == set(table)


@pytest.mark.parametrize("command", sorted(COMMAND_ROWS))
def test_a_command_to_another_meeting_is_a_stranger_s(command: str, room: Room, elsewhere: Room, clients: Clients) -> None:
    entries, table = elsewhere.meeting.journal.entries, COMMAND_ROWS[command]
    tried = set()
    for role, body in in_turn(command, elsewhere, {role: role if role in OF_THE_OFFICE else "stranger" for role in table}):
        before = entries.count()
        answer = knock(clients[role], elsewhere.meeting, command, **body)
        grew = entries.count() > before
        tried.add(role)
        expected = table[role] if role in OF_THE_OFFICE else "404"
        assert (verdict(answer), grew) == (expected, expected == "200"), f"{command} by {role}"
    assert tried == set(table)


@pytest.mark.parametrize("command", sorted(COMMAND_ROWS))
def test_a_row_of_another_meeting_cannot_be_named(command: str, room: Room, elsewhere: Room, clients: Clients) -> None:
    body = GOOD[command](elsewhere, "stranger")
    foreign = {key for key, value in body.items() if hasattr(getattr(value, "meeting", None), "slug")}
    foreign |= {key for key, value in body.items() if isinstance(value, list)}
    if not foreign:
        return
    who = "secretary" if COMMAND_ROWS[command]["secretary"] == "200" else "operator"
    GOOD[command](room, who)
    before = room.meeting.journal.entries.count()
    answer = knock(clients[who], room.meeting, command, **body)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, foreign)
    assert room.meeting.journal.entries.count() == before


@pytest.mark.parametrize("command", sorted(OFFICE_ROWS))
def test_a_command_of_the_office_is_done_for_whom_the_table_says(command: str, room: Room, cast: Cast, clients: Clients) -> None:
    cast["unit_head"].is_active = command != "account.reopen"
    cast["unit_head"].save()
    body = {"account": cast["unit_head"].pk, "password": "k7mw-3hpt-ynqe-d4rx", "full_name": "Bùi Mới", "username": "bui.moi"}
    body |= IN_OFFICE[command]() if command in IN_OFFICE else {}
    for role, expected in OFFICE_ROWS[command].items():
        with transaction.atomic():
            before = JournalEntry.objects.count()
            sent = body | {"command_id": make_command_id()}
            answer = clients[role].post(f"/do/{command}/", sent, HTTP_ACCEPT="application/json")
            grew = JournalEntry.objects.count() > before
            transaction.set_rollback(True)
        assert (verdict(answer), grew) == (expected, expected == "200"), f"{command} by {role}: {answer.content.decode()}"


def test_a_command_comes_by_post_only(room: Room, clients: Clients) -> None:
    for command in COMMAND_ROWS:
        for method in ("get", "head", "put", "patch", "delete"):
            for role in ("stranger", "operator", "secretary"):
                assert getattr(clients[role], method)(f"/m/{room.meeting.slug}/do/{command}/").status_code == 405


def test_an_account_that_was_closed_is_a_stranger(room: Room, clients: Clients, cast: Cast) -> None:
    cast["secretary"].is_active = False
    cast["secretary"].save()
    assert verdict(clients["secretary"].get(f"/m/{room.meeting.slug}/control/")) == "in"
    assert verdict(knock(clients["secretary"], room.meeting, "meeting.open")) == "in"


def test_the_table_has_a_cell_for_every_role() -> None:
    assert set(PAGE_ROWS["healthz"]) == set(COMMAND_ROWS["item.add"]) == set(cast_roles())


def cast_roles() -> set[str]:
    from meetings.models import Role
    from people.models import User

    office = {role.value for role in User.OfficeRole if role.value} - {"unit_head"}
    return {role.value for role in Role} | office | {"anonymous", "stranger"}
