"""The archive itself: a .tar.gz whose first member says what follows, with sizes and hashes. Whatever it holds is distrusted.

Reading takes plain files only, under names we know, in the order and size the manifest says; it writes nowhere else.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

MANIFEST = "manifest.json"
FORMAT = 1
MANIFEST_LIMIT = 32 * 1024 * 1024  # bytes
HEADER_LIMIT = 64 * 1024  # bytes of a long name or extended header; a bomb would want gigabytes
CHUNK = 1024 * 1024
_UNREADABLE = (
    *(tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, OSError),
    *(ValueError, KeyError, TypeError, OverflowError, RecursionError),
)
_NAME = re.compile(r"database\.(sqlite3|pgdump)|secret-key|files(/(?!\.{1,2}(/|$))[^/\\\x00]{1,255}){1,40}")


class Damaged(Exception):
    """The archive is not one of ours, not whole, or wants what no archive of ours wants; the text says which."""


@dataclass(frozen=True)
class Member:
    """One file of the archive: name, size in bytes, SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What the archive holds: `about` the installation in plain values, and the members in their order."""

    about: dict[str, Any]
    members: tuple[Member, ...] = field(default=())

    @property
    def size(self) -> int:
        """Bytes of all members together."""
        return sum(member.size for member in self.members)


class _PlainMember(tarfile.TarInfo):
    """Refuses whatever would make the reader follow a link, or take memory as the archive pleases."""

    def _proc_member(self, archive: tarfile.TarFile) -> Any:
        if self.type not in (tarfile.REGTYPE, tarfile.XHDTYPE):
            raise Damaged(_("“%(name)s” is not a plain file") % {"name": self.name[:80]})
        if self.type == tarfile.XHDTYPE and self.size > HEADER_LIMIT:
            raise Damaged(_("one of its headers is too long"))
        return super()._proc_member(archive)  # type: ignore[misc]

    def _refuse_sparse(self, *args: Any) -> None:
        raise Damaged(_("a file with holes is not a plain file"))

    _proc_gnusparse_00 = _proc_gnusparse_01 = _proc_gnusparse_10 = _refuse_sparse


def write(path: Path, about: dict[str, Any], sources: dict[str, Path]) -> Manifest:
    """Write the archive under a name that nobody takes for a whole one, read it again, then give it its name.

    Raises FileExistsError rather than write over anything, Damaged when what was written cannot be read as it was meant.
    """
    members = tuple(Member(name, source.stat().st_size, _hash_of(source)) for name, source in sources.items())
    manifest = Manifest({"format": FORMAT, **about}, members)
    handle, part = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.absolute().parent)
    try:
        with os.fdopen(handle, "wb") as file:
            _fill(file, manifest, sources)
            file.flush()
            os.fsync(file.fileno())
        if verify(Path(part)) != manifest:
            raise Damaged(_("what was written is not what was meant"))
        if path.exists():
            raise FileExistsError(f"{path} exists already")
        os.rename(part, path)
    finally:
        Path(part).unlink(missing_ok=True)
    return manifest


def _fill(file: IO[bytes], manifest: Manifest, sources: dict[str, Path]) -> None:
    listed = [vars(member) for member in manifest.members]
    text = json.dumps({**manifest.about, "members": listed}, ensure_ascii=False, indent=1).encode()
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6, format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(_header(MANIFEST, len(text)), BytesIO(text))
        for member in manifest.members:
            with sources[member.name].open("rb") as source:
                archive.addfile(_header(member.name, member.size), source)


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode, header.mtime = size, 0o600, int(time.time())
    return header


def read_manifest(path: Path) -> Manifest:
    """Return what an archive says it holds, before anything of it is taken. Raises Damaged."""
    with _opened(path) as archive:
        return _first(archive)


def verify(path: Path) -> Manifest:
    """Read the whole archive and compare it with its manifest. Raises Damaged."""
    return extract(path, None)


def extract(path: Path, into: Path | None) -> Manifest:
    """Write the members into a folder (none: read only), each compared with the manifest. Raises Damaged."""
    with _opened(path) as archive:
        manifest = _first(archive)
        for member in manifest.members:
            header = archive.next()
            if header is None or header.name != member.name or header.type != tarfile.REGTYPE or header.size != member.size:
                raise Damaged(_("“%(name)s” is not there as the manifest says") % {"name": member.name})
            _take(archive, header, member, into / member.name if into else None)
        if archive.next() is not None:
            raise Damaged(_("there is more in it than the manifest says"))
    return manifest


def _take(archive: tarfile.TarFile, header: tarfile.TarInfo, member: Member, target: Path | None) -> None:
    source = archive.extractfile(header)
    assert source is not None
    digest, size = hashlib.sha256(), 0
    with _new(target) as file:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
    if (size, digest.hexdigest()) != (member.size, member.sha256):
        raise Damaged(_("“%(name)s” has been altered") % {"name": member.name})


def _new(path: Path | None) -> IO[bytes]:
    if path is None:
        return open(os.devnull, "wb")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _first(archive: tarfile.TarFile) -> Manifest:
    header = archive.next()
    if header is None or header.name != MANIFEST or header.type != tarfile.REGTYPE or header.size > MANIFEST_LIMIT:
        raise Damaged(_("it does not begin with a manifest"))
    source = archive.extractfile(header)
    assert source is not None
    about = json.loads(source.read(MANIFEST_LIMIT))
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise Damaged(_("its manifest is of another kind"))
    return Manifest(about, tuple(_members(about.pop("members"))))


def _members(listed: list[dict[str, Any]]) -> Iterator[Member]:
    names: set[str] = set()
    for one in listed:
        member = Member(str(one["name"]), int(one["size"]), str(one["sha256"]))
        if not _NAME.fullmatch(member.name) or member.name in names or member.size < 0:
            raise Damaged(_("it names a file that no backup has: “%(name)s”") % {"name": member.name[:80]})
        names.add(member.name)
        yield member


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    """Open for reading; whatever is wrong with what is read becomes Damaged."""
    try:
        with tarfile.open(path, mode="r:gz", tarinfo=_PlainMember, errorlevel=2) as archive:
            yield archive
    except _UNREADABLE as error:
        raise Damaged(_("it cannot be read (%(reason)s)") % {"reason": error}) from error


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
