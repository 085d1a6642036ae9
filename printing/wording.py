"""The words and signs a layout rule fixes: căn cứ, end of text, annexes, Roman figures. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from printing.rules import Profile

#: Ended already: a sentence that ends so gets no end mark behind it.
_ENDINGS = " \u00a0.,;/"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def basis_lines(profile: Profile, grounds: Sequence[str], *, last: str = ".") -> list[str]:
    """Return the căn cứ one a line, each beginning with its sign and ending with a semicolon, the last with `last`."""
    return _listed([f"{profile.basis_sign}{_bare(one)}" for one in grounds if _bare(one)], ";", last)


def ended(profile: Profile, text: str) -> str:
    """Return the last paragraph of a text with the profile's end mark, whatever it ended with; a question keeps its own."""
    bare = text.rstrip(_ENDINGS + "\n\t")
    return bare if not bare or bare[-1] in "?!…" else f"{bare}{profile.end_mark}"


def annex_label(at: int, total: int) -> str:
    """Return the heading of an annex: “Phụ lục” when it is the only one, else with its Roman figure; `at` counts from 1."""
    return "Phụ lục" if total == 1 else f"Phụ lục {roman(at)}"


def roman(number: int) -> str:
    """Return a number from 1 on in Roman figures."""
    text = ""
    for value, figure in _ROMAN:
        while number >= value:
            text, number = text + figure, number - value
    return text


def _listed(lines: Sequence[str], separator: str, last: str) -> list[str]:
    return [f"{line}{separator if at < len(lines) else last}" for at, line in enumerate(lines, start=1)]


def _bare(text: str) -> str:
    """Return one entry of a list without the signs that people type around it."""
    return " ".join(text.split()).strip("-–+• ").rstrip(" ;,.")
