"""What papers leave behind goes after a time: uploads nobody finished, files without a row, folders of work broken off."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from jobs.kinds import periodic
from packets.models import Upload, Version
from packets.preparing import FOLDER
from packets.uploading import store
from packets.uploading.limits import PATIENCE

#: What has no row after so long was left by a process that was killed, or by a meeting that was deleted.
STRAY = timedelta(days=1)
_AT_ONCE = 500


@periodic("papers.tidy", every=3600)
def tidy(still_mine: Callable[[], bool]) -> bool:
    """Delete uploads whose time has passed, and what lies about."""
    gone = _forget_uploads()
    root = Path(settings.FILES_DIR)
    for sweep in (_sweep_uploads, _sweep_originals, _sweep_reading):
        if not still_mine():
            return False
        sweep(root)
    return gone == _AT_ONCE


def _forget_uploads() -> int:
    """Delete the rows of uploads that are over or were given up, then their files."""
    old = list(Upload.objects.filter(changed_at__lt=timezone.now() - PATIENCE).values_list("pk", flat=True)[:_AT_ONCE])
    for key in old:
        # One that goes on at this very moment has been changed since, and stays.
        if Upload.objects.filter(pk=key, changed_at__lt=timezone.now() - PATIENCE).delete()[0]:
            store.forget(key)
    return len(old)


def _sweep_uploads(root: Path) -> None:
    old = list(_old(root / "uploads", "*"))
    known = {key.hex for key in Upload.objects.filter(pk__in=_uuids(old)).values_list("pk", flat=True)}
    _delete(path for path in old if path.name not in known)


def _uuids(paths: list[Path]) -> list[str]:
    return [path.name for path in paths if len(path.name) == 32 and set(path.name) <= set("0123456789abcdef")]


def _sweep_originals(root: Path) -> None:
    old = list(_old(root / "papers/originals", "*"))
    known = set(Version.objects.filter(original__in=_names(old, root)).values_list("original", flat=True))
    _delete(path for path in old if path.relative_to(root).as_posix() not in known)


def _sweep_reading(root: Path) -> None:
    old = list(_old(root / FOLDER, "*/*"))
    known = set(Version.objects.filter(reading__in=_names(old, root)).values_list("reading", flat=True))
    _delete(path for path in old if path.relative_to(root).as_posix() not in known)


def _names(paths: list[Path], root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in paths]


def _old(folder: Path, pattern: str) -> Iterator[Path]:
    """Yield what lies in a folder for longer than a stray may, some at a time. Folders there are ours while they are young."""
    limit = time.time() - STRAY.total_seconds()
    found = 0
    for path in folder.glob(pattern):
        try:
            is_old = path.lstat().st_mtime < limit
        except OSError:
            continue
        if is_old:
            yield path
            found += 1
            if found == _AT_ONCE * 4:
                return


def _delete(paths: Iterator[Path]) -> None:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
