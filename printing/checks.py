"""What printing needs from the machine, checked at start: the font files and WeasyPrint's libraries."""

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from printing import fonts
from printing.errors import FontMissing

#: Library that WeasyPrint loads → Debian package that brings it.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


@register()
def fonts_are_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start without the font of official papers: another one would move every line."""
    return missing_fonts()


@register()
def libraries_are_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start without the libraries that lay out text."""
    return missing_libraries(LIBRARIES)


def missing_fonts(directory: Path = fonts.DIRECTORY) -> list[CheckMessage]:
    """Return one error when a font file is missing in `directory`."""
    try:
        fonts.files(directory)
    except FontMissing as error:
        return [Error(str(error), hint="Run make setup.", id="printing.E001")]
    return []


def missing_libraries(libraries: dict[str, str]) -> list[CheckMessage]:
    """Return one error that names the packages of the libraries that cannot be loaded."""
    packages = [package for library, package in libraries.items() if not _loads(library)]
    if not packages:
        return []
    return [Error("Papers cannot be printed.", hint=f"apt-get install {' '.join(packages)}", id="printing.E002")]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
