"""A hub and a channel layer of its own for each test of the live room."""

from collections.abc import Iterator

import pytest
from channels.layers import channel_layers

from live.hub import hub


@pytest.fixture(autouse=True)
def own_hub() -> Iterator[None]:
    """Begin with nobody connected and nothing announced."""
    channel_layers.backends = {}
    hub.stop()
    yield
    hub.stop()
    channel_layers.backends = {}
