"""Votes in words, in the reader's language: the majority a vote asks for, shares, what came of it."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from voting.majority import CAST, DECISIVE, ENTITLED, PRESENT, Majority
from voting.result import FOR, Result

#: The parts that have a name, and how they are said before "of whom".
_NAMED = {
    (1, 2, True): gettext_lazy("more than half"),
    (2, 3, False): gettext_lazy("at least two thirds"),
    (2, 3, True): gettext_lazy("more than two thirds"),
    (3, 4, False): gettext_lazy("at least three quarters"),
    (1, 1, False): gettext_lazy("all"),
}
_BASES = {
    PRESENT: gettext_lazy("of those present"),
    ENTITLED: gettext_lazy("of all who are entitled"),
    CAST: gettext_lazy("of the ballots cast"),
    DECISIVE: gettext_lazy("of those for or against"),
}


def majority(rule: Majority) -> str:
    """Return a majority in words: “more than half of those present”."""
    return f"{_part(rule)} {_BASES[rule.base]}"


def _part(rule: Majority) -> str:
    named = _NAMED.get((rule.numerator, rule.denominator, rule.is_strict))
    if named is not None:
        return str(named)
    words = _("more than %(a)d/%(b)d") if rule.is_strict else _("at least %(a)d/%(b)d")
    return words % {"a": rule.numerator, "b": rule.denominator}


def base(of: str) -> str:
    """Return of whom a share is taken."""
    return str(_BASES[of])


def percent(tenths: int) -> str:
    """Return tenths of a percent as the language writes them: 99,3%."""
    return f"{number_format(tenths / 10, decimal_pos=1)}%"


def verdict(result: Result) -> str:
    """Return what came of a vote, in few words."""
    if any(line.code == FOR for line in result.lines):
        return _("Carried") if result.is_carried else _("Not carried")
    if not result.is_carried:
        return _("Nothing has enough votes")
    return _("Chosen: %(names)s") % {"names": ", ".join(line.text for line in result.chosen)}
