"""Papers that do something when they are opened, clicked or only looked at: what they show stays, what they do is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.copies import hostile
from tests.copies.bricks import TRACE
from tests.copies.looking import found_in, made_once

CORPUS = hostile.every()
# Of these the words themselves are drawn with what must go.
WITHOUT_WORDS = {"program in a font's matrix", "a character map from elsewhere", "content from elsewhere"}


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    return made_once("active", {name: (data, "pdf") for name, data in CORPUS.items()})


@pytest.mark.parametrize("name", CORPUS)
def test_only_what_is_drawn_is_left_of(made: dict[str, dict[str, Any]], name: str) -> None:
    said = made[name]
    assert said.get("copy") in ("rebuilt", "rasterised"), said
    assert found_in(Path(said["path"]), (TRACE, b"evil")) == []
    assert name in WITHOUT_WORDS or said["texts"][0].startswith("Honest words")
    assert TRACE.decode() not in str(said)
    assert said["seconds"] < 20
