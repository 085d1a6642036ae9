"""Refusals are read in English here, whatever has been translated."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Speak English for the length of a test."""
    with translation.override("en"):
        yield
