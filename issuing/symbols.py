"""How a paper's number is written: “05-GM/VPTW” by a Party body, “05/GM-BNV” by a State body. Pure."""

from __future__ import annotations

#: A State body's official letter names no type of paper.
_LETTER = "CV"


def figure(number: int) -> str:
    """Return a number as papers write it: below ten with a leading nought."""
    return f"{number:02d}"


def written(number: int, body: str, paper_type: str, symbol: str) -> str:
    """Return number and symbol of a paper, without the word “Số” before it."""
    if body == "party":
        return f"{figure(number)}-{paper_type}/{symbol}"
    return f"{figure(number)}/{symbol}" if paper_type == _LETTER else f"{figure(number)}/{paper_type}-{symbol}"
