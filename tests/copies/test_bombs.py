"""Small files that become huge, turn in circles or never end: a sentence or a harmless copy, within twenty seconds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from copies.refusals import SENTENCES
from tests.copies import bombs
from tests.copies.looking import found_in, made_once

CORPUS = bombs.every()


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    return made_once("bombs", {name: (data, "pdf") for name, data in CORPUS.items()}, step=2, seconds=12)


@pytest.mark.parametrize("name", CORPUS)
def test_a_sentence_or_a_harmless_copy_of(made: dict[str, dict[str, Any]], name: str) -> None:
    said = made[name]
    assert said["seconds"] < 20
    if "copy" in said:
        assert found_in(Path(said["path"]), ()) == []
        assert Path(said["path"]).stat().st_size < 30_000_000
    else:
        assert said.get("refused", "slow") in SENTENCES
