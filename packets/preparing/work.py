"""Preparing a version for its readers, as a job: the harmless reading copy, its texts for searching, stamps of secrecy."""

from __future__ import annotations

import errno
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from copies.making import Made, forget, make_reading_copy
from copies.refusals import Refused, sentence_of
from jobs.kinds import JobFailed, job
from jobs.models import Job
from jobs.progress import Progress
from jobs.queue import enqueue
from meetings.procedure import Ability, Actor
from packets.models import PageText, Version
from packets.preparing import FOLDER
from packets.preparing.stamps import stamps_in

KIND = "papers.prepare"
#: Characters of one page that are kept for searching.
PAGE_LIMIT = 20_000
#: Pages whose texts are written in one transaction.
AT_ONCE = 50


def prepare_version(version: Version, *, by: Actor | None = None, back: str = "") -> Job:
    """Ask for a version's reading copy within the caller's transaction. The job names neither the paper nor its file."""
    document = version.document
    words = {"paper": document.number, "version": version.number}
    return enqueue(
        KIND,
        by=by.user if by is not None and by.user.pk else None,
        title=_("Preparing paper %(paper)d, version %(version)d") % words,
        back=back,
        open_to=Ability.PREPARE.value,
        scope=document.meeting_id,
        version=version.pk,
    )


@job(KIND)
def prepare(progress: Progress, *, version: int) -> str:
    """Make the reading copy of a version, once. One that has it already, or is gone, is left alone."""
    row = Version.objects.filter(pk=version).first()
    if row is None or row.copy != Version.Copy.WAITING or not row.original:
        _forget_texts(version)
        return ""
    mine = progress.job.uuid.hex  # of this job alone: whoever has been killed at it left what begins so (see forget_work_on)
    place = Path(FOLDER) / mine[:2] / f"{mine}-{uuid.uuid4().hex}.pdf"
    target = Path(settings.FILES_DIR) / place
    kept, telling = False, _Telling(progress)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        forget(target.parent, f"{mine}-")
        made = make_reading_copy(Path(row.original.path), row.name, target, on_page=telling)
        telling.finish()
        _write_texts(progress, version, made.texts)
        kept = _keep(progress, version, place, made)
    except Refused as refused:
        return _refuse(progress, version, refused.word)
    except FileNotFoundError as error:
        if Path(row.original.path).exists():
            raise
        raise JobFailed(_("The original of this version is gone. Upload it once more.")) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise JobFailed(sentence_of("disk")) from error
    finally:
        if not kept:
            target.unlink(missing_ok=True)
            _forget_texts(version)
    return _("It can be read: %(pages)d pages.") % {"pages": made.pages} if kept else ""


def forget_work_on(version: int) -> None:
    """Remove what workers that were killed have left of a version whose files are erased."""
    for key in Job.objects.filter(name=KIND, arguments__version=version).values_list("uuid", flat=True):
        forget(Path(settings.FILES_DIR) / FOLDER / key.hex[:2], f"{key.hex}-")


class _Telling:
    """Hears how far the pages are; ends the work when the job was cancelled or the service stops."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._done, self._total = progress, 0, 0

    def __call__(self, done: int, total: int) -> None:
        if total != self._total:
            self._progress.total(total)
            self._done, self._total = 0, total
        self._progress.step(max(0, done - self._done))
        self._done = max(done, self._done)

    def finish(self) -> None:
        """Count what has not been told."""
        self(self._total, self._total)


def _keep(progress: Progress, version: int, place: Path, made: Made) -> bool:
    """Write what was made into the version's row; False when the row is gone or has got its copy meanwhile."""
    with transaction.atomic():
        row = Version.objects.select_for_update().filter(pk=version, copy=Version.Copy.WAITING).first()
        if row is None or not progress.once("copy"):
            return False
        _write_row(row, place, made)
    return True


def write_copy(row: Version, place: Path, made: Made) -> None:
    """Write a copy that was made, and lies at its place in the store, into a version's row, with the texts of its pages."""
    _write_row(row, place, made)
    PageText.objects.filter(version=row).delete()
    PageText.objects.bulk_create(_texts(row.pk, made.texts, 1), batch_size=200)


def _write_row(row: Version, place: Path, made: Made) -> None:
    row.kind, row.copy, row.refusal = made.kind, made.copy, ""
    row.reading.name = place.as_posix()
    row.reading_size, row.reading_sha256, row.pages = made.size, made.sha256, made.pages
    row.anchors, row.removed, row.contents = made.anchors, made.removed, made.contents
    row.stamps = [[stamp.word, stamp.page] for stamp in stamps_in(made.texts)]
    row.save()


def _texts(version: int, texts: Sequence[str], first: int) -> list[PageText]:
    kept = enumerate((text[:PAGE_LIMIT].replace("\0", "") for text in texts), start=first)
    return [PageText(version_id=version, page=page, text=text) for page, text in kept]


def _write_texts(progress: Progress, version: int, texts: Sequence[str]) -> None:
    """Keep the texts for searching, some pages at a time: folding thousands in one transaction would keep the room from writing.

    Nobody sees them before the version has its copy.
    """
    PageText.objects.filter(version=version).delete()
    for first in range(0, len(texts), AT_ONCE):
        progress.checkpoint()
        with suppress(IntegrityError):  # the version has been deleted meanwhile
            PageText.objects.bulk_create(_texts(version, texts[first : first + AT_ONCE], first + 1), ignore_conflicts=True)


def _forget_texts(version: int) -> None:
    """Delete the texts of a version that has no copy after all (it was removed meanwhile)."""
    PageText.objects.filter(version=version, version__copy__in=(Version.Copy.WAITING, Version.Copy.REFUSED)).delete()


def _refuse(progress: Progress, version: int, word: str) -> str:
    """Write why there is no copy. What is no fault of the file (a full disk, an end from outside) fails the job: it can go on."""
    if word in ("disk", "stopped"):
        raise JobFailed(sentence_of(word))
    with transaction.atomic():
        Version.objects.filter(pk=version, copy=Version.Copy.WAITING).update(copy=Version.Copy.REFUSED, refusal=word)
    return sentence_of(word)
