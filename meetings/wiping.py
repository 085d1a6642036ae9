"""Taking out a meeting whole whose journal was made to be thrown away: demonstrations and rehearsals. No row of it is left."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.core.files.storage import Storage
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models import Q
from django.db.models.deletion import Collector

from jobs.models import Job
from jobs.progress import forget
from meetings import hooks
from meetings.journal import lock
from meetings.models import Meeting


def wipe(meeting: Meeting) -> None:
    """Delete a meeting with its journal, rows, files and jobs, within the caller's transaction; files go once it is committed.

    Rooms take out first what holds on to other rows (hooks.at_wiping, upper rooms first). A rehearsal of it goes along.
    Raises ValueError for a meeting whose journal is to be kept.
    """
    journal = lock(meeting.journal_id)
    if not journal.disposable:
        raise ValueError("the journal of this meeting is to be kept")
    for rehearsal in Meeting.objects.filter(cloned_from=meeting, kind=Meeting.Kind.REHEARSAL).exclude(pk=meeting.pk):
        wipe(rehearsal)
    for take_out in hooks.at_wiping:
        take_out(meeting)
    _forget_jobs(meeting)
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=meeting)
    collector.collect([meeting])
    for storage, name in list(_files(collector)):
        transaction.on_commit(partial(storage.delete, name), robust=True)
    collector.delete()
    journal.delete()


def _forget_jobs(meeting: Meeting) -> None:
    for job in Job.objects.filter(Q(scope=meeting.pk) | Q(arguments__meeting=meeting.pk)).prefetch_related("files"):
        for kept in job.files.all():
            forget(kept)
        job.delete()


def _files(collector: Collector) -> Iterator[tuple[Storage, str]]:
    """Yield what lies in the store for the rows that go."""
    going: dict[type[models.Model], list[int]] = {model: [row.pk for row in rows] for model, rows in collector.data.items()}
    for rows in collector.fast_deletes:
        if _file_fields(rows.model):
            going.setdefault(rows.model, []).extend(rows.values_list("pk", flat=True))
    for model, keys in going.items():
        for field in _file_fields(model):
            names = model._default_manager.filter(pk__in=keys).exclude(**{field.name: ""})
            for name in names.values_list(field.name, flat=True):
                yield field.storage, name


def _file_fields(model: type[models.Model]) -> list[models.FileField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.FileField)]
