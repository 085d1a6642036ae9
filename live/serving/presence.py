"""Whether the service runs on a data folder: each server holds a lock for its life, whoever exchanges the data holds it alone."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "serving.lock"


class Occupied(Exception):
    """The lock is held by somebody whom it excludes."""


@contextmanager
def serving(data: Path, lock: str = LOCK) -> Iterator[None]:
    """Serve on a data folder, beside other servers. Raises Occupied while its data are being exchanged."""
    with _held(data / lock, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(data: Path, lock: str = LOCK) -> Iterator[None]:
    """Have a data folder to oneself. Raises Occupied while a server runs on it. A killed holder lets go by itself."""
    with _held(data / lock, fcntl.LOCK_EX):
        yield


@contextmanager
def _held(path: Path, kind: int) -> Iterator[None]:
    with path.open("a") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Occupied from error
        yield
