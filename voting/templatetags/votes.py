"""Votes in words and lengths, for templates."""

from __future__ import annotations

from django import template

from voting import wording
from voting.majority import Majority
from voting.polls.models import Poll
from voting.result import Result

register = template.Library()
register.filter("percent", wording.percent)
register.filter("verdict", wording.verdict)
register.filter("base_words", wording.base)


@register.filter
def majority_words(of: Poll | Majority) -> str:
    """The majority a vote asks for, in words."""
    rule = of if isinstance(of, Majority) else Majority(of.base, of.numerator, of.denominator, of.is_strict)
    return wording.majority(rule)


@register.filter
def pieces(result: Result) -> list[tuple[str, str, str]]:
    """The parts of a motion's bar: code, where it begins and how long it is, in percent, as SVG writes them.

    The bar is as long as what the majority is taken of: who was there and did not vote leaves it empty at its end.
    """
    found, at, whole = [], 0.0, max(1, result.cast, result.base)
    for line in result.lines:
        width = line.votes * 100 / whole
        found.append((line.code, f"{at:.2f}", f"{max(0.0, width - 0.15):.2f}"))
        at += width
    return found
