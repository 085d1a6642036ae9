"""The words of a conclusion: as they are kept, their digest, how two wordings differ. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from meetings.hashing import canonical

TEXT_LIMIT = 4000  # characters, as the table has it
OPENING = 300  # characters of a conclusion that a fact carries
# What nobody sees: control letters but tab and new line, and marks that turn the reading round.
_UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_TOKENS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")  # a word with the space behind it: what was replaced is one stretch
# The parts of a wording in the order of the page.
PARTS = ("text", "who", "along", "due", "product")


@dataclass(frozen=True)
class Wording:
    """What is concluded, who leads, who takes part, by when, and what there shall be then."""

    text: str
    who: str = ""
    along: str = ""
    due: date | None = None
    product: str = ""

    @property
    def words(self) -> dict[str, str]:
        """The same as plain values: the date in ISO 8601, empty when there is none."""
        return {**asdict(self), "due": self.due.isoformat() if self.due else ""}

    @property
    def digest(self) -> str:
        """SHA-256 of the words: the journal holds it, `check_journal` compares."""
        return digest_of(self.words)


@dataclass(frozen=True)
class Run:
    """A stretch of text that is in both wordings (`same`), only in the earlier (`old`) or only in the later one (`new`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Part:
    """One part of two wordings, side by side: the runs of the earlier and those of the later one."""

    name: str
    old: tuple[Run, ...]
    new: tuple[Run, ...]
    changed: bool


def digest_of(words: Mapping[str, Any]) -> str:
    """Return the digest of words as a revision keeps them."""
    return hashlib.sha256(canonical([str(words.get(part) or "") for part in PARTS]).encode()).hexdigest()


def clean(text: str) -> str:
    """Return text as it is kept: composed letters, plain new lines, nothing unseen, no space around a line or the whole."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n")


def opening(text: str, limit: int = OPENING) -> str:
    """Return the beginning of a text in one line, at most `limit` characters, cut between two words where it can be."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def details(who: str, along: str, due: date | str | None, product: str) -> str:
    """Return who leads, with whom, by when and with what product as one sentence of a paper; nothing where all is open."""
    day = f"{due:%d/%m/%Y}" if isinstance(due, date) else due or ""
    parts = (("chủ trì", who), ("phối hợp", along), ("thời hạn", day), ("sản phẩm", product))
    words = "; ".join(f"{label}: {' '.join(said.split())}" for label, said in parts if said)
    return words[:1].upper() + words[1:].rstrip(" .") + "." if words else ""


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Part]:
    """Return the parts of two wordings side by side; those that neither has are left out."""
    pairs = [(name, str(old.get(name) or ""), str(new.get(name) or "")) for name in PARTS]
    return [_part(name, before, after) for name, before, after in pairs if before or after]


def _part(name: str, old: str, new: str) -> Part:
    if name == "due":  # a date has changed as a whole
        old, new = (f"{date.fromisoformat(day):%d/%m/%Y}" if day else "" for day in (old, new))
        runs = [] if old == new else [("old", old), ("new", new)]
        return _sides(name, runs or [("same", old)])
    return _sides(name, list(_runs(old, new)))


def _sides(name: str, runs: list[tuple[str, str]]) -> Part:
    old, new = (tuple(Run(kind, text) for kind, text in runs if text and kind in ("same", side)) for side in ("old", "new"))
    return Part(name, old, new, changed=any(kind != "same" for kind, _text in runs))


def _runs(old: str, new: str) -> Iterator[tuple[str, str]]:
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=True).get_opcodes():
        if tag == "equal":
            yield "same", "".join(before[a:b])
        else:
            yield from ((kind, text) for kind, text in (("old", "".join(before[a:b])), ("new", "".join(after[c:d]))) if text)
