"""Long work for tests: counting, failing, stopping in the middle."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from django.db import transaction

from jobs.kinds import JobFailed, job
from jobs.progress import Progress
from people.models import Organisation


@job("tests.count")
def count(progress: Progress, number: int, falls_at: int = -1) -> str:
    """Make an organisation a step, each once; fall over at one of them with the steps before kept."""
    progress.total(number)
    for n in range(number):
        if n == falls_at:
            raise RuntimeError("a mistake of ours")
        with transaction.atomic():
            if progress.once(f"made-{n}"):
                Organisation.objects.create(kind="central", name=f"Cơ quan {n}", short_name=f"{n}")
        progress.step()
    progress.attach("ket-qua.txt", "text/plain", f"{number} cơ quan".encode())
    return f"{number} cơ quan"


@job("tests.refuse")
def refuse(progress: Progress) -> None:
    """Fail with a sentence for people."""
    raise JobFailed("Không có giấy.")


@job("tests.slow")
def slow(progress: Progress, number: int, place: str, killed_at: int = -1) -> str:
    """Write a line a step to a file in the transaction of its mark; at one step, on the first run, kill the own process."""
    progress.total(number)
    for n in range(number):
        with transaction.atomic():
            if progress.once(str(n)):
                with Path(place).open("a") as file:
                    file.write(f"{n}\n")
        time.sleep(0.05)
        if n == killed_at and progress.job.attempts == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        progress.step()
    return "xong"


@job("tests.busy")
def busy(progress: Progress, seconds: float) -> None:
    """Use the processor and nothing else."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        sum(n * n for n in range(20_000))
        progress.step()
