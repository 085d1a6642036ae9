"""From the data of a paper to its page: the template of its kind and body, filled and checked. Templates are files."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from minutes.papers.checking import sentence_of
from minutes.papers.rendering import RENDERER, Renderer, composed
from minutes.papers.vocabulary import Fault
from printing.errors import PrintingError
from printing.papers import DEMONSTRATION_MARK
from printing.profiles import Profile
from printing.qr import qr_svg

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "papers"
_INCLUDED = re.compile(r'^[ \t]*\{% include "(parts/[a-z_]+\.jinja)" %\}[ \t]*\n?', re.MULTILINE)


class HasSource(Protocol):
    """A template an office has changed."""

    source: str


class CannotBeSet(PrintingError):
    """A template and the data of a paper do not make a page; `faults` say why."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__(sentence_of(found[0]))
        self.faults = found


@dataclass(frozen=True)
class Setting:
    """A paper as one whole page in the vocabulary of papers (vocabulary.py)."""

    html: str


@cache
def system_source(kind: str, body: str) -> str:
    """Return the system's own template of a kind for Party or State bodies, in one piece."""
    return _whole((FOLDER / f"{kind.lower()}_{body}.jinja").read_text(encoding="utf-8"))


def _whole(source: str) -> str:
    def read(found: re.Match[str]) -> str:
        return _whole((FOLDER / found.group(1)).read_text(encoding="utf-8"))

    return _INCLUDED.sub(read, source)


def source_of(kind: str, profile: Profile, template: HasSource | str | None = None) -> str:
    """Return the source a paper is set with: the office's, else the system's."""
    if template is None:
        return system_source(kind, profile.body)
    return template if isinstance(template, str) else template.source


def set_paper(
    data: Mapping[str, Any], profile: Profile, template: HasSource | str | None = None, *, renderer: Renderer = RENDERER,
    lane: Hashable | None = None,
) -> Setting:  # fmt: skip
    """Return the page of a paper; raise CannotBeSet (a PrintingError) with a sentence for people.

    `template`: an office's; nothing: the system's own. Papers are in Vietnamese whatever the screens speak. `lane`: behind whom
    it waits; by default behind other papers of the same changed template, and behind nobody with the system's own.
    """
    source = source_of(data["kind"], profile, template)
    if lane is None and source != system_source(data["kind"], profile.body):
        lane = source
    page, found = renderer.fill(source, context_of(data, profile), markup_of(data), lane=lane)
    if found:
        raise CannotBeSet(found)
    return Setting(composed(page))


def context_of(data: Mapping[str, Any], profile: Profile) -> dict[str, Any]:
    """Return all that a template may name."""
    layout = {
        "code": profile.code, "body": profile.body, "dashes": profile.dashes, "end_mark": profile.end_mark,
        "recipients_separator": profile.recipients_separator, "number_word": profile.number_word,
        "country": profile.country, "basis_sign": profile.basis_sign,
    }  # fmt: skip
    return {**data, "layout": layout, "mark": DEMONSTRATION_MARK, "qr": ""}


def markup_of(data: Mapping[str, Any]) -> dict[str, str]:
    """Return what stands in a page as it is: the drawing of the code, and nothing else."""
    known = data.get("verification")
    return {"qr": qr_svg(known["address"], known["spelled"])} if known else {}
