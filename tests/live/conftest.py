"""A hub and a channel layer of its own for each test of the live room."""

from collections.abc import Iterator

import pytest
from channels.layers import channel_layers

from live import hub as hubs
from live import outages, room
from live.hub import hub


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
