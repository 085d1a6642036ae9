"""Putting a prepared installation in the place of the present one, so that an interruption leaves the old or the new, whole.

What is to come is made ready in a folder of its own. Renaming that folder to `incoming` is the decision: from there on the
exchange is only carried out, by whoever comes next (every start calls `finish` first). Nothing is deleted: what was there
goes to a folder beside it. This module stands on Python alone, because settings read it before anything else is there.
"""

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

INCOMING = "incoming"
PLAN = "plan.json"
_PREPARING = ".preparing-"
# Files that belong to an SQLite database: they go first, and a new database begins without them.
_COMPANIONS = ("-wal", "-shm", "-journal")


@contextmanager
def preparation(data: Path) -> Iterator[Path]:
    """Yield an empty folder to make things ready in; it is gone afterwards unless `decide` was called."""
    for left_over in data.glob(f"{_PREPARING}*"):
        shutil.rmtree(left_over)
    folder = Path(tempfile.mkdtemp(prefix=_PREPARING, dir=data))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def decide(prepared: Path, *, data: Path, aside: str, places: dict[str, Path]) -> Path:
    """Put what has been prepared in place; return where the present state went: `aside` in the data folder, if there was any.

    `places` says where each entry of the folder belongs. A place whose entry has not been prepared is cleared.
    Raises OSError, with nothing changed, when a place lies on another file system.
    """
    for place in places.values():
        if place.parent.exists() and place.parent.stat().st_dev != data.stat().st_dev:
            raise OSError(f"{place.parent} and {data} are on different file systems.")
    names = chain([aside], (f"{aside}-{n}" for n in count(2)))
    aside = next(name for name in names if not (data / name).exists())
    moves = [(name, str(place), (prepared / name).exists()) for name, place in places.items()]
    plan = {"aside": aside, "moves": moves}
    (prepared / PLAN).write_text(json.dumps(plan))
    _sync(prepared)
    prepared.rename(data / INCOMING)
    _sync_entry(data)
    finish(data)
    return data / aside


def finish(data: Path) -> None:
    """Carry out an exchange that was decided, if there is one. Safe to repeat, and to be asked for by several at once."""
    incoming = data / INCOMING
    if not (incoming / PLAN).exists():
        return
    with (incoming / PLAN).open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not (incoming / PLAN).exists():  # another process has done it while this one waited
            return
        plan = json.load(file)
        aside = data / plan["aside"]
        aside.mkdir(mode=0o700, exist_ok=True)
        for name, place, prepared in plan["moves"]:
            _exchange(incoming / name, Path(place), aside / name, prepared=prepared)
        (incoming / PLAN).unlink()
    incoming.rmdir()
    if not any(aside.iterdir()):
        aside.rmdir()


def _exchange(new: Path, place: Path, old: Path, *, prepared: bool) -> None:
    """Move the present aside and the new in. Once the new has gone in, what stands in the place is not the old any more."""
    if prepared and not new.exists():
        return
    for ending in (*_COMPANIONS, ""):
        present = Path(f"{place}{ending}")
        if present.exists():
            present.rename(f"{old}{ending}")
    if prepared:
        place.parent.mkdir(parents=True, exist_ok=True)
        new.rename(place)


def _sync(folder: Path) -> None:
    """Make sure that a decision never survives a power cut without what it decides about."""
    for path in [*folder.rglob("*"), folder]:
        _sync_entry(path)


def _sync_entry(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
