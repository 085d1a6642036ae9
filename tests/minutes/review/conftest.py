"""Sentences are compared in the language of the sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Speak English in the actions a test calls itself; pages speak what their reader has chosen."""
    with override("en"):
        yield
