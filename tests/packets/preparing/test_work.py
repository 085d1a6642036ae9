"""Preparing a version as a job: its copy, its texts, its stamps; refused with a word; broken off and done again; full disks."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from copies import making, office
from copies.making import Made
from copies.refusals import sentence_of
from jobs import queue
from jobs.models import Job
from jobs.progress import Lost
from jobs.queue import claim_next
from jobs.runner import carry_out
from meetings import clock
from packets.desk.actions import remove_document
from packets.models import PageText, Upload, Version
from packets.preparing import FOLDER, again, tidying, work
from packets.preparing.work import prepare_version
from packets.uploading import store
from tests.cast import Room
from tests.copies import office_files
from tests.make import the_secretariat
from tests.papers import make_document
from tests.pdfs import make_pdf

pytestmark = pytest.mark.django_db

PAGES = ("Báo cáo tổng kết công tác năm", "TỐI MẬT\nPhần hai: số liệu của các điểm cầu")


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> Iterator[None]:
    """A folder of files for each test: what is left behind is seen."""
    settings.FILES_DIR = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    }
    return


@pytest.fixture(scope="module")
def paper() -> bytes:
    return make_pdf(PAGES, contents=(("Phần một", 1),))


def waiting(room: Room, data: bytes, name: str = "bao-cao.pdf") -> Version:
    """A version whose file has just come, and the job that was asked for with it."""
    document = make_document(room.meeting, "Báo cáo không được nêu tên ở đâu khác")
    place = Path(settings.FILES_DIR) / "papers/originals" / f"original-{document.number}"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    version = Version.objects.create(
        document=document, number=1, name=name, original=f"papers/originals/{place.name}", original_size=len(data),
        original_sha256="0" * 64, uploaded_by="Văn phòng", uploaded_at=clock.now(room.meeting),
    )  # fmt: skip
    prepare_version(version)
    return version


def work_on() -> Job:
    job = claim_next()
    assert job is not None
    carry_out(job)
    job.refresh_from_db()
    return job


def kept() -> list[str]:
    """What lies among the reading copies."""
    root = Path(settings.FILES_DIR) / FOLDER
    return sorted(path.relative_to(settings.FILES_DIR).as_posix() for path in root.rglob("*") if not path.is_dir())


def test_a_version_gets_its_copy_its_texts_its_contents_and_its_stamps(room: Room, paper: bytes) -> None:
    version = waiting(room, paper)
    job = work_on()
    version.refresh_from_db()
    assert (job.state, version.copy, version.kind, version.pages, version.refusal) == ("done", "rebuilt", "pdf", 2, "")
    assert kept() == [version.reading.name]
    assert version.reading_size == Path(version.reading.path).stat().st_size
    assert version.stamps == [["TỐI MẬT", 2]]
    assert version.contents == [[1, "Phần một", 1]]
    assert [row.page for row in version.texts.all()] == [1, 2]
    assert PageText.objects.get(version=version, page=2).folded.find("diem cau") >= 0
    assert job.done == job.total >= 2


def test_what_a_killed_worker_has_left_of_a_paper_is_erased_with_it(
    room: Room, paper: bytes, django_capture_on_commit_callbacks: Any
) -> None:
    version, other = waiting(room, paper), waiting(room, paper)
    for one in Job.objects.all():
        left = Path(settings.FILES_DIR) / FOLDER / one.uuid.hex[:2] / f".making-{one.uuid.hex}-0.x"
        left.mkdir(parents=True)
        (left / "paper.pdf").write_bytes(paper)
        (left.parent / f"{one.uuid.hex}-0.pdf").write_bytes(paper)
    queue.cancel(Job.objects.get(arguments__version=version.pk))
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(room.meeting, by=the_secretariat(), document=version.document, edition=1, erase=True)
    mine = Job.objects.get(arguments__version=other.pk).uuid.hex
    assert kept() == sorted(f"{FOLDER}/{mine[:2]}/{name}" for name in (f".making-{mine}-0.x/paper.pdf", f"{mine}-0.pdf"))


def test_a_word_file_becomes_a_paper(room: Room) -> None:
    version = waiting(room, office_files.docx(), "Báo cáo.docx")
    work_on()
    version.refresh_from_db()
    assert (version.copy, version.kind, version.pages) == ("rebuilt", "docx", 1)
    assert "công tác" in version.texts.get().text


def test_a_file_that_is_refused_leaves_its_word_and_nothing_else(room: Room) -> None:
    version = waiting(room, office_files.docx(parts={"word/vbaProject.bin": b"x"}), "Báo cáo.docx")
    job = work_on()
    version.refresh_from_db()
    assert (version.copy, version.refusal, version.reading.name, kept()) == ("refused", "macro", "", [])
    with translation.override(job.language):
        assert (job.state, job.note) == ("done", sentence_of("macro"))


def test_the_job_tells_neither_title_nor_name_of_the_paper(room: Room, paper: bytes) -> None:
    waiting(room, paper, "Nhân sự đại hội.pdf")
    job = work_on()
    assert job.open_to == "prepare"
    assert job.scope == room.meeting.pk
    told = f"{job.title} {job.note} {job.arguments} {job.back}"
    assert "Báo cáo" not in told
    assert "Nhân sự" not in told


def test_it_is_not_asked_for_when_the_transaction_fails(room: Room, paper: bytes) -> None:
    with transaction.atomic():
        waiting(room, paper)
        transaction.set_rollback(True)
    assert claim_next() is None


def test_a_second_run_changes_nothing(room: Room, paper: bytes) -> None:
    version = waiting(room, paper)
    prepare_version(version)
    work_on()
    version.refresh_from_db()
    first = version.reading.name
    assert work_on().state == "done"
    version.refresh_from_db()
    assert version.reading.name == first
    assert kept() == [first]


def test_work_broken_off_in_the_middle_goes_on_and_leaves_no_half_copy(
    room: Room, paper: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = waiting(room, paper)
    job = claim_next()
    assert job is not None
    with monkeypatch.context() as broken:
        broken.setattr(work._Telling, "__call__", _raise)
        with pytest.raises(KeyboardInterrupt):
            carry_out(job)
    assert kept() == []
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert work_on().state == "done"
    version.refresh_from_db()
    assert version.copy == "rebuilt"


def _raise(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_runner_that_was_taken_for_dead_keeps_nothing(room: Room, paper: bytes) -> None:
    version = waiting(room, paper)
    job = claim_next()
    assert job is not None
    Job.objects.filter(pk=job.pk).update(claim="00000000-0000-0000-0000-000000000001")
    carry_out(job)
    version.refresh_from_db()
    assert (version.copy, kept()) == ("waiting", [])
    assert Lost is not None


def test_a_paper_removed_meanwhile_gets_no_copy(room: Room, paper: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    version = waiting(room, paper)
    real = making.make_reading_copy

    def removing(*args: Any, **kw: Any) -> Made:
        made = real(*args, **kw)
        Version.objects.filter(pk=version.pk).update(copy="refused", original="")
        return made

    monkeypatch.setattr(work, "make_reading_copy", removing)
    assert work_on().state == "done"
    version.refresh_from_db()
    assert (version.copy, version.reading.name, kept()) == ("refused", "", [])
    assert PageText.objects.count() == 0


def test_a_full_disk_is_said_and_the_work_can_go_on(room: Room, paper: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    version = waiting(room, paper)

    def full(*_: object, **__: object) -> Made:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as filled:
        filled.setattr(work, "make_reading_copy", full)
        job = work_on()
    with translation.override(job.language):
        assert (job.state, job.note) == ("failed", sentence_of("disk"))
    version.refresh_from_db()
    assert version.copy == "waiting"
    queue.go_on(job)
    assert work_on().state == "done"
    version.refresh_from_db()
    assert version.copy == "rebuilt"


def test_an_office_file_waits_for_libreoffice_to_be_installed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    version = waiting(room, office_files.docx(), "Báo cáo.docx")
    with monkeypatch.context() as bare:
        bare.setattr(office, "PLACES", ())
        work_on()
        version.refresh_from_db()
        assert (version.copy, version.refusal) == ("refused", "no_office")
        again.take_up_again(lambda: True)
        assert claim_next() is None
    again.take_up_again(lambda: True)
    again.take_up_again(lambda: True)
    assert work_on().state == "done"
    assert claim_next() is None
    version.refresh_from_db()
    assert (version.copy, version.refusal) == ("rebuilt", "")


def test_texts_of_many_pages_are_written_once_each(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AT_ONCE", 2)
    version = waiting(room, make_pdf(tuple(f"Trang số {number}" for number in range(1, 6))))
    work_on()
    assert [(row.page, f"số {row.page}" in row.text) for row in version.texts.all()] == [(page, True) for page in range(1, 6)]


def test_an_original_that_is_gone_is_said(room: Room, paper: bytes) -> None:
    version = waiting(room, paper)
    Path(version.original.path).unlink()
    job = work_on()
    assert job.state == "failed"
    assert "/" not in job.note


def old(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(b"x")
    os.utime(path, (0, 0))


def test_what_has_no_row_goes_after_a_day_and_what_has_one_stays(room: Room, paper: bytes) -> None:
    version = waiting(room, paper)
    work_on()
    version.refresh_from_db()
    root = Path(settings.FILES_DIR)
    strays = [root / place for place in ("papers/originals/a", "papers/reading/ab/b.pdf", "uploads/x", f"uploads/{'0' * 32}")]
    for path in (*strays, Path(version.original.path), Path(version.reading.path)):
        old(path)
    half = root / "papers/reading/ab/.making-x"
    old(half / "inside")
    os.utime(half, (0, 0))
    young = root / "papers/originals/young"
    young.write_bytes(b"x")
    tidying.tidy(lambda: True)
    assert not any(path.exists() for path in (*strays, half))
    assert all(path.exists() for path in (young, Path(version.original.path), Path(version.reading.path)))


def test_half_an_upload_goes_when_nobody_has_gone_on_with_it_for_days(room: Room) -> None:
    account = room.people["secretary"].person.user
    rows = [Upload.objects.create(meeting=room.meeting, account=account, name="a.pdf", size=10) for _ in range(2)]
    for row in rows:
        store.begin(row.pk)
    Upload.objects.filter(pk=rows[0].pk).update(changed_at=timezone.now() - timedelta(days=30))
    tidying.tidy(lambda: True)
    assert list(Upload.objects.values_list("pk", flat=True)) == [rows[1].pk]
    assert [path.name for path in store.folder().iterdir()] == [rows[1].pk.hex]
