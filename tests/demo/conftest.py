"""The demonstration, loaded once for a test, and its commands as one would type them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from demo.loading import ensure
from meetings.models import Meeting

Manage = Callable[..., str]


@pytest.fixture(autouse=True)
def nobody_listens(settings: Settings) -> None:
    """Whatever serves on this machine: these tests play the database alone."""
    settings.PORT = 1


@pytest.fixture
def meeting(db: None) -> Meeting:
    """The demonstration, just loaded."""
    return ensure()


@pytest.fixture
def manage() -> Manage:
    """Run a management command and return what it printed."""

    def run(*words: str) -> str:
        out = io.StringIO()
        call_command(*words, stdout=out)
        return out.getvalue()

    return run


@pytest.fixture
def demo(db: None, manage: Manage) -> Callable[..., dict[str, Any]]:
    """Run `manage.py demo` and return its last line, read."""

    def run(*words: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(manage("demo", *words).splitlines()[-1])
        return found

    return run
