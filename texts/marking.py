"""What changed, as HTML: what is gone struck out, what is new underlined; read aloud, each says what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from texts.inline import BREAK
from texts.tables import Cell

State = Literal["same", "gone", "new"]
_MINOR = ' class="minor"'
_TAGS = {"gone": "del", "new": "ins"}


@dataclass(frozen=True)
class Word:
    """Letters that stayed, went or came, with their marks."""

    state: State
    words: str
    marks: tuple[str, ...] = ()


def joined(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return words with neighbours of the same state and marks joined."""
    return tuple(
        Word(state, "".join(one.words for one in group), marks)
        for (state, marks), group in groupby(words, key=lambda one: (one.state, one.marks))
    )


def woven(old: Sequence[Word], new: Sequence[Word]) -> tuple[Word, ...]:
    """Return both in one: what is the same once, what is gone before what is new."""
    made: list[Word] = []
    left, right = 0, 0
    while left < len(old) or right < len(new):
        while left < len(old) and old[left].state != "same":
            made.append(old[left])
            left += 1
        while right < len(new) and new[right].state != "same":
            made.append(new[right])
            right += 1
        if left < len(old) and right < len(new):
            made.append(new[right])
        left, right = left + 1, right + 1
    return tuple(made)


def words_html(words: Iterable[Word]) -> str:
    """The words with their marks and what became of them."""
    return "".join(_word(one) for one in words)


def _word(word: Word) -> str:
    said = str(escape(word.words)).replace(BREAK, "<br>")
    for mark in ("em", "strong"):
        said = f"<{mark}>{said}</{mark}>" if mark in word.marks else said
    tag = _TAGS.get(word.state)
    return f"<{tag}>{said}</{tag}>" if tag else said


def piece(kind: str, level: int, words: Sequence[Word], rows: list[list[tuple[Cell, tuple[Word, ...]]]]) -> SafeString:
    """A piece of a document as HTML; nothing where nothing stands on this side."""
    if kind == "table":
        lines = ["<tr>" + "".join(_cell(cell, said) for cell, said in row) + "</tr>" for row in rows if row]
        return mark_safe(f'<table class="grid"><tbody>{"".join(lines)}</tbody></table>' if lines else "")
    if not words:
        return mark_safe("")
    said = words_html(words)
    if kind == "heading":
        return mark_safe(f"<h4{_MINOR if level == 2 else ''}>{said}</h4>")
    css = f' class="item level-{min(level, 5)}"' if kind == "item" else ""
    return mark_safe(f"<p{css}>{said}</p>")


def _cell(cell: Cell, words: Sequence[Word]) -> str:
    tag = "th" if cell.is_header else "td"
    spans = f' colspan="{int(cell.colspan)}"' if cell.colspan != 1 else ""
    return f"<{tag}{spans}>{words_html(words)}</{tag}>"
