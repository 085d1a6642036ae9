"""A temporary place with the demonstration's conference in it: a data folder of its own, SQLite or a private PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.rig import ROOT, BenchFailure

DATABASES = ("sqlite", "postgres")


@dataclass(frozen=True)
class Place:
    """Where a bench's service lives; nothing of this machine's own installation counts there."""

    folder: Path
    database_url: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes, whatever this shell is set to."""
        foreign = ("DIEMCAU_", "DJANGO_", "PYTEST_", "REDIS_URL")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        return kept | {"DIEMCAU_MODE": "demo", "DIEMCAU_DATA": str(self.folder), "DATABASE_URL": self.database_url}

    def manage(self, *words: str) -> str:
        """Runs a ``manage.py`` command there and returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise BenchFailure(f"manage.py {' '.join(words)} failed: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def call(self, function: str, **words: int) -> Any:
        """Calls a function of the benches (``module:name``) beside the models there; it returns what JSON can hold."""
        module, _colon, name = function.partition(":")
        code = f"import json; from {module} import {name} as work; print(json.dumps(work(**{words!r})))"
        return json.loads(self.manage("shell", "-v", "0", "-c", code).strip().splitlines()[-1])


@contextmanager
def demonstration_place(database: str = "sqlite") -> Iterator[tuple[Place, dict[str, Any]]]:
    """A place with the demonstration loaded, and what ``manage.py demo`` told of it. Gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="diemcau-bench-")))
        url = stack.enter_context(_postgres()) if database == "postgres" else f"sqlite:///{folder / 'diemcau.sqlite3'}"
        place = Place(folder, url)
        yield place, _furnished(place)


def _furnished(place: Place) -> dict[str, Any]:
    """Load the demonstration; in tests of the benches it is the copy that all tests of a run share."""
    shared = os.environ.get("PREPARED_INSTALLATION")
    if shared and place.database_url.startswith("sqlite"):
        from tests.service import copied

        told = copied(Path(shared), place.environment)
    else:
        place.manage("migrate", "-v", "0")
        place.manage("collectstatic", "--noinput", "-v", "0")
        told = place.manage("demo")
    found: dict[str, Any] = json.loads(told.strip().splitlines()[-1])
    return found


@contextmanager
def _postgres() -> Iterator[str]:
    """A private PostgreSQL that writes to the disk as an office's does: what is answered is durable."""
    from tests.services import private_postgres

    with private_postgres(options="-c listen_addresses= -c max_connections=200") as url:
        yield url
