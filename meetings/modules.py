"""What a browser needs for a page: the modules that one of ours imports, and theirs in turn; the stylesheets of every page."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

#: Of every page, in this order. Where files are collected they are one (config/assets.py).
STYLESHEETS = (
    "css/fonts.css",
    "css/app.css",
    "css/control.css",
    "css/sites.css",
    "css/importing.css",
    "css/registration.css",
    "css/attendance.css",
    "css/readiness.css",
    "css/jobs.css",
    "css/accounts.css",
    "css/directory.css",
    "css/meetings.css",
    "css/programme.css",
    "css/papers.css",
    "css/reading.css",
    "css/releasing.css",
    "css/doors.css",
    "css/folder.css",
    "css/counting.css",
    "css/running.css",
    "css/speakers.css",
    "css/box.css",
    "css/voting.css",
    "css/video.css",
)
STYLES = "css/every.css"

_IMPORT = re.compile(r"""^(?:import|export)\b[^;"']*["'](\.[^"']+)["']""", re.MULTILINE)


@cache
def imports_of(name: str) -> tuple[str, ...]:
    """Return the modules that `name` needs beside itself, the nearest first, each once."""
    found: dict[str, None] = {}
    waiting = [name]
    for one in waiting:
        for module in _named_in(one):
            if module != name and module not in found:
                found[module] = None
                waiting.append(module)
    return tuple(found)


def _named_in(name: str) -> list[str]:
    path = finders.find(name)
    if not isinstance(path, str):
        raise LookupError(f"There is no module {name}.")
    folder = posixpath.dirname(name)
    return [posixpath.normpath(posixpath.join(folder, one)) for one in _IMPORT.findall(Path(path).read_text("utf-8"))]
