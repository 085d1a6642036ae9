"""The directory's own hands: who manages it, an office command sent as the page sends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import translation

from meetings.procedure import Actor
from tests.cast import Clients
from tests.make import make_command_id, the_secretariat

Ask = Callable[..., HttpResponse]


@pytest.fixture
def by(db: None) -> Actor:
    """Somebody of the secretariat."""
    return the_secretariat()


@pytest.fixture
def ask(clients: Clients) -> Ask:
    """Send an office command as the secretariat's page does."""

    def send(command: str, **fields: Any) -> HttpResponse:
        body = {name: getattr(value, "pk", value) for name, value in fields.items()} | {"command_id": make_command_id()}
        return clients["secretariat"].post(f"/do/{command}/", body, HTTP_ACCEPT="application/json")

    return send


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in the language of the code."""
    with translation.override("en"):
        yield
