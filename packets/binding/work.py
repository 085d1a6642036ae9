"""Binding as long work, once for each class of readers; and tidying what no class reads any more."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from copies.binding import Bound, Part, bind
from copies.refusals import Refused, sentence_of
from jobs.kinds import JobFailed, job, periodic
from jobs.models import Job
from jobs.progress import Progress
from jobs.queue import enqueue
from meetings import clock
from meetings.models import Meeting
from packets.binding.front import print_front, target_of
from packets.binding.planning import Plan, plan_again
from packets.binding.queries import KIND, binding_job, binding_of
from packets.models import Binding, Version
from people.models import User
from printing.errors import PrintingError

FOLDER = "papers/bound"
#: An unfinished or forgotten file is younger than this while somebody may be at work on it.
STRAY = 24 * 3600
#: A packet nobody has opened for so long is made anew when it is asked for.
KEPT = timedelta(days=30)


def ask_to_bind(plan: Plan, by: User) -> Job | None:
    """Ask for a packet, once for its class; nothing when it is bound. Who asks while it is being bound gets that work."""
    if binding_of(plan) is not None:
        return None
    known = binding_job(plan)
    if known is not None and not known.is_over:
        return known
    with transaction.atomic():
        return enqueue(
            KIND,
            by=by,
            title=_("The packet of papers: %(title)s") % {"title": plan.meeting.title},
            back=reverse("packets:packet", args=[plan.meeting.slug]),
            scope=plan.meeting.pk,
            meeting=plan.meeting.pk,
            key=plan.key,
            papers=[[one.document.pk, one.version.pk if one.version else None] for one in plan.entries],
        )


@job(KIND)
def bind_packet(progress: Progress, *, meeting: int, key: str, papers: list[tuple[int, int | None]]) -> str:
    """Bind a packet from the reading copies as they are now; done once, whoever asks again."""
    held = Meeting.objects.select_related("organiser__parent", "journal").filter(pk=meeting).first()
    if held is None:
        raise JobFailed(_("The meeting is gone."))
    plan = plan_again(held, papers)
    progress.total(len(plan.versions) + 1)
    if binding_of(plan) is None:
        make(plan, progress)
    return _("The packet is bound.")


def make(plan: Plan, progress: Progress | None = None) -> Binding:
    """Bind a packet now and keep it; raise JobFailed with a sentence when that cannot be."""
    folder = Path(settings.FILES_DIR) / FOLDER
    name = f"{uuid.uuid4().hex}.pdf"
    entries = [(part.heading, entry) for part in plan.parts for entry in part.entries if entry.version is not None]
    numbers = [entry.document.number for _heading, entry in entries]

    def front(begins: list[int]) -> bytes:
        if progress is not None:
            progress.checkpoint()
        return print_front(plan, dict(zip(numbers, begins, strict=True)))

    try:
        folder.mkdir(parents=True, exist_ok=True)
        bound = bind(
            front, [_part(heading, entry.document.title, entry.version, target_of(entry)) for heading, entry in entries],
            folder / name, title="Bìa và mục lục",
        )  # fmt: skip
        if progress is not None:
            progress.step(len(entries) + 1)
        return _keep(plan, name, bound)
    except Refused as refused:
        raise JobFailed(sentence_of(refused.word)) from refused
    except PrintingError as error:
        raise JobFailed(str(error)) from error
    except OSError as error:
        raise JobFailed(sentence_of("disk")) from error


def _part(heading: str, title: str, version: Version | None, target: str) -> Part:
    assert version is not None
    return Part(path=version.reading.path, pages=version.pages, title=title, target=target, heading=heading,
                contents=version.contents)  # fmt: skip


def _keep(plan: Plan, name: str, bound: Bound) -> Binding:
    row: dict[str, Any] = {
        "file": f"{FOLDER}/{name}", "size": bound.size, "pages": bound.pages, "anchors": bound.anchors,
        "versions": [version.pk for version in plan.versions], "made_at": clock.now(plan.meeting),
    }  # fmt: skip
    try:
        with transaction.atomic():
            return Binding.objects.create(meeting=plan.meeting, key=plan.key, **row)
    except IntegrityError:  # somebody else has bound the same meanwhile
        (Path(settings.FILES_DIR) / FOLDER / name).unlink(missing_ok=True)
        return Binding.objects.get(meeting=plan.meeting, key=plan.key)


@periodic("papers.tidy_bound", every=3600)
def tidy(still_mine: Callable[[], bool]) -> None:
    """Delete packets with a paper that nobody reads any more, those long unopened, and files without a row."""
    for binding in Binding.objects.prefetch_related("openings"):
        if not still_mine():
            return
        if _is_stale(binding):
            path = Path(binding.file.path)
            binding.delete()
            path.unlink(missing_ok=True)
    _sweep(Path(settings.FILES_DIR))


def _is_stale(binding: Binding) -> bool:
    versions = Version.objects.filter(pk__in=binding.versions, document__is_removed=False)
    if versions.filter(document__releases__recalled_at=None).distinct().count() < len(set(binding.versions)):
        return True
    openings = [one.recorded_at for one in binding.openings.all()]
    used = max(openings, default=None)
    return used is not None and used < timezone.now() - KEPT


def _sweep(root: Path) -> None:
    old = [path for path in (root / FOLDER).glob("*") if path.is_file() and path.stat().st_mtime < time.time() - STRAY]
    names = [path.relative_to(root).as_posix() for path in old]
    known = set(Binding.objects.filter(file__in=names).values_list("file", flat=True))
    for path, name in zip(old, names, strict=True):
        if name not in known:
            os.unlink(path)
