"""Word files are written by hand in one place: nothing of the product uses a library that reads or writes them."""

from __future__ import annotations

import re
import subprocess

import pytest

from printing.worker import ROOT

NOT_THE_PRODUCT = ("tests/", "bench/", "deploy/")


def using(module: str) -> list[str]:
    """The files of the product that import a module, or one inside it."""
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    imports = re.compile(rf"^\s*(?:from|import) {re.escape(module)}(?:\.| |$)", re.MULTILINE)
    ours = [name for name in listed if not name.startswith(NOT_THE_PRODUCT) and (ROOT / name).is_file()]
    return [name for name in ours if imports.search((ROOT / name).read_text())]


@pytest.mark.parametrize("package", ["docx", "lxml"])
def test_no_room_reads_or_writes_word_files_with_a_library(package: str) -> None:
    assert using(package) == []


def test_what_lays_out_word_files_is_loaded_in_their_child_alone() -> None:
    assert using("printing.word.making") == ["printing/word/child.py"]
    assert using("tinyhtml5") == ["printing/word/making.py"]
