"""A backup takes the files of papers along, those that go while it is made too, and leaves out what is only half there."""

from __future__ import annotations

import threading
from pathlib import Path

from config.safekeeping import archive
from tests.config.commands import done

KEPT = ("papers/originals/0a1b", "papers/reading/0a/0a1b.pdf", "papers/bound/0c.pdf")
LEFT_OUT = ("uploads/0d", "jobs/0e/0e", "papers/reading/0a/.making-x/copy.pdf")


def write(office: Path, name: str, data: bytes = b"%PDF-1.7") -> Path:
    path = office / "files" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_papers_stand_again_and_what_is_half_there_does_not(office: Path, tmp_path: Path) -> None:
    for name in (*KEPT, *LEFT_OUT):
        write(office, name, name.encode() * 1000)
    done(office, "backup", str(tmp_path / "a.tar.gz"))
    done(tmp_path / "new", "restore", str(tmp_path / "a.tar.gz"))
    assert [(tmp_path / "new/files" / name).read_bytes() for name in KEPT] == [name.encode() * 1000 for name in KEPT]
    assert not any((tmp_path / "new/files" / name).exists() for name in LEFT_OUT)
    assert list(office.glob(".backup-*")) == []


def test_papers_that_come_and_go_while_it_is_made_do_not_spoil_it(office: Path, tmp_path: Path) -> None:
    staying = write(office, KEPT[0], bytes(5_000_000))
    over = threading.Event()

    def come_and_go() -> None:
        number = 0
        while not over.wait(0.001):
            number += 1
            write(office, f"papers/originals/passing{number % 50}", bytes(2_000)).unlink()

    thread = threading.Thread(target=come_and_go)
    thread.start()
    try:
        done(office, "backup", str(tmp_path / "a.tar.gz"))
    finally:
        over.set()
        thread.join()
    manifest = archive.verify(tmp_path / "a.tar.gz")
    assert any(member.name == f"files/{KEPT[0]}" and member.size == staying.stat().st_size for member in manifest.members)
