"""The journal: numbered without gaps, chained, guarded by triggers, and checked behind them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from meetings import guards
from meetings.journal import first_fault, office_journal
from meetings.models import Journal, JournalEntry, Meeting
from tests.make import make_items, make_meeting, make_participants

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def checked(meeting: Meeting) -> str:
    out = StringIO()
    call_command("check_journal", meeting.slug, stdout=out)
    return out.getvalue()


@pytest.fixture
def meeting(db: None) -> Meeting:
    """A meeting with ten entries."""
    meeting = make_meeting()
    for n in range(2, 11):
        make_participants(meeting, [f"Đại biểu {n}"])
    meeting.journal.refresh_from_db()
    assert meeting.journal.head == 10
    return meeting


@pytest.fixture
def unguarded(meeting: Meeting) -> Iterator[Meeting]:
    """The same, its triggers taken away: somebody with the database's own rights."""
    guards.remove(connection)
    yield meeting
    guards.install(connection)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_whole_journal_is_ok(meeting: Meeting) -> None:
    assert checked(meeting) == f"ok entries=10 head={meeting.journal.head_hash}\n"


def test_numbers_begin_at_one_and_leave_none_out(meeting: Meeting) -> None:
    assert list(meeting.journal.entries.values_list("number", flat=True)) == list(range(1, 11))


def test_an_entry_covers_its_content_and_the_one_before(meeting: Meeting) -> None:
    entries = list(meeting.journal.entries.order_by("number"))
    assert len({e.hash for e in entries}) == 10
    assert meeting.journal.head_hash == entries[-1].hash


ALTERATIONS: dict[str, tuple[str, int]] = {
    "payload": ("UPDATE meetings_journalentry SET payload = '{}' WHERE journal_id = %s AND number = 4", 4),
    "kind": ("UPDATE meetings_journalentry SET kind = 'meeting.opened' WHERE journal_id = %s AND number = 5", 5),
    "actor": ("UPDATE meetings_journalentry SET actor = 'Ai khác' WHERE journal_id = %s AND number = 6", 6),
    "account": ("UPDATE meetings_journalentry SET account = NULL WHERE journal_id = %s AND number = 6", 6),
    "time": ("UPDATE meetings_journalentry SET at = '2020-01-01 00:00:00+00:00' WHERE journal_id = %s AND number = 7", 7),
    "machine time": ("UPDATE meetings_journalentry SET recorded_at = at WHERE journal_id = %s AND number = 7", 7),
    "hash": ("UPDATE meetings_journalentry SET hash = 'f' WHERE journal_id = %s AND number = 8", 8),
    "a missing one": ("DELETE FROM meetings_journalentry WHERE journal_id = %s AND number = 3", 3),
    "the first one gone": ("DELETE FROM meetings_journalentry WHERE journal_id = %s AND number = 1", 1),
    "the tail cut off": ("DELETE FROM meetings_journalentry WHERE journal_id = %s AND number > 8", 9),
    "the last one gone": ("DELETE FROM meetings_journalentry WHERE journal_id = %s AND number = 10", 10),
    "a head set back": ("UPDATE meetings_journal SET head = 8 WHERE id = %s", 9),
    "a head set forward": ("UPDATE meetings_journal SET head = 11 WHERE id = %s", 11),
    "another head hash": ("UPDATE meetings_journal SET head_hash = 'f' WHERE id = %s", 10),
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(ALTERATIONS))
def test_an_alteration_behind_the_triggers_is_named_by_its_number(what: str, unguarded: Meeting) -> None:
    statement, number = ALTERATIONS[what]
    sql(statement, unguarded.journal_id)
    with pytest.raises(CommandError, match=rf"bad entry={number}\b") as fault:
        checked(unguarded)
    assert fault.value.returncode == 1


def renumber(journal: Journal, old: int, new: int) -> None:
    sql("UPDATE meetings_journalentry SET number = %s WHERE journal_id = %s AND number = %s", new, journal.pk, old)


def test_two_entries_that_changed_places_are_found(unguarded: Meeting) -> None:
    for old, new in ((4, 99), (5, 4), (99, 5)):
        renumber(unguarded.journal, old, new)
    assert first_fault(unguarded.journal) == 4


def test_an_entry_slipped_in_is_found(unguarded: Meeting) -> None:
    for number in range(10, 5, -1):
        renumber(unguarded.journal, number, number + 1)
    copy = unguarded.journal.entries.get(number=5)
    copy.pk, copy.number = None, 6
    copy.save(force_insert=True)
    assert first_fault(unguarded.journal) == 6


