"""Damaged files, wrong names, two things in one, pictures that lie: a sentence that fits, or a harmless copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from copies.refusals import SENTENCES
from tests.copies import broken
from tests.copies.bricks import TRACE
from tests.copies.looking import found_in, made_once

CORPUS = broken.every()


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    files = {name: (data, ending) for name, (data, ending, _may) in CORPUS.items()}
    return made_once("broken", files, step=5, seconds=12)


@pytest.mark.parametrize("name", CORPUS)
def test_the_sentence_fits_or_the_copy_is_harmless_of(made: dict[str, dict[str, Any]], name: str) -> None:
    said, (_data, _ending, may) = made[name], CORPUS[name]
    if "copy" in said:
        assert "copy" in may
        assert found_in(Path(said["path"]), (TRACE,)) == []
    else:
        assert said.get("refused") in may & SENTENCES.keys(), said
    assert said["seconds"] < 15
