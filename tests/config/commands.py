"""Running manage.py as an office does: in a process of its own, with nothing in the environment but what a test gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PASSWORD = "mot-mat-khau-dai"


def manage(data: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run one command of manage.py over a data folder; return what it said and how it ended."""
    environment = {"PATH": "/usr/bin:/bin", "DIEMCAU_DATA": str(data)} | variables
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def done(data: Path, *arguments: str, **variables: str) -> str:
    """Run a command that must succeed; return what it said."""
    ended = manage(data, *arguments, **variables)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def refused(data: Path, *arguments: str, **variables: str) -> str:
    """Run a command that must refuse in words; return them."""
    ended = manage(data, *arguments, **variables)
    assert ended.returncode != 0, ended.stdout
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stderr.strip()


def set_up(data: Path, folder: Path, **variables: str) -> str:
    """Make an office with an administrator; return what the command said."""
    return done(data, *setting_up(folder), **variables)


def setting_up(folder: Path, password: str = PASSWORD) -> tuple[str, ...]:
    """Return the words of setup_office, with a password in a file."""
    file = folder / "password"
    file.write_text(f"{password}\n")
    return "setup_office", "--username", "quan.tri", "--full-name", "Đỗ Thị Quản", "--password-file", str(file)
