"""The journal for programs: whole, in order, page by page, and no more than its reader may see."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import JournalEntry
from tests.cast import Room, furnish
from tests.make import mark_present, open_the_item, open_the_meeting

pytestmark = pytest.mark.django_db
COST = 5  # session, account, meeting with its journal, participant, entries


def page(client: Client, room: Room, query: str = "") -> Any:
    return client.get(f"/m/{room.meeting.slug}/journal/{query}").json()


def write(room: Room, entries: int) -> None:
    for turn in range(entries):
        mark_present(room.people["delegate"], state=("present", "absent")[turn % 2])


def test_an_entry_is_told_as_it_was_written(room: Room, clients: dict[str, Client]) -> None:
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    room.meeting.journal.refresh_from_db()
    journal, found = room.meeting.journal, page(clients["secretary"], room)
    assert (list(found), found["epoch"], found["head"]) == (["epoch", "head", "entries"], str(journal.epoch), journal.head)
    rows = list(JournalEntry.objects.filter(journal=journal).order_by("number"))
    assert [entry["number"] for entry in found["entries"]] == list(range(1, journal.head + 1))
    for told, row in zip(found["entries"], rows, strict=True):
        assert set(told) == {"number", "kind", "at", "actor", "payload", "hash"}
        assert {name: told[name] for name in ("kind", "actor", "payload", "hash")} == {
            "kind": row.kind, "actor": row.actor, "payload": row.payload, "hash": row.hash,
        }  # fmt: skip
        assert told["at"].endswith("+07:00")
    assert found["entries"][-1]["hash"] == journal.head_hash


def test_the_pages_together_are_the_journal(room: Room, clients: dict[str, Client]) -> None:
    write(room, 20)
    whole, read, after = page(clients["secretary"], room), [], 0
    while (some := page(clients["secretary"], room, f"?after={after}&limit=7"))["entries"]:
        assert len(some["entries"]) <= 7
        read += some["entries"]
        after = read[-1]["number"]
    assert (read, after) == (whole["entries"], whole["head"])


def test_who_has_everything_is_told_nothing_more(room: Room, clients: dict[str, Client]) -> None:
    head = page(clients["secretary"], room)["head"]
    for after in (head, head + 1, 2**31 - 1):
        assert page(clients["secretary"], room, f"?after={after}") | {"epoch": ""} == {"epoch": "", "head": head, "entries": []}


def test_a_page_has_at_most_five_hundred_entries(room: Room, clients: dict[str, Client]) -> None:
    last = JournalEntry.objects.filter(journal=room.meeting.journal).order_by("-number")[0]
    more = [
        JournalEntry(
            journal_id=last.journal_id, number=last.number + n, kind="presence.marked", payload={}, at=last.at,
            recorded_at=last.recorded_at, actor="", account=last.account, hash=str(n),
        )
        for n in range(1, 601)
    ]  # fmt: skip
    JournalEntry.objects.bulk_create(more)
    type(room.meeting.journal).objects.filter(pk=last.journal_id).update(head=last.number + 600)
    assert [entry["number"] for entry in page(clients["secretary"], room)["entries"]] == list(range(1, 501))


@pytest.mark.parametrize(
    ("query", "field"),
    [("after=-1", "after"), ("after=x", "after"), ("after=99999999999999999999", "after"), ("limit=0", "limit"),
     ("limit=501", "limit"), ("limit=%00", "limit")],
)  # fmt: skip
def test_what_cannot_be_a_page_is_refused(query: str, field: str, room: Room, clients: dict[str, Client]) -> None:
    answer = clients["secretary"].get(f"/m/{room.meeting.slug}/journal/?{query}")
    assert (answer.status_code, answer.json()["state"], set(answer.json()["errors"])) == (400, "invalid", {field})


def test_a_page_costs_the_same_for_one_entry_and_for_many(room: Room, clients: dict[str, Client]) -> None:
    write(room, 30)
    page(clients["secretary"], room)
    for limit in (1, 30):
        with CaptureQueriesContext(connection) as asked:
            assert len(page(clients["secretary"], room, f"?limit={limit}")["entries"]) == limit
        assert len(asked) == COST, [query["sql"] for query in asked]


def test_a_journal_holds_its_own_meeting_only(room: Room, clients: dict[str, Client]) -> None:
    other = furnish(suffix="-2", title="Hội nghị khác")
    one, two = page(clients["administrator"], room), page(clients["administrator"], other)
    assert one["epoch"] != two["epoch"]
    assert not {entry["hash"] for entry in one["entries"]} & {entry["hash"] for entry in two["entries"]}


def test_nobody_keeps_a_copy_on_the_way(room: Room, clients: dict[str, Client]) -> None:
    answer = clients["secretary"].get(f"/m/{room.meeting.slug}/journal/")
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
