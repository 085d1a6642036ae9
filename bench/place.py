"""A temporary place with the demonstration's conference in it: a data folder of its own, SQLite or a private PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil
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
    shared = os.environ.get("PREPARED_INSTALLATION")  # tests/settings.py: benches under test share what they begin with
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="diemcau-bench-")))
        if database == "postgres":
            begun = _prepared() if shared else None
            place = Place(folder, stack.enter_context(_postgres(begun=begun and begun / "cluster")))
            yield place, json.loads(_copied(begun, place) if begun else _loaded(place))
        else:
            place = Place(folder, f"sqlite:///{folder / 'diemcau.sqlite3'}")
            yield place, json.loads(_copied_sqlite(Path(shared), place) if shared else _loaded(place))


def _loaded(place: Place) -> str:
    """Load the demonstration; return what ``manage.py demo`` told of it."""
    place.manage("migrate", "-v", "0")
    place.manage("collectstatic", "--noinput", "-v", "0")
    return place.manage("demo").strip().splitlines()[-1]


def _copied_sqlite(shared: Path, place: Place) -> str:
    from tests.service import copied

    return copied(shared, place.environment).strip().splitlines()[-1]


def _prepared() -> Path:
    """Return the demonstration on PostgreSQL that all tests of a run share; whoever asks first makes it."""
    from tests import prepared

    return prepared.once("bench-postgres", _prepare)


def _prepare(fresh: Path) -> None:
    (fresh / "data").mkdir(parents=True)
    with _postgres(kept=fresh / "cluster") as url:
        (fresh / "told").write_text(_loaded(Place(fresh / "data", url)))


def _copied(begun: Path, place: Place) -> str:
    shutil.copytree(begun / "data", place.folder, dirs_exist_ok=True)
    return (begun / "told").read_text()


@contextmanager
def _postgres(*, begun: Path | None = None, kept: Path | None = None) -> Iterator[str]:
    """A private PostgreSQL that writes to the disk as an office's does: what is answered is durable."""
    from tests.services import private_postgres

    with private_postgres(options="-c listen_addresses= -c max_connections=200", begun=begun, kept=kept) as url:
        yield url
