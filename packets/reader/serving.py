"""The bytes of an opened copy: the stored file as it lies on the disk, and behind it the reader's tail, as one file.

Nothing is made or kept for a reader, and never more than a block is in memory, however large the file.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from copies.marking import tail
from packets.models import Opening
from packets.tracing.openings import mark_of

BLOCK = 256 * 1024


@dataclass(frozen=True)
class OpenedCopy:
    """A stored file, what comes behind it for one reader, and the tag of both together."""

    path: Path
    size: int
    tail: bytes
    tag: str

    @property
    def length(self) -> int:
        """How many bytes the reader sees."""
        return self.size + len(self.tail)

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes from `start` to before `end`; raise OSError when the file is gone or shorter than it was."""
        if start >= self.size:
            return self.tail[start - self.size : end - self.size]
        wanted = min(end, self.size) - start
        with self.path.open("rb", buffering=0) as file:
            data = os.pread(file.fileno(), wanted, start)
        if len(data) != wanted:
            raise OSError("the stored copy is not whole")
        return data + self.tail[: end - self.size] if end > self.size else data

    def blocks(self, start: int, end: int) -> Generator[bytes]:
        """Yield the same block by block."""
        for at in range(start, end, BLOCK):
            yield self.read(at, min(end, at + BLOCK))


def copy_of(opening: Opening) -> OpenedCopy:
    """Return what goes out for an access record; raise OSError when the stored file is not there."""
    row: Any = opening.version or opening.binding
    file, digest = (row.reading, row.reading_sha256) if opening.version else (row.file, row.key)
    path = Path(default_storage.path(file.name))
    size = row.reading_size if opening.version else row.size
    if path.stat().st_size != size:
        raise OSError("the stored copy is not whole")
    behind = tail(row.anchors, size, mark_of(opening))
    return OpenedCopy(path=path, size=size, tail=behind, tag=f'"{opening.code}-{digest[:24]}"')
