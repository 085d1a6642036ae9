"""Whatever HTML comes, what is read of it is text, and what is written of that has our tags and classes alone."""

from __future__ import annotations

import contextlib
import json
import time
from html.parser import HTMLParser

import pytest

from tests.texts.hostile import EVERY
from texts.nodes import LARGEST, Refused
from texts.reading import from_editor, from_html, from_plain
from texts.writing import CLASSES, TAGS, html, plain

NUMBERS = {"colspan", "rowspan", "start"}


class Listing(HTMLParser):
    """Lists what a page would have."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.foreign: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        allowed = TAGS.get(tag)
        if allowed is None:
            self.foreign.append(tag)
        for name, value in attrs:
            of_number = name in NUMBERS and (value or "").isdecimal()
            if name not in (allowed or ()) or not (of_number or (name == "class" and value in CLASSES)):
                self.foreign.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.foreign.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.foreign.append("declaration")

    def handle_data(self, data: str) -> None:
        self.words += data


def shown(markup: str) -> Listing:
    listing = Listing()
    listing.feed(markup)
    listing.close()
    return listing


def test_there_are_enough_of_them() -> None:
    assert len(EVERY) >= 80
    assert len({name for name, _html, _words in EVERY}) == len(EVERY)


@pytest.mark.parametrize(("name", "source", "words"), EVERY, ids=[name for name, _html, _words in EVERY])
def test_hostile_html_becomes_text_or_nothing(name: str, source: str, words: str | None) -> None:
    doc = from_html(source)
    written = html(doc)
    assert shown(written).foreign == []
    written.encode()  # no half of a letter is left
    assert from_html(written) == doc, "what is shown is read as the same"
    assert from_editor(json.loads(json.dumps(doc))) == doc
    if words is not None:
        assert " ".join(shown(written.replace("><", "> <")).words.split()) == words


@pytest.mark.parametrize(("name", "source", "_words"), EVERY, ids=[name for name, _html, _words in EVERY])
def test_hostile_text_is_shown_as_it_was_typed(name: str, source: str, _words: str | None) -> None:
    written = html(from_plain(source))
    assert shown(written).foreign == []
    typed = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": source or "-"}]}]}
    assert shown(html(from_editor(typed))).foreign == []
    assert plain(from_plain(plain(from_plain(source)))) == plain(from_plain(source))


MILLION = 1_000_000
ENDLESS = {
    "nested tags": "<b>" * MILLION,
    "nested blocks": "<div>" * 60_000 + "x",
    "blocks that tables hide": "<div><table></div></table>" * 30_000,
    "signs": "<" * MILLION,
    "tags that never end": "<a " * MILLION,
    "quotes that never end": "<p title='" * 300_000,
    "comments that never end": "<!--" * 250_000,
    "styles that never end": "<style>" * 300_000,
    "rules that never end": "<style>" + ".a{" * MILLION,
    "heads that never end": "<head><style>" * 200_000,
    "entities": "&#" * MILLION,
    "attributes": "<p " + "a=b " * 200_000 + ">x",
    "marks upon one letter": "<p>e" + "\u0301\u0316" * 500_000,
    "letters without a space": "<p>" + "a" * MILLION,
    "items": "<li>" * 100_000,
    "runs": "<span>a</span>" * 30_000,
    "breaks": "a<br>" * 20_000,
    "deep lists": "<ul><li>" * 60_000 + "x",
    "cells": "<table>" + "<tr><td>" * 50_000,
}


@pytest.mark.parametrize("name", ENDLESS)
def test_endless_html_is_dealt_with_in_time(name: str) -> None:
    start = time.process_time()
    assert outcome(ENDLESS[name][:LARGEST]) in ("read", "too_big", "too_long", "too_many", "too_tall", "too_wide")
    assert time.process_time() - start < 8


def outcome(source: str) -> str:
    """What becomes of HTML: it is read, or refused with a word for which there is a sentence."""
    try:
        assert len(html(from_html(source))) < MILLION
    except Refused as refused:
        return refused.word if len(refused.sentence) > 20 else "silent"
    return "read"


ENDLESS_LINES = {
    "items": "- a\n" * 16_000,
    "numbers": "1. a\n" * 16_000,
    "numbers that go on": "".join(f"{number}. a\n" for number in range(1, 9_999)),
    "steps": "".join("  " * number + "- a\n" for number in range(2_000)),
    "rows": "a | b\n" * 16_000,
    "bars": "|" * 100_000,
    "backslashes": "\\" * 600_000,
    "returns": "↵" * 100_000,
    "merges": "< | <\n" * 500,
    "blank lines": "1. a\n" + "\n" * 500_000 + "2. b",
    "indented lines": "- a\n" + "  b\n" * 16_000,
    "marks": "e" + "\u0301\u0316" * 250_000,
}


@pytest.mark.parametrize("name", ENDLESS_LINES)
def test_endless_lines_are_dealt_with_in_time(name: str) -> None:
    start = time.process_time()
    with contextlib.suppress(Refused):
        plain(from_plain(ENDLESS_LINES[name]))
    assert time.process_time() - start < 8


def test_what_lies_too_deep_keeps_its_words() -> None:
    assert plain(from_html("<div>" * 5_000 + "Hội nghị" + "</div>" * 5_000)) == "Hội nghị"


def test_more_than_a_source_may_hold_is_not_even_read() -> None:
    with pytest.raises(Refused) as refused:
        from_html("a" * (LARGEST + 1))
    assert refused.value.word == "too_big"
    with pytest.raises(Refused):
        from_plain("a" * LARGEST)
    with pytest.raises(Refused):
        from_plain("a\n" * 50_000)
    with pytest.raises(Refused):
        from_editor('"' + "a" * LARGEST + '"')
