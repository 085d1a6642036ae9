"""The archive: what is written is read again as it was; what somebody made to do harm is refused and writes nothing."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.safekeeping import archive
from config.safekeeping.archive import Damaged

KEY = b"k" * 60


def put(tar: tarfile.TarFile, name: str, content: bytes, **header: Any) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    for attribute, value in header.items():
        setattr(member, attribute, value)
    tar.addfile(member, io.BytesIO(content))


def forge(path: Path, *members: tuple[str, bytes], listed: Any = None, **about: Any) -> Path:
    """Write an archive by hand: members as given, listed in the manifest as they are unless `listed` says otherwise."""
    honest = [{"name": name, "size": len(c), "sha256": hashlib.sha256(c).hexdigest()} for name, c in members]
    manifest = {"format": 1, "product": "diemcau", "members": honest if listed is None else listed} | about
    with tarfile.open(path, "w:gz") as tar:
        put(tar, "manifest.json", json.dumps(manifest).encode())
        for name, content in members:
            put(tar, name, content)
    return path


def refuse(path: Path, tmp_path: Path, words: str | None = None) -> None:
    """Extracting must be refused, with nothing written outside the folder."""
    into = tmp_path / "into"
    into.mkdir()
    before = {p for p in tmp_path.rglob("*") if into not in p.parents}
    with pytest.raises(Damaged, match=words):
        archive.extract(path, into)
    assert {p for p in tmp_path.rglob("*") if into not in p.parents} == before


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    sources = {"secret-key": tmp_path / "k", "files/Tài liệu/số 1.pdf": tmp_path / "f", "files/rỗng": tmp_path / "e"}
    for path, content in zip(sources.values(), (KEY, b"x" * 3_000_000, b""), strict=True):
        path.write_bytes(content)
    written = archive.write(tmp_path / "a.tar.gz", {"product": "diemcau"}, sources)
    assert archive.read_manifest(tmp_path / "a.tar.gz") == written
    archive.extract(tmp_path / "a.tar.gz", tmp_path / "out")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in sources} == {n: p.read_bytes() for n, p in sources.items()}
    assert (tmp_path / "a.tar.gz").stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.tar.gz", "e", "f", "k", "out"]


def test_a_file_that_changes_while_it_is_written_leaves_no_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "k").write_bytes(KEY)
    monkeypatch.setattr(archive, "_hash_of", lambda path: "0" * 64)
    with pytest.raises(Damaged, match="altered"):
        archive.write(tmp_path / "a.tar.gz", {}, {"secret-key": tmp_path / "k"})
    assert [p.name for p in tmp_path.iterdir()] == ["k"]


@pytest.mark.parametrize(
    "name",
    ["/etc/cron.d/x", "../x", "files/../../x", "files/./x", "files//x", "files/", "files", "x", "secret-key/x", "files/a\\..\\x",
     "database.sqlite3-wal", "files/" + "a/" * 60 + "b", "files/" + "n" * 300, "diemcau.env"],
)  # fmt: skip
def test_a_name_that_no_backup_has_is_refused(tmp_path: Path, name: str) -> None:
    refuse(forge(tmp_path / "a.tar.gz", (name, b"harm")), tmp_path, "names a file that no backup has|not there as")


@pytest.mark.parametrize("names", [("files/a", "files/a/b"), ("files/" + "ế" * 255,), ("/".join(["files", *["x" * 250] * 39]),)])
def test_a_name_that_no_disk_can_hold_is_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    refuse(forge(tmp_path / "a.tar.gz", *((name, b"x") for name in names)), tmp_path)


def test_a_size_without_end_is_refused(tmp_path: Path) -> None:
    listed = [{"name": "files/a", "size": float("inf"), "sha256": "x"}]
    refuse(forge(tmp_path / "a.tar.gz", ("files/a", b"x"), listed=listed), tmp_path)


def test_a_member_twice_is_refused(tmp_path: Path) -> None:
    refuse(forge(tmp_path / "a.tar.gz", ("secret-key", KEY), ("secret-key", KEY)), tmp_path, "no backup has")


def test_an_altered_member_is_refused(tmp_path: Path) -> None:
    listed = [{"name": "secret-key", "size": 60, "sha256": hashlib.sha256(b"other").hexdigest()}]
    refuse(forge(tmp_path / "a.tar.gz", ("secret-key", KEY), listed=listed), tmp_path, "altered")


@pytest.mark.parametrize("size", [59, 61, -1, 10**15])
def test_a_member_of_another_size_is_refused(tmp_path: Path, size: int) -> None:
    listed = [{"name": "secret-key", "size": size, "sha256": hashlib.sha256(KEY).hexdigest()}]
    refuse(forge(tmp_path / "a.tar.gz", ("secret-key", KEY), listed=listed), tmp_path)


def test_a_missing_and_an_unlisted_member_are_refused(tmp_path: Path) -> None:
    listed = [{"name": "secret-key", "size": 60, "sha256": hashlib.sha256(KEY).hexdigest()}]
    with pytest.raises(Damaged, match="not there"):
        archive.verify(forge(tmp_path / "a.tar.gz", listed=listed))
    with pytest.raises(Damaged, match="more in it"):
        archive.verify(forge(tmp_path / "b.tar.gz", ("secret-key", KEY), listed=[]))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_what_is_not_a_plain_file_is_refused(tmp_path: Path, kind: bytes) -> None:
    listed = [{"name": "files/x", "size": 0, "sha256": hashlib.sha256(b"").hexdigest()}]
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as tar:
        put(tar, "manifest.json", json.dumps({"format": 1, "members": listed}).encode())
        put(tar, "files/x", b"", type=kind, linkname="/etc/passwd")
    refuse(tmp_path / "a.tar.gz", tmp_path, "plain file")


def test_a_file_with_holes_is_refused(tmp_path: Path) -> None:
    listed = [{"name": "files/x", "size": 10**9, "sha256": "0" * 64}]
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz", format=tarfile.PAX_FORMAT) as tar:
        put(tar, "manifest.json", json.dumps({"format": 1, "members": listed}).encode())
        holes = {
            "GNU.sparse.major": "1",
            "GNU.sparse.minor": "0",
            "GNU.sparse.name": "files/x",
            "GNU.sparse.realsize": "1000000000",
        }
        put(tar, "files/x", b"1\n0\n1\n" + b"\0" * 506, pax_headers=holes)
    refuse(tmp_path / "a.tar.gz", tmp_path, "holes")


def test_a_header_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    bomb = tarfile.TarInfo("x")
    bomb.type, bomb.size = tarfile.XHDTYPE, 2 * 1024**3
    with gzip.open(tmp_path / "a.tar.gz", "wb") as file:
        file.write(bomb.tobuf() + b"\0" * 100_000)
    refuse(tmp_path / "a.tar.gz", tmp_path, "headers is too long")


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{}", b"{", b'{"format": 2}', b'{"format": 1}', b'{"format": 1, "members": 5}', b"[" * 100_000,
     b'{"format": 1, "members": [{"name": "secret-key"}]}', b"\xff\xfe"],
)  # fmt: skip
def test_a_manifest_that_cannot_be_is_refused(tmp_path: Path, manifest: bytes) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as tar:
        put(tar, "manifest.json", manifest)
    refuse(tmp_path / "a.tar.gz", tmp_path)


def test_an_archive_that_begins_with_something_else_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as tar:
        put(tar, "secret-key", KEY)
    refuse(tmp_path / "a.tar.gz", tmp_path, "manifest")


def _cut_short(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def _flipped(whole: bytes) -> bytes:
    middle = len(whole) // 2
    return whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]


@pytest.mark.parametrize("harm", [_cut_short, _flipped, lambda _: b"", lambda _: b"no archive", lambda w: b"\x1f\x8b" + w])
def test_a_damaged_file_is_refused(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    path = forge(tmp_path / "a.tar.gz", ("secret-key", KEY), ("files/x", bytes(range(256)) * 4000))
    path.write_bytes(harm(path.read_bytes()))
    refuse(path, tmp_path)
