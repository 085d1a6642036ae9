"""Columns of a list: their headings in both languages, and readers that make values of cells or say what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from people.spelling import alike, fold
from sheets import Cell

LANGUAGES = ("vi", "en")
Reader = Callable[[Cell, "Column"], Any]


class Unfit(ValueError):
    """A cell's value is not what its column wants; the sentence says what it wants."""


def text(cell: Cell, column: Column) -> str:
    """Read plain text."""
    found = cell.text
    if len(found) > column.length:
        raise Unfit(_("This is longer than %(length)d letters. Shorten it.") % {"length": column.length})
    return found


def day(cell: Cell, column: Column) -> str:
    """Read a date, as ISO 8601."""
    try:
        found = cell.day
    except ValueError as error:
        raise Unfit(_("“%(text)s” is no date. Write it as 26/11/2025.") % {"text": _cut(cell.text)}) from error
    return found.isoformat() if found else ""


def number(cell: Cell, column: Column) -> int | str:
    """Read a whole number that is not negative."""
    found = cell.text.replace(" ", "")
    if not found:
        return ""
    if not re.fullmatch(r"[0-9]{1,9}", found):
        raise Unfit(_("“%(text)s” is no number.") % {"text": _cut(cell.text)})
    return int(found)


def email(cell: Cell, column: Column) -> str:
    """Read an e-mail address."""
    found = cell.text.removeprefix("mailto:").lower()
    if found:
        try:
            validate_email(found)
        except ValidationError as error:
            raise Unfit(_("“%(text)s” is no e-mail address.") % {"text": _cut(cell.text)}) from error
    return text(cell._replace(value=found), column)


def phone(cell: Cell, column: Column) -> str:
    """Read a telephone number; a sheet that took it for a number has lost its 0 in front, which is put back."""
    found = re.sub(r"[\s.\-()]", "", cell.text)
    if found and not re.fullmatch(r"\+?[0-9]{3,15}(/[0-9]{1,6})?", found):
        raise Unfit(_("“%(text)s” is no telephone number.") % {"text": _cut(cell.text)})
    if isinstance(cell.value, int) and len(found) in (9, 10) and found[0] in "235789":
        return f"0{found}"
    return found


_YES = {"x", "co", "yes", "true", "1", "dung", "v"}
_NO = {"khong", "no", "false", "0", "sai", "-"}


def yes_or_no(cell: Cell, column: Column) -> bool | str:
    """Read x, có, yes … as true, không, no … as false; an empty cell says nothing."""
    found = fold(cell.text)
    if not found:
        return ""
    if found in _YES | _NO:
        return found in _YES
    raise Unfit(_("Write x or leave the cell empty."))


def choice(options: Mapping[str, Sequence[Any]]) -> Reader:
    """Return a reader of one of several values: value → its word and other words for it."""

    words: dict[str, str] = {}

    def read(cell: Cell, column: Column) -> str:
        said = cell.text
        if not said:
            return ""
        if not words:  # not before languages are there
            words.update(_words_of(options))
        found = words.get(alike(said)) or words.get(fold(said))
        if found is None:
            known = ", ".join(str(names[0]) for names in options.values())
            raise Unfit(_("“%(text)s” is not known. Possible are: %(known)s.") % {"text": _cut(cell.text), "known": known})
        return found

    return read


def _words_of(options: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """Return every word for a value, in both languages, with and without diacritics."""
    found: dict[str, str] = {}
    for value, names in options.items():
        for name in [value, *names]:
            for word in in_both_languages(name):
                found.setdefault(alike(word), value)
                found.setdefault(fold(word), value)
    return found


def in_both_languages(words: Any) -> set[str]:
    """Return words as they are said in each language."""
    said = set()
    for language in LANGUAGES:
        with override(language):
            said.add(str(words))
    return said


def _cut(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"


@dataclass(frozen=True)
class Column:
    """One column: its name, its heading, other headings, how it is read, and what the template shows of it."""

    name: str
    title: Any
    also: tuple[str, ...] = ()
    read: Reader = text
    required: bool = False
    length: int = 200
    example: tuple[str, ...] = ()
    hint: Any = ""

    def headings(self) -> set[str]:
        """Return what its heading may be, folded."""
        return {plain(one) for words in (self.title, *self.also) for one in in_both_languages(words)}


def plain(heading: str) -> str:
    """Return a heading as it is compared: folded, without marks and what stands in brackets."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(re.sub(r"\([^)]*\)|\[[^]]*\]|\*", " ", heading))).split())


NO_HEADING = gettext_lazy(
    "The headings were not found. The list needs at least: %(missing)s. "
    "Download the template, and put your list under its headings."
)
TWICE = gettext_lazy("The heading “%(heading)s” stands twice: in %(first)s and %(second)s. Leave one of them.")
