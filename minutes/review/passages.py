"""The words of a round as they were circulated: kept as plain data, and what of them a reader may quote. Pure."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Protocol

from meetings.hashing import canonical
from minutes.blocks.plain import doc_of
from texts.lines import plain
from texts.nodes import Doc

#: How much of a text without a heading names it in a list.
LABEL = 90


class Words(Protocol):
    """What of a block of the minutes is circulated."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def body(self) -> Doc: ...


@dataclass(frozen=True)
class Passage:
    """One block as it was circulated."""

    key: str
    kind: str
    number: str
    heading: str
    text: str
    doc: Doc | None = None

    @classmethod
    def of(cls, block: Words) -> Passage:
        """Return a block of the minutes as it would be circulated."""
        return cls(block.key, block.kind, block.number, block.heading, block.text, block.body)

    @cached_property
    def body(self) -> Doc:
        """Its words as a document."""
        return self.doc if self.doc is not None else doc_of(self.kind, self.text)

    @property
    def label(self) -> str:
        """How it is called in a list: its number and heading, else how its text begins."""
        said = self.heading or " ".join(self.text.split())
        short = said if len(said) <= LABEL else said[:LABEL].rstrip() + "…"
        return f"{self.number}. {short}" if self.number and self.kind == "point" else f"{self.number} {short}".strip()

    @property
    def words(self) -> tuple[str, str]:
        """What it says, to be compared with what it says elsewhere."""
        return self.heading, canonical(self.body)

    @cached_property
    def letters(self) -> str:
        """All it says, as its letters and figures alone."""
        return bare(self.heading + "".join(_texts(self.body)))

    def holds(self, quote: str) -> bool:
        """Tell whether a quote stands here: as the page shows the words, or as plain text has them, with numbers of lists."""
        sought = bare(quote)
        return sought in self.letters or sought in bare(self.heading + plain(self.body))


def bare(text: str) -> str:
    """Return the letters and figures of a text alone: spaces, bars of tables and points of lists differ from page to page."""
    return "".join(letter for letter in unicodedata.normalize("NFC", text).casefold() if letter.isalnum())


def cleaned(text: str) -> str:
    """Return what somebody typed, composed, without marks that turn the direction of what follows and other control signs."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (letter for letter in composed if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co"))
    return "".join(kept).strip()


def _texts(node: Mapping[str, Any]) -> Iterator[str]:
    """Yield the text of a document and of all that stands in it, however deep, in order."""
    stack: list[Mapping[str, Any]] = [node]
    while stack:
        one = stack.pop()
        if one.get("type") == "text":
            yield str(one.get("text", ""))
        stack += reversed(one.get("content") or [])


def taken_of(blocks: Sequence[Words]) -> list[dict[str, Any]]:
    """Return blocks as plain data, to be kept with a round."""
    return [
        {
            "key": block.key, "kind": block.kind, "number": block.number, "heading": block.heading, "text": block.text,
            "body": block.body,
        }
        for block in blocks
    ]  # fmt: skip


def passages_of(snapshot: Sequence[Mapping[str, Any]]) -> list[Passage]:
    """Return what was kept, as it was."""
    return [Passage(one["key"], one["kind"], one["number"], one["heading"], one["text"], one["body"]) for one in snapshot]


def digest_of(snapshot: Sequence[Mapping[str, Any]]) -> str:
    """Return the SHA-256 of the words circulated."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()


def digest_of_words(text: str) -> str:
    """Return the SHA-256 of an answer; nothing for none."""
    return hashlib.sha256(canonical([text]).encode()).hexdigest() if text else ""


def moment_of(at: datetime) -> str:
    """Return a moment as facts hold it, the same whatever zone it comes in."""
    return at.astimezone(UTC).isoformat()


@dataclass(frozen=True)
class News:
    """What a round shows of a block beside the round before: `state` is new, changed, same or gone."""

    passage: Passage
    state: str
    former: Passage | None = None


def news_of(former: Sequence[Passage], passages: Sequence[Passage]) -> list[News]:
    """Return each block with what became of it since the round before; blocks that are gone stand where they stood."""
    old = {one.key: one for one in former}
    present = {one.key for one in passages}
    behind: dict[str, list[News]] = {}
    last = ""
    for one in former:
        if one.key in present:
            last = one.key
        else:
            behind.setdefault(last, []).append(News(one, "gone", one))
    told = behind.pop("", [])
    for one in passages:
        before = old.get(one.key)
        state = "new" if before is None else ("same" if before.words == one.words else "changed")
        told += [News(one, state, before), *behind.pop(one.key, [])]
    return told
