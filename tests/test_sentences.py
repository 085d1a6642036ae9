"""Every sentence that people read can be translated: the tool that gathers them finds it."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
ROOMS = sorted(path.parent for path in ROOT.glob("*/apps.py"))


def hidden(path: Path) -> list[str]:
    """Return the sentences of a module that stand inside an f-string, where makemessages does not look."""
    strings = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.JoinedStr)]
    calls = (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call))
    return [
        f"{path.relative_to(ROOT)}:{call.lineno}" for call in calls if isinstance(call.func, ast.Name) and call.func.id in GETTEXT
    ]


def test_no_sentence_hides_in_an_f_string() -> None:
    assert len(ROOMS) > 8
    assert [place for room in ROOMS for path in room.rglob("*.py") for place in hidden(path)] == []
