"""What jobs leave behind goes after a time: files after a week, the jobs themselves after a month."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from jobs import FOLDER
from jobs.kinds import periodic
from jobs.models import Job, JobFile
from jobs.progress import forget

FILES_KEPT, JOBS_KEPT = timedelta(days=7), timedelta(days=30)
#: A file without a row for so long was left by a process that was killed.
STRAY = timedelta(days=1)


@periodic("jobs.tidy", every=3600)
def tidy(still_mine: Callable[[], bool]) -> None:
    """Delete files, jobs and stray files whose time has passed."""
    now = timezone.now()
    for kept in JobFile.objects.filter(job__ended_at__lt=now - FILES_KEPT)[:500]:
        forget(kept)
    if still_mine():
        Job.objects.filter(ended_at__lt=now - JOBS_KEPT).delete()
        _sweep(Path(settings.FILES_DIR))


def _sweep(root: Path) -> None:
    old = [path for path in (root / FOLDER).glob("*/*") if path.stat().st_mtime < time.time() - STRAY.total_seconds()]
    known = set(
        JobFile.objects.filter(file__in=[path.relative_to(root).as_posix() for path in old]).values_list("file", flat=True)
    )
    for path in old:
        if path.relative_to(root).as_posix() not in known:
            os.unlink(path)
