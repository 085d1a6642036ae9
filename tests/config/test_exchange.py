"""Exchanging data: interrupted at any of its steps, the old or the new stands there whole, and nothing is lost."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from config import exchange

OLD = {"db": "old", "db-wal": "old wal", "files/a": "old a", "key": "old key"}
NEW = {"db": "new", "files/b": "new b", "env": "new env"}
NAMES = ("files", "env", "key", "db")


class Cut(BaseException):
    """The power goes."""


def lay(folder: Path, contents: dict[str, str]) -> None:
    for name, text in contents.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


def lying(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def exchanged(data: Path) -> None:
    with exchange.preparation(data) as folder:
        lay(folder, NEW)
        exchange.decide(folder, data=data, aside="aside", places={name: data / name for name in NAMES})


def test_the_new_stands_in_place_and_the_old_aside(tmp_path: Path) -> None:
    lay(tmp_path, OLD | {"other": "stays"})
    exchanged(tmp_path)
    assert lying(tmp_path) == NEW | {"other": "stays"} | {f"aside/{name}": text for name, text in OLD.items()}


def test_where_nothing_stood_nothing_is_put_aside(tmp_path: Path) -> None:
    exchanged(tmp_path)
    assert lying(tmp_path) == NEW
    assert not (tmp_path / "aside").exists()


def test_twice_leaves_two_folders_aside(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    exchanged(tmp_path)
    exchanged(tmp_path)
    assert lying(tmp_path / "aside") == OLD
    assert lying(tmp_path / "aside-2") == NEW


def test_what_fails_before_the_decision_changes_nothing(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    with pytest.raises(KeyError), exchange.preparation(tmp_path):
        OLD["not there"]
    assert lying(tmp_path) == OLD


def test_left_over_preparations_are_cleared_away(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    (tmp_path / ".preparing-dead").mkdir()
    with exchange.preparation(tmp_path):
        assert not (tmp_path / ".preparing-dead").exists()


@pytest.mark.parametrize("step", range(11))
def test_cut_off_at_any_step_the_old_or_the_new_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    lay(tmp_path, OLD)
    taken = {"steps": 0}

    def cut_at(own: Any) -> Any:
        def cutting(*args: Any, **kw: Any) -> Any:
            if taken["steps"] == step:
                raise Cut
            taken["steps"] += 1
            return own(*args, **kw)

        return cutting

    with monkeypatch.context() as patch:
        for name in ("rename", "unlink", "rmdir"):
            patch.setattr(os, name, cut_at(getattr(os, name)))
        with suppress(Cut):
            exchanged(tmp_path)
    exchange.finish(tmp_path)  # what the next start does
    found = {name: text for name, text in lying(tmp_path).items() if not name.startswith(("aside", ".preparing"))}
    old = {name: text for name, text in lying(tmp_path).items() if name.startswith("aside")}
    assert found == (OLD if step == 0 else NEW)
    assert old == ({} if step == 0 else {f"aside/{name}": text for name, text in OLD.items()})


def test_a_place_on_another_file_system_is_refused_before_anything_moves(tmp_path: Path) -> None:
    lay(tmp_path, OLD)
    with pytest.raises(OSError, match="different file systems"), exchange.preparation(tmp_path) as folder:
        exchange.decide(folder, data=tmp_path, aside="aside", places={"db": Path("/proc/self/db")})
    assert lying(tmp_path) == OLD
