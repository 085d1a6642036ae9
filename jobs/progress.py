"""What a job holds in its hand while it runs: how far it is, which steps are done, the files it makes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from jobs import queue
from jobs.models import Job, JobFile, JobStep

#: Seconds between two writings of how far a job is: each is a commit.
WRITE_EVERY = 0.5


class Stopped(BaseException):
    """A job must end here: it was cancelled, somebody else has it, or the service stops. No `except Exception` holds it."""


class Cancelled(Stopped):
    """Its owner does not want it any more."""


class Interrupted(Stopped):
    """The service stops; the job goes on later."""


class Lost(Stopped):
    """Another runner has it: this one was taken for dead. It must write nothing more."""


class Progress:
    """The first argument of every job. Each call may raise Stopped, which a job lets pass."""

    def __init__(self, job: Job, stopping: Callable[[], bool] = lambda: False) -> None:
        """Go on with a job that is held; `stopping` tells that the service ends."""
        self.job = job
        self._stopping = stopping
        self.done = 0
        self._written = 0.0

    def total(self, number: int) -> None:
        """Say how many steps there are; counting begins at nothing, also in a later attempt."""
        self.done = 0
        self._write(total=number, done=0)

    def step(self, number: int = 1) -> None:
        """Count steps that are done, those that an earlier attempt has done too."""
        self.done += number
        if self._stopping() or time.monotonic() - self._written >= WRITE_EVERY:
            self.checkpoint()

    def note(self, words: object) -> None:
        """Say in words what is being done now."""
        self._write(note=str(words)[:500])

    def checkpoint(self) -> None:
        """Write how far it is; end here when the job was cancelled, is somebody else's or the service stops."""
        self._write()
        if self._stopping():
            raise Interrupted

    def once(self, key: str) -> bool:
        """Tell whether a step is still to be done, and mark it: False when it is done already.

        Call it inside the transaction that does the work: mark and work are kept together, or neither is.
        """
        self._refuse_lost()
        try:
            with transaction.atomic():
                JobStep.objects.create(job=self.job, key=key[:200])
        except IntegrityError:
            return False
        return True

    def made(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what an earlier attempt has made under this key, else make it and keep it until the job ends (a PDF of many)."""
        found = self.job.files.filter(name=key[:200], is_part=True).first()
        if found is not None:
            try:
                with found.file.open("rb") as file:
                    return bytes(file.read())
            except OSError:  # the file went, the row stayed
                found.delete()
        data = make()
        self._keep(key, "application/octet-stream", data, is_part=True)
        return data

    def attach(self, name: str, content_type: str, data: bytes) -> JobFile:
        """Keep a file for whom the job was done; one of the same name is replaced."""
        return self._keep(name, content_type, data, is_part=False)

    def _keep(self, name: str, content_type: str, data: bytes, *, is_part: bool) -> JobFile:
        self._refuse_lost()
        with transaction.atomic():
            for old in self.job.files.filter(name=name[:200], is_part=is_part):
                forget(old)
            kept = JobFile(job=self.job, name=name[:200], content_type=content_type, size=len(data), is_part=is_part)
            kept.file.save(name, ContentFile(data), save=True)
        return kept

    def _write(self, **values: Any) -> None:
        self._written = time.monotonic()
        if not queue.update_held(self.job, **{"done": self.done} | values):
            raise Lost
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists():
            raise Cancelled

    def _refuse_lost(self) -> None:
        """Lock the job's row as its holder until the transaction ends: who has lost it does not work on."""
        if not queue.renew(self.job):
            raise Lost


def forget(kept: JobFile) -> None:
    """Delete a file: its row now, what it holds once that is committed."""
    storage, name = kept.file.storage, str(kept.file.name)
    kept.delete()
    transaction.on_commit(lambda: storage.delete(name), robust=True)
