"""Writing the journal: one transaction that locks, asks, changes and records."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings import clock
from meetings.announcing import announce
from meetings.errors import OutOfOrder
from meetings.fact_kinds import Fact
from meetings.hashing import entry_hash
from meetings.models import Journal, JournalEntry, Meeting
from meetings.procedure import Ability, Actor
from meetings.rehearsal.rules import refuse_issuing

Row = TypeVar("Row", bound=models.Model)


@dataclass
class Transition:
    """A change under way: the meeting as it stands under the lock, its time, and what has been recorded so far."""

    meeting: Meeting
    by: Actor
    journal: Journal
    now: datetime
    entries: list[JournalEntry] = field(default_factory=list)

    def record(self, fact: Fact) -> JournalEntry:
        """Append one fact to the journal."""
        entry = _append(self.journal, fact, at=self.now, by=self.by)
        self.entries.append(entry)
        return entry

    def fresh(self, row: Row) -> Row:
        """Return a row of this meeting as it stands under the lock; raise OutOfOrder when it has gone."""
        found = type(row)._default_manager.filter(pk=row.pk, meeting=self.meeting).first()
        if found is None:
            raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
        return found


@contextmanager
def transition(meeting: Meeting, *, by: Actor, ability: Ability) -> Iterator[Transition]:
    """Change a meeting: lock its journal, check the right, let the caller change rows and record facts, announce.

    `meeting` itself is refreshed under the lock, so that what the caller decides on is the present.
    Raises NotAllowed, and OutOfOrder for what is not preparing in a template, or would issue papers in a rehearsal; the caller
    raises OutOfOrder. Nothing is kept when anything is raised.
    """
    with transaction.atomic():
        journal = lock(meeting.journal_id)
        meeting.refresh_from_db()
        by.require(ability)
        refuse_issuing(meeting, ability)
        if meeting.is_template and ability != Ability.PREPARE:
            raise OutOfOrder(_("This is a template: it is prepared, but never held. Make a meeting from it."))
        change = Transition(meeting=meeting, by=by, journal=journal, now=clock.now(meeting))
        yield change
        if change.entries:
            announce(meeting.pk, journal.head)


def lock(journal_id: int) -> Journal:
    """Lock a journal's row until the transaction ends (SQLite: the transaction is IMMEDIATE and alone anyway)."""
    return Journal.objects.select_for_update().get(pk=journal_id)


def begin(fact: Fact, *, journal: Journal, by: Actor, at: datetime) -> JournalEntry:
    """Write the first entry of a journal that has just been made in this transaction."""
    return _append(journal, fact, at=at, by=by)


def office_journal() -> int:
    """Return the key of the office's journal, which is made when it is first needed."""
    return Journal.objects.get_or_create(scope=Journal.Scope.OFFICE)[0].pk


@contextmanager
def office_transition(*, by: Actor, ability: Ability) -> Iterator[Transition]:
    """Change what belongs to no meeting (accounts, directory): the same steps on the office's journal."""
    with transaction.atomic():
        journal = lock(office_journal())
        by.require(ability)
        yield Transition(meeting=None, by=by, journal=journal, now=timezone.now())  # type: ignore[arg-type]


def _append(journal: Journal, fact: Fact, *, at: datetime, by: Actor) -> JournalEntry:
    recorded_at = timezone.now()
    number, payload = journal.head + 1, fact.payload()
    digest = entry_hash(
        previous=journal.head_hash, number=number, kind=fact.kind, payload=payload, at=at,
        recorded_at=recorded_at, actor=by.name, account=by.user.pk,
    )  # fmt: skip
    entry = JournalEntry.objects.create(
        journal=journal, number=number, kind=fact.kind, payload=payload, at=at,
        recorded_at=recorded_at, actor=by.name, account=by.user.pk, hash=digest,
    )  # fmt: skip
    journal.head, journal.head_hash = number, digest
    journal.save(update_fields=["head", "head_hash"])
    return entry


def first_fault(journal: Journal) -> int | None:
    """Return the number of the first entry that is missing, altered or out of its chain; None when all hold."""
    previous, expected = "", 1
    for entry in journal.entries.order_by("number").iterator(chunk_size=2000):
        if entry.number != expected or entry.hash != _recomputed(entry, previous):
            return expected
        previous, expected = entry.hash, expected + 1
    last = expected - 1
    if journal.head != last:
        return min(journal.head, last) + 1
    return None if journal.head_hash == previous else last


def _recomputed(entry: JournalEntry, previous: str) -> str:
    return entry_hash(
        previous=previous, number=entry.number, kind=entry.kind, payload=entry.payload, at=entry.at,
        recorded_at=entry.recorded_at, actor=entry.actor, account=entry.account,
    )  # fmt: skip
