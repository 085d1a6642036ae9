"""Killed in the middle of a conversion, really: the worker, the LibreOffice it waits for, the child that makes the copy."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import translation

from copies.refusals import sentence_of
from jobs import queue
from jobs.models import Job
from packets.models import PageText, Version
from tests.cast import Room
from tests.copies import office_files
from tests.packets.preparing.test_work import kept, own_files, waiting, work_on  # noqa: F401 (a folder of its own for each test)
from tests.pdfs import make_pdf

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20.0
OFFICE, CHILD = b"-env:UserInstallation", b"/copies/child.py"


def at_work(what: bytes, where: Path) -> list[int]:
    """Return the processes, alive, that do a kind of work in a folder of ours, by their numbers."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (process / "cmdline").read_bytes()
            if what in words and str(where) in f"{words.decode(errors='replace')} {(process / 'cwd').readlink()}":
                found.append(int(process.name))
    return found


def until(found: Callable[[], Any]) -> Any:
    limit = time.monotonic() + PATIENCE
    while not (it := found()):
        assert time.monotonic() < limit
        time.sleep(0.005)
    return it


def left_in(where: Path) -> list[str]:
    """What lies among the reading copies, folders of work too."""
    return sorted(path.name for path in (where / "papers/reading").glob("*/*") if path.name.startswith("."))


def started_worker() -> int:
    """Fork a worker off that takes the next job, and return its number."""
    connections.close_all()
    number = os.fork()
    if not number:
        with suppress(BaseException):
            work_on()
        os._exit(0)
    return number


def strike(what: bytes, where: Path, times: int) -> threading.Thread:
    """Kill so many processes of a kind, each as soon as it is there."""

    def striking() -> None:
        struck: set[int] = set()
        while len(struck) < times:
            (number, *_more) = until(lambda: [one for one in at_work(what, where) if one not in struck])
            os.kill(number, signal.SIGKILL)
            struck.add(number)

    thread = threading.Thread(target=striking, daemon=True)
    thread.start()
    return thread


def test_a_worker_killed_in_the_middle_leaves_its_paper_to_the_next_one_and_nothing_behind(room: Room, tmp_path: Path) -> None:
    version = waiting(room, office_files.docx(), "Báo cáo.docx")
    worker = started_worker()
    until(lambda: at_work(OFFICE, tmp_path))
    os.kill(worker, signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(worker, 0)[1]) == signal.SIGKILL
    job = Job.objects.get()
    assert (job.state, job.attempts) == ("running", 1)
    assert len(left_in(tmp_path)) == 1, "it was in the middle"
    until(lambda: not at_work(OFFICE, tmp_path))  # the LibreOffice it had started ends with it

    queue.release_all()  # what the next worker does when it starts
    job = work_on()
    version.refresh_from_db()
    assert (job.state, job.attempts, version.copy, version.pages) == ("done", 2, "rebuilt", 1)
    assert kept() == [version.reading.name]
    assert left_in(tmp_path) == []
    assert PageText.objects.filter(version=version).count() == 1
    assert queue.claim_next() is None


def test_a_libreoffice_killed_is_started_once_more_and_then_a_person_is_told(room: Room, tmp_path: Path) -> None:
    waiting(room, office_files.docx(), "Báo cáo.docx")
    assert_that_it_failed_and_can_go_on(strike(OFFICE, tmp_path, 2), tmp_path)


def test_a_child_killed_is_no_fault_of_the_paper(room: Room, tmp_path: Path) -> None:
    waiting(room, make_pdf(("Báo cáo công tác",)))
    assert_that_it_failed_and_can_go_on(strike(CHILD, tmp_path, 1), tmp_path)
    queue.go_on(Job.objects.get())
    assert work_on().state == "done"
    assert Version.objects.get().copy == "rebuilt", "not made pictures of"


def assert_that_it_failed_and_can_go_on(striking: threading.Thread, where: Path) -> None:
    job = work_on()
    striking.join(PATIENCE)
    with translation.override(job.language):
        assert (job.state, job.note) == ("failed", sentence_of("stopped"))
    version = Version.objects.get()
    assert (version.copy, version.refusal, kept(), left_in(where)) == ("waiting", "", [], [])
