"""What of a paper's page nobody would see, or would read in another order: where words may stand, and which letters. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape

#: What each kind of parent must be, where that matters to the layout; outside all: "".
_INSIDE = {
    "html": {""}, "head": {"html"}, "body": {"html"}, "meta": {"head"}, "title": {"head"}, "h1": {"body"}, "section": {"body"},
    "tr": {"table", "thead", "tbody"}, "td": {"tr"}, "th": {"tr"}, "caption": {"table"}, "thead": {"table"}, "tbody": {"table"},
    "colgroup": {"table"}, "col": {"colgroup"}, "li": {"ul", "ol"}, "svg": {"div"}, "rect": {"svg"}, "path": {"svg"},
}  # fmt: skip
#: What holds certain tags alone: a reader of HTML would put any other, and all words, elsewhere.
_HOLDS: dict[str, set[str]] = {
    "": {"html"}, "html": {"head", "body"}, "head": {"meta", "title"}, "title": set(), "ul": {"li"}, "ol": {"li"},
    "table": {"colgroup", "caption", "thead", "tbody", "tr"}, "colgroup": {"col"}, "thead": {"tr"}, "tbody": {"tr"},
    "tr": {"td", "th"}, "svg": {"rect", "path"},
}  # fmt: skip
WORDLESS = frozenset(_HOLDS) - {"title"}
#: How many letters stand in one line that does not turn, or in what is drawn and not written.
_ROOM = {"title": 60, "motto": 60, "body-rule": 0, "abstract-rule": 0, "end-rule": 0, "signature-gap": 0}
#: Lists in lists; each is set in by a first line.
_DEEPEST_LIST = 6
#: What the columns of a table may ask for together, in millimetres: what stands beyond the page is not printed.
WIDEST = 165
_LISTS = ("ul", "ol")
_TAGS = re.compile(r"<[^>]*>")
_DEMONSTRATION = re.compile(r'<div class="(demonstration-(?:line|ground))">(.*?)</div>', re.DOTALL)
_SPELLED = re.compile(r"&(?:#[0-9]{1,12}|#[xX][0-9a-fA-F]{1,12}|[A-Za-z][A-Za-z0-9]{1,40});?")
#: Seen by nobody though Unicode calls them letters or marks, or put in the place of what is none. Halves of letters are shown so.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc\ufffd")
_ALLOWED = frozenset("\t\n\r\x85")


@dataclass
class Open:
    """A tag that is open: its class, where its words begin, and what was in it so far."""

    tag: str
    named: str
    at: int
    drawn: str = ""  # of the drawing: the tags so far
    width: int = 0  # of columns: what they ask for

    def next_one(self, tag: str, named: str) -> tuple[str, str]:
        """Note what stands in it; return what is wrong with it."""
        if self.tag == "svg":
            self.drawn += f"{tag} "
            if self.drawn not in ("rect ", "path ", "rect path "):  # white ground first, then the code
                return "hidden", "svg"
        if self.tag == "colgroup":
            self.width += int(named[1:]) if named[1:].isdigit() else 0
            if self.width > WIDEST:
                return "too_wide", str(WIDEST)
        return "", ""


OUTSIDE = Open("", "", 0)


def ill_placed(tag: str, open_ones: Sequence[Open]) -> str:
    """Return which rule a tag breaks by standing within those that are open; nothing: none."""
    if tag in _LISTS and sum(one.tag in _LISTS for one in open_ones) >= _DEEPEST_LIST:
        return "too_deep"
    parent = open_ones[-1].tag if open_ones else ""
    if parent not in _INSIDE.get(tag, {parent}) or (parent in _HOLDS and tag not in _HOLDS[parent]):
        return "misplaced"
    return "misplaced" if tag == "table" and any(one.tag == "table" for one in open_ones) else ""


def said_wrongly(one: Open, content: str) -> tuple[str, str]:
    """Return what is wrong with the words of a tag that has just been closed."""
    room = _ROOM.get(one.named)
    if room is None:
        return "", ""
    if not room:
        return ("hidden", f"{one.tag}.{one.named}") if content.strip() else ("", "")
    is_long = len(unescape(_TAGS.sub("", content))) > room
    return ("too_long_line", f"{one.tag}.{one.named}") if is_long else ("", "")


def unseen_in(text: str, *, spelled_only: bool = False) -> Iterator[tuple[int, str]]:
    """Yield each sign nobody sees, with its line: as a letter, and as HTML spells it (&#x202e;).

    `spelled_only`: a whole page has letters of the data in it, which are cleaned elsewhere and never spelled.
    """
    for found in _SPELLED.finditer(text):
        if name := _unseen_spelled(found.group()):
            yield text.count("\n", 0, found.start()) + 1, name
    if not spelled_only and not text.isascii():
        for at, letter in enumerate(text):
            if is_unseen(letter):
                yield text.count("\n", 0, at) + 1, _name(letter)


def strange_marks(page: str, mark: str, drawings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with drawings, which are the code alone, and marks of a demonstration, which say one thing once."""
    for drawing in drawings:
        page = page.replace(drawing, "")
    if "<svg" in page:
        yield "own_code", "svg"
    said = _DEMONSTRATION.findall(page)
    if any(unescape(words) != mark for _which, words in said) or len(said) > len({which for which, _words in said}):
        yield "hidden", "div.demonstration-line"


@cache
def is_unseen(letter: str) -> bool:
    """Tell whether a letter is drawn as nothing, or turns the order of others about."""
    odd = unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn", "Zl", "Zp")
    return letter not in _ALLOWED and (odd or letter in _FILLERS or 0xFE00 <= ord(letter) <= 0xFE0F)


def _unseen_spelled(spelled: str) -> str:
    if spelled in ("&amp;", "&lt;", "&gt;", "&quot;", "&#34;", "&#39;", "&#x27;"):
        return ""
    letters = unescape(spelled)
    if letters == spelled:
        return ""  # no name of a letter: it is printed as it stands
    return next((_name(one) for one in letters if is_unseen(one)), "" if letters else spelled)


def _name(letter: str) -> str:
    return f"U+{ord(letter):04X}"
