"""Libraries that read hostile files are loaded in child processes alone; nothing that acts is among what is allowed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from copies import allowing, contents, refusals, removals

ROOT = Path(__file__).parents[2]
READERS = {"pikepdf", "pypdfium2", "PIL", "fontTools"}
# A decoder of pictures that is loaded means that one was opened; qrcode loads the bare library for itself.
DECODERS = {"PIL.PngImagePlugin", "PIL.JpegImagePlugin", "PIL.TiffImagePlugin", "PIL.WebPImagePlugin"}
LOADED = DECODERS | READERS - {"PIL"}
# Rooms whose child processes may load them; everybody else asks these rooms.
MAY = ("copies", "printing")


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names


def test_only_rooms_with_children_name_what_reads_files() -> None:
    rooms = [path for path in ROOT.glob("*/") if (path / "__init__.py").exists() and path.name not in ("tests", "bench")]
    users = {path.relative_to(ROOT).as_posix() for room in rooms for path in room.rglob("*.py") if _imports(path) & READERS}
    assert {path for path in users if path.partition("/")[0] not in MAY} == set()


def test_the_web_process_never_loads_what_reads_files() -> None:
    code = (
        "import sys, config.asgi; from django.urls import get_resolver; get_resolver().reverse_dict\n"
        "import copies.making, copies.identifying, copies.refusals, copies.removals, jobs.kinds, packets.urls\n"
        f"print(*{LOADED!r} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr


def test_the_room_of_copies_knows_no_model() -> None:
    named = {name for path in (ROOT / "copies").rglob("*.py") for name in _imports(path)}
    assert named & {"packets", "meetings", "agenda", "people", "jobs", "config"} == set()
    used = [path for path in (ROOT / "copies").rglob("*.py") if "django.db" in path.read_text()]
    assert used == []


def test_every_word_has_a_sentence() -> None:
    assert set(contents._WAYS_OUT.values()) <= set(removals.SENTENCES)
    for word in removals.SENTENCES:
        assert removals.sentence_of(word)
    for word in refusals.SENTENCES:
        assert "%(" not in refusals.sentence_of(word)
    assert removals.sentence_of("nothing we know") == ""


def _keys(spec: object, seen: set[int]) -> set[str]:
    """All keys that a spec allows, and all that stands under them."""
    if isinstance(spec, str):
        spec = allowing.SPECS[spec]
    if id(spec) in seen:
        return set()
    seen.add(id(spec))
    found: set[str] = set()
    for name in ("keys", "rows", "of"):
        value = getattr(spec, name, ())
        found |= set(value) if name == "keys" and isinstance(spec, allowing.Keys) else set()
        parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for part in parts:
            for one in part if isinstance(part, tuple) else (part,):
                found |= (
                    _keys(one, seen) if (isinstance(one, str) and one in allowing.SPECS) or not isinstance(one, str) else set()
                )
    return found


@pytest.mark.parametrize("name", sorted(allowing.SPECS))
def test_nothing_that_acts_is_allowed(name: str) -> None:
    keys = _keys(name, set())
    assert keys & (allowing.FORBIDDEN | {"A", "F", "AP", "Annots", "Parent", "OC", "Next", "P"}) == set()
