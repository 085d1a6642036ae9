"""How names and numbers are set in a page: what must not be torn apart at the end of a line."""

import re

from django import template

register = template.Library()

NO_BREAK = "\u00a0"
JOINERS = {"ủy", "uỷ", "phố"}
LONGEST_UNBROKEN = 22


def _is_name_word(word: str) -> bool:
    return word in JOINERS or word[:1].isupper() or word[:1].isdigit()


def _joined(run: list[str]) -> str:
    if len(" ".join(run)) <= LONGEST_UNBROKEN:
        return NO_BREAK.join(run)
    return re.sub(r" (?=(?:ủy|uỷ|phố)(?:\s|$))", NO_BREAK, " ".join(run))


@register.filter
def nobreak(name: object) -> str:
    """Keep a name together: "Đại diện Tỉnh ủy Lào Cai" may break after "diện" only; no line begins with "ủy"."""
    runs: list[list[str]] = []
    for word in str(name).split():
        if runs and _is_name_word(word) and _is_name_word(runs[-1][-1]):
            runs[-1].append(word)
        else:
            runs.append([word])
    return " ".join(map(_joined, runs))
