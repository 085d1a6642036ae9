"""The room of texts keeps to itself: what cleans HTML is imported here alone, and nothing of the product is imported here."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


IMPORTED = re.compile(r"^\s*(?:import|from)\s+(\w+)", re.MULTILINE)


def imports(path: Path) -> set[str]:
    return set(IMPORTED.findall(path.read_text()))


def test_only_texts_imports_what_cleans_html() -> None:
    rooms = [path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in ("tests", "bench", "deploy")]
    users = {room.name for room in rooms for path in room.rglob("*.py") if "nh3" in path.read_text() and "nh3" in imports(path)}
    assert users == {"texts"}


def test_texts_knows_no_room() -> None:
    found = {name for path in (ROOT / "texts").glob("*.py") for name in imports(path)}
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"texts"}
    assert found & rooms == set()
    assert "django.db" not in "".join(path.read_text() for path in (ROOT / "texts").glob("*.py"))
