"""The words and signs a layout rule fixes: number line, căn cứ, recipients, end of text, annexes. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from printing.rules import Profile

#: Ended already: a sentence that ends so gets no end mark behind it.
_ENDINGS = " \u00a0.,;/"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def number_line(profile: Profile, symbol: str) -> str:
    """Return the line of number and symbol: “Số 05-BB/VPTW” of a Party body, “Số: 05/BB-UBND” of a State body."""
    return f"{profile.number_word} {symbol}"


def basis_lines(profile: Profile, grounds: Sequence[str], *, last: str = ".") -> list[str]:
    """Return the căn cứ one a line, each beginning with its sign and ending with a semicolon, the last with `last`."""
    return _listed([f"{profile.basis_sign}{_bare(one)}" for one in grounds if _bare(one)], ";", last)


def recipient_lines(profile: Profile, names: Sequence[str], kept: str = "") -> list[str]:
    """Return nơi nhận one a line with the profile's signs; `kept` is where the paper stays, on the last line.

    A name that says itself where the paper stays (“Lưu Văn phòng”, “Lưu: VT”) is put last as it is.
    """
    named = [bare for name in names if (bare := _bare(name))]
    stays = [name for name in named if name.startswith("Lưu")]
    if kept and not stays:
        stays = [f"{profile.kept}{_bare(kept)}"]
    return _listed(
        [f"- {one}" for one in (*(n for n in named if n not in stays), *stays)], str(profile.recipients_separator), "."
    )


def addressee_lines(label: str, names: Sequence[str]) -> list[str]:
    """Return “Kính gửi: …” in one line for one, and one a line for several."""
    named = [bare for name in names if (bare := _bare(name))]
    if len(named) <= 1:
        return [f"{label}: {name}." for name in named]
    return [f"{label}:", *_listed([f"- {one}" for one in named], ";", ".")]


def letter_line(profile: Profile, about: str) -> str:
    """Return what stands under the number of a công văn: “về việc …” of a Party body, “V/v …” of a State body."""
    bare = re.sub(r"^(?:V/v|về việc)\s+", "", about.strip(), flags=re.IGNORECASE)
    return f"{profile.letter_word} {bare}"


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
