"""Rights: every route and every command × role × own or another meeting, against the table in tests/rights.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from control.tokens import token_of
from meetings.commands import commands, office_commands
from meetings.models import JournalEntry
from minutes.models import Print
from tests.cast import Cast, Clients, Room, furnish
from tests.good_bodies import GOOD
from tests.knocking import knock
from tests.make import make_command_id, make_display, make_print
from tests.rights import COMMANDS, OFFICE_COMMANDS, PAGES, POSTED, table

PAGE_ROWS, COMMAND_ROWS, OFFICE_ROWS = table(PAGES), table(COMMANDS), table(OFFICE_COMMANDS)
OF_THE_OFFICE = ("anonymous", "stranger", "clerk", "secretariat", "administrator")
NOT_PAGES = {"meetings:do", "meetings:do_in_office", "live:here", "demo:sign_in", "people:sign_out", "set_language"}
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
    kwargs = {"slug": room.meeting.slug, "pk": where.pk, "token": token_of(display)}
    kwargs |= {"line": "chair" if "line=chair" in query else "technical"}
    if name.startswith("minutes:"):
        paper = Print.objects.filter(minutes__meeting=room.meeting).first() or make_print(room.meeting)
        kwargs |= {"code": paper.code, "pk": paper.minutes.blocks.order_by("pk")[0].pk}
    pattern = next(p for p in get_resolver().reverse_dict.getlist(route_of(name)) or _possibilities(route_of(name)))
    wanted = pattern[0][0][1]
    return reverse(route_of(name), kwargs={key: kwargs[key] for key in wanted}) + (f"?{query}" if query else "")


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


@pytest.fixture
def elsewhere(room: Room) -> Room:
    """Another meeting, with its own people."""
    return furnish(suffix="-2")


@pytest.mark.parametrize("row", sorted(PAGE_ROWS))
def test_a_page_is_shown_to_whom_the_table_says(row: str, room: Room, clients: Clients) -> None:
    url, expected = address(row, room), PAGE_ROWS[row]
    assert {role: verdict(clients[role].get(url)) for role in expected} == expected
    for role in ("anonymous", "stranger", "observer", "operator", "secretary"):
        assert verdict(clients[role].head(url)) == expected[role], f"HEAD by {role}"
    for role in ("focal_point", "unit_head"):
        assert verdict(clients[role].get(url)) == expected["stranger"], f"{role} has no right of its own"


@pytest.mark.parametrize("row", sorted(PAGE_ROWS))
def test_a_role_holds_in_its_own_meeting_only(row: str, elsewhere: Room, clients: Clients) -> None:
    url, expected = address(row, elsewhere), PAGE_ROWS[row]
    of_a_meeting = "slug" in str(get_resolver().resolve(url.partition("?")[0]).route)
    strange = {role: expected["stranger"] if of_a_meeting and role not in OF_THE_OFFICE else expected[role] for role in expected}
    assert {role: verdict(clients[role].get(url)) for role in expected} == strange


def test_a_page_that_only_shows_takes_nothing(room: Room, clients: Clients) -> None:
    address("live:display", room)
    address("minutes:print", room)
    before = JournalEntry.objects.count()
    for row in sorted({route_of(row): row for row in PAGE_ROWS if route_of(row) not in POSTED}.values()):
        url = address(row, room)
        for role in ("anonymous", "stranger", "operator", "chair", "secretary", "administrator"):
            refused = {"405", "in"} if role == "anonymous" else {"405"}
            assert {verdict(getattr(clients[role], method)(url)) for method in WRITING} <= refused, (row, role)
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("command", sorted(COMMAND_ROWS))
def test_a_command_is_done_for_whom_the_table_says(command: str, room: Room, clients: Clients) -> None:
    noun, entries = command.partition(".")[0], room.meeting.journal.entries
    for role, expected in COMMAND_ROWS[command].items():
        with transaction.atomic():
            body = GOOD[command](room, role)
            before = entries.count()
            answer = knock(clients[role], room.meeting, command, **body)
            written = list(entries.filter(number__gt=before).values_list("kind", flat=True))
            transaction.set_rollback(True)
        room.meeting.refresh_from_db()
        assert verdict(answer) == expected, f"{command} by {role}: {answer.content.decode()}"
        assert any(kind.startswith(noun) for kind in written) == (expected == "200"), f"{command} by {role} wrote {written}"


@pytest.mark.parametrize("command", sorted(COMMAND_ROWS))
def test_a_command_to_another_meeting_is_a_stranger_s(command: str, room: Room, elsewhere: Room, clients: Clients) -> None:
    for role, own in COMMAND_ROWS[command].items():
        with transaction.atomic():
            body = GOOD[command](elsewhere, role if role in OF_THE_OFFICE else "stranger")
            before = elsewhere.meeting.journal.entries.count()
            answer = knock(clients[role], elsewhere.meeting, command, **body)
            grew = elsewhere.meeting.journal.entries.count() > before
            transaction.set_rollback(True)
        elsewhere.meeting.refresh_from_db()
        expected = own if role in OF_THE_OFFICE else "404"
        assert (verdict(answer), grew) == (expected, expected == "200"), f"{command} by {role}"


@pytest.mark.parametrize("command", sorted(COMMAND_ROWS))
def test_a_row_of_another_meeting_cannot_be_named(command: str, room: Room, elsewhere: Room, clients: Clients) -> None:
    body = GOOD[command](elsewhere, "stranger")
    foreign = {key for key, value in body.items() if hasattr(getattr(value, "meeting", None), "slug")}
    foreign |= {key for key, value in body.items() if isinstance(value, list)}
    if not foreign:
        return
    GOOD[command](room, "secretary")
    before = room.meeting.journal.entries.count()
    answer = knock(clients["secretary"], room.meeting, command, **body)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, foreign)
    assert room.meeting.journal.entries.count() == before


@pytest.mark.parametrize("command", sorted(OFFICE_ROWS))
def test_a_command_of_the_office_is_done_for_whom_the_table_says(command: str, room: Room, cast: Cast, clients: Clients) -> None:
    cast["focal_point"].is_active = command != "account.reopen"
    cast["focal_point"].save()
    body = {"account": cast["focal_point"].pk, "password": "k7mw-3hpt-ynqe-d4rx", "full_name": "Bùi Mới", "username": "bui.moi"}
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

    office = {role.value for role in User.OfficeRole if role.value} - {"focal_point", "unit_head"}
    return {role.value for role in Role} | office | {"anonymous", "stranger"}