def test_a_well_chained_entry_beyond_the_head_is_found(unguarded: Meeting) -> None:
    sql("UPDATE meetings_journal SET head = 9 WHERE id = %s", unguarded.journal_id)
    assert first_fault(Journal.objects.get(pk=unguarded.journal_id)) == 10


def test_an_entry_put_at_the_end_is_found(unguarded: Meeting) -> None:
    copy = unguarded.journal.entries.get(number=10)
    copy.pk, copy.number = None, 11
    copy.save(force_insert=True)
    assert first_fault(unguarded.journal) == 11


def test_tables_changed_past_the_journal_are_found(meeting: Meeting) -> None:
    make_items(meeting, 1)
    with pytest.raises(CommandError, match="the journal and the tables differ"):
        checked(meeting)


def test_a_meeting_there_is_not_is_said(db: None) -> None:
    with pytest.raises(CommandError, match="khong-co"):
        call_command("check_journal", "khong-co")


# Triggers


def refused(do: Callable[[], object], why: str | None = None) -> None:
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        do()


@pytest.mark.parametrize("kind", [Meeting.Kind.REAL, Meeting.Kind.DEMO, Meeting.Kind.REHEARSAL])
def test_no_entry_of_any_journal_is_changed(kind: str) -> None:
    meeting = make_meeting(kind=kind)
    refused(lambda: meeting.journal.entries.update(payload={}), "never changed")
    refused(lambda: meeting.journal.entries.update(number=9), "never changed")


def test_an_entry_of_a_real_journal_is_never_deleted() -> None:
    meeting = make_meeting()
    refused(lambda: meeting.journal.entries.all().delete(), "never deleted")
    refused(lambda: Journal.objects.filter(pk=meeting.journal_id).delete())


def test_a_real_journal_without_entries_is_never_deleted() -> None:
    journal = Journal.objects.create()
    refused(journal.delete, "never deleted")


@pytest.mark.parametrize("kind", [Meeting.Kind.DEMO, Meeting.Kind.REHEARSAL])
def test_a_disposable_journal_is_deleted_with_its_meeting(kind: str) -> None:
    meeting = make_meeting(kind=kind)
    journal = meeting.journal
    meeting.delete()
    journal.delete()
    assert not JournalEntry.objects.filter(journal_id=journal.pk).exists()


def test_what_a_journal_is_for_is_never_changed() -> None:
    real, demo = make_meeting().journal, make_meeting(kind=Meeting.Kind.DEMO).journal
    refused(lambda: Journal.objects.filter(pk=real.pk).update(disposable=True), "never changed")
    refused(lambda: Journal.objects.filter(pk=demo.pk).update(disposable=False), "never changed")
    refused(lambda: Journal.objects.filter(pk=real.pk).update(scope="office"), "never changed")
    refused(lambda: sql("UPDATE meetings_journal SET id = 4242 WHERE id = %s", real.pk))


def test_a_replacement_does_not_pass_the_triggers() -> None:
    if connection.vendor != "sqlite":
        refused(lambda: sql("TRUNCATE meetings_journalentry"), "never emptied")
        return
    meeting = make_meeting()
    entry = meeting.journal.entries.get()
    columns = "id, journal_id, number, kind, payload, at, recorded_at, actor, account, hash"
    refused(
        lambda: sql(f"REPLACE INTO meetings_journalentry ({columns}) SELECT id, journal_id, number, 'x', payload, at, "
                    "recorded_at, actor, account, hash FROM meetings_journalentry WHERE id = %s", entry.pk),
        "never changed",
    )  # fmt: skip
    refused(
        lambda: sql("REPLACE INTO meetings_journal (id, scope, head, head_hash, epoch, disposable) "
                    "SELECT id, scope, head, head_hash, epoch, 1 FROM meetings_journal WHERE id = %s", meeting.journal_id),
        "never changed",
    )  # fmt: skip


def test_another_office_journal_does_not_replace_the_first() -> None:
    if connection.vendor != "sqlite":
        return
    first = office_journal()
    columns = "(id, scope, head, head_hash, epoch, disposable)"
    refused(lambda: sql(f"REPLACE INTO meetings_journal {columns} VALUES (4242, 'office', 0, '', '0', 1)"), "never deleted")
    assert office_journal() == first


def test_a_number_is_given_once() -> None:
    entry = make_meeting().journal.entries.get()
    entry.pk = None
    refused(lambda: entry.save(force_insert=True))


def test_a_fact_reads_the_same_after_it_was_stored() -> None:
    meeting = make_meeting(title="Hội nghị “Đổi mới” <b>&amp; 🌾")
    entry = meeting.journal.entries.get()
    assert entry.payload["title"] == meeting.title
    assert json.dumps(entry.payload)
