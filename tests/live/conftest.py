"""A hub and a channel layer of its own for each test of the live room."""

from collections.abc import Iterator

import pytest
from channels.layers import channel_layers

from live import hub as hubs
from live import outages, room
from live.hub import hub
from meetings import announcing


@pytest.fixture(autouse=True)
def own_hub() -> Iterator[None]:
    """Begin with nobody connected and nothing announced."""
    channel_layers.backends = {}
    hub.stop()
    yield
    hub.stop()
    channel_layers.backends = {}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes seconds in an office takes none here."""
    monkeypatch.setattr(hubs, "SOFT_EVERY", 0.05)
    monkeypatch.setattr(room, "LINKS_EVERY", 0.05)
    monkeypatch.setattr(outages, "LASTING", 0.2)
    monkeypatch.setattr(outages, "LASTING_REALLY", 0.2)


@pytest.fixture(params=[True, False], ids=["hint", "hint lost"])
def hints(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the hint, and without: a process that did not hear it looks by itself."""
    if not request.param:
        monkeypatch.setattr(announcing, "_send", lambda hint: None)
