"""The letters of a paragraph: runs with marks, breaks between lines; spaces only where they part words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from texts.letters import tidy
from texts.nodes import Node, text

BREAK = "\n"


@dataclass(frozen=True, slots=True)
class Run:
    """Letters with the same marks; `BREAK` alone is a break."""

    words: str
    marks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Piece:
    """Runs of the same marks that follow each other; without marks and parts: a break."""

    parts: list[str]
    marks: tuple[str, ...] | None

    def trimmed(self) -> bool:
        """Take the space at the end away; whether anything is left."""
        while self.parts and not self.parts[-1].rstrip(" "):
            self.parts.pop()
        if self.parts:
            self.parts[-1] = self.parts[-1].rstrip(" ")
        return bool(self.parts)


def inline(runs: Iterable[Run]) -> list[Node]:
    """Return the nodes of runs: joined where the marks are the same, no space at the ends of a line, no break at the ends."""
    made: list[_Piece] = []
    after_space, broken = True, False  # whether a space now would be one too many
    for run in runs:
        if run.words == BREAK:
            _trim(made)
            broken = broken or bool(made)
            after_space = True
            continue
        words = tidy(run.words)
        if after_space:
            words = words.removeprefix(" ")
        if not words:
            continue
        if broken:
            made.append(_Piece([], None))
            broken = False
        if made and made[-1].marks == run.marks:
            made[-1].parts.append(words)
        else:
            made.append(_Piece([words], run.marks))
        after_space = words.endswith(" ")
    _trim(made)
    return [{"type": "hard_break"} if one.marks is None else text(tidy("".join(one.parts)), *one.marks) for one in made]


def _trim(made: list[_Piece]) -> None:
    """Take the space at the end of a line away."""
    while made and made[-1].marks is not None and not made[-1].trimmed():
        made.pop()


def runs_of(node: Node) -> list[Run]:
    """The runs of a paragraph or heading."""
    return [
        Run(BREAK) if one["type"] == "hard_break" else Run(one["text"], tuple(mark["type"] for mark in one.get("marks", ())))
        for one in node.get("content") or []
    ]
