"""A worker process on a data folder of its own, which knows the long work of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = "import django; django.setup(); import tests.jobs.kinds; from django.core.management import call_command; "


def environment(place: Path, **more: str) -> dict[str, str]:
    """Return the environment of an installation in a folder, and nothing of the test run's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DIEMCAU_", "DATABASE", "REDIS"))}
    return kept | {"DIEMCAU_DATA": str(place), "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONUNBUFFERED": "1"} | more


def python(env: dict[str, str], code: str) -> str:
    """Run a few lines in that installation and return what they print."""
    command = [sys.executable, "-c", CODE + code]
    done = subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def worker(env: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a worker."""
    return subprocess.Popen([sys.executable, "-c", CODE + "call_command('worker')"], cwd=ROOT, env=env)
