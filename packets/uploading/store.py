"""Files on their way, on the disk: written chunk by chunk, hashed, put among the originals, forgotten. Never whole in memory."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from packets.uploading.limits import RESERVE

BLOCK = 256 * 1024
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Full(Exception):
    """There is no room left on the disk."""


class Taken(Exception):
    """Another request is writing to this file at this moment."""


class TooLong(Exception):
    """More bytes came than were announced."""


class Source(Protocol):
    """Where bytes come from."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most so many bytes, none at the end."""
        ...


def folder() -> Path:
    """Return where half files lie, made when it is missing."""
    found = Path(settings.FILES_DIR) / "uploads"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def path_of(key: uuid.UUID) -> Path:
    """Return where the file of an upload lies. Its name on the disk is ours alone: nothing of the sender's stands in it."""
    return folder() / key.hex


def require_room(size: int) -> None:
    """Raise Full when so many bytes more would leave too little room."""
    if shutil.disk_usage(folder()).free - size < RESERVE:
        raise Full


def begin(key: uuid.UUID) -> None:
    """Make the empty file of a new upload."""
    with _told_when_full():
        os.close(os.open(path_of(key), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def held(key: uuid.UUID) -> Iterator[BinaryIO]:
    """Open the file of an upload for one request alone; raise Taken while another has it, FileNotFoundError when it is gone."""
    with path_of(key).open("r+b", buffering=0) as file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken from None
        yield file


def append(file: BinaryIO, offset: int, source: Source, *, at_most: int) -> int:
    """Write what `source` has at an offset and return how many bytes that were; nothing is kept when there were too many."""
    file.seek(offset)
    written = 0
    with _told_when_full():
        try:
            while block := source.read(BLOCK):
                if written + len(block) > at_most:
                    raise TooLong
                file.write(block)
                written += len(block)
            os.fdatasync(file.fileno())
        except BaseException:
            with suppress(OSError):
                file.truncate(offset)
            raise
    return written


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in blocks."""
    seen = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            seen.update(block)
    return seen.hexdigest()


def place_among_originals(path: Path) -> str:
    """Give a file a second place among the originals and return its name in the store; the first place stays until it is left."""
    name = f"papers/originals/{uuid.uuid4().hex}"
    target = Path(settings.FILES_DIR) / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _told_when_full():
        try:
            os.link(path, target)
        except OSError as error:
            if error.errno in _FULL:
                raise
            shutil.copyfile(path, target)  # a file system without links
        target.chmod(0o600)
        os.utime(target)  # young, however long the half file has waited: what tidies up leaves it alone
    return name


def second_name_of(name: str) -> str:
    """Give a file of the store a second name beside its own, and return it: each goes when its own row does."""
    own = Path(settings.FILES_DIR) / name
    target = own.with_name(uuid.uuid4().hex + own.suffix)
    with _told_when_full():
        try:
            os.link(own, target)
        except OSError as error:
            if error.errno in _FULL or not own.exists():
                raise
            shutil.copyfile(own, target)  # a file system without links
            target.chmod(0o600)
    return target.relative_to(settings.FILES_DIR).as_posix()


def leave(name: str) -> None:
    """Take a file from among the originals: what it was put there for has not come about."""
    (Path(settings.FILES_DIR) / name).unlink(missing_ok=True)


def forget(key: uuid.UUID) -> None:
    """Delete the file of an upload, if it is there."""
    path_of(key).unlink(missing_ok=True)


@contextmanager
def _told_when_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Full from error
        raise
