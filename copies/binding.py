"""One file of many reading copies: cover and contents in front, links and an outline, page numbers through the whole.

The work is done in a child process (copies/binder.py): this module touches no PDF.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from copies.refusals import Refused

ROOT = Path(__file__).resolve().parent.parent
#: Bytes of address space and seconds of a processor that binding may take.
MEMORY, SECONDS = 2048 * 1024 * 1024, 300


@dataclass(frozen=True)
class Part:
    """One reading copy in the whole. `target`: the name of its link in the front; `heading`: under which it stands in the
    outline; `contents`: its own [[level, title, page], …]."""

    path: str
    pages: int
    title: str
    target: str
    heading: str = ""
    contents: Sequence[Sequence[Any]] = ()


@dataclass(frozen=True)
class Bound:
    """A file that was bound: its pages and size, and where a reader's mark is hung on."""

    pages: int
    size: int
    anchors: dict[str, Any]


def bind(front: Callable[[list[int]], bytes], parts: Sequence[Part], target: Path, *, title: str = "") -> Bound:
    """Write one PDF of a front and all parts to `target`; raise Refused with a word when it cannot be done.

    `front` makes cover and contents as a PDF when it is told on which page each part begins. It is asked again when it has
    more pages than was thought, since all parts then begin later.
    """
    pages = 2
    with tempfile.TemporaryDirectory(prefix="diemcau-binding-", dir=target.parent) as folder:
        for _attempt in range(3):
            Path(folder, "front.pdf").write_bytes(front(_beginnings(parts, pages)))
            order = {
                "front": str(Path(folder, "front.pdf")),
                "front_pages": pages,
                "parts": [asdict(part) for part in parts],
                "target": str(Path(folder, "bound.pdf")),
                "title": title,
                "memory": MEMORY,
                "seconds": SECONDS,
            }
            said = _ask(order)
            if "refused" in said:
                raise Refused(said["refused"])
            if "front_pages" not in said:
                Path(folder, "bound.pdf").replace(target)
                return Bound(pages=said["pages"], size=said["size"], anchors=said["anchors"])
            pages = said["front_pages"]
    raise Refused("broken")


def _beginnings(parts: Sequence[Part], front: int) -> list[int]:
    """Return the page of the whole, counted from 1, on which each part begins."""
    at, begins = front + 1, []
    for part in parts:
        begins.append(at)
        at += part.pages
    return begins


def _ask(order: dict[str, Any]) -> dict[str, Any]:
    environment = {"PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1", "PATH": "/usr/bin:/bin"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "copies.binder"],
            input=json.dumps(order).encode(),
            capture_output=True,
            cwd=ROOT,
            env=environment,
            timeout=SECONDS + 60,
            check=False,
            start_new_session=True,
        )
        said: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"refused": "slow"}
    except subprocess.TimeoutExpired:
        said = {"refused": "slow"}
    except ValueError:
        said = {"refused": "broken"}
    return said
