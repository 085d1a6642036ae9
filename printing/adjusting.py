"""The numbers of a layout rule one by one, and a profile with some of them set by an office. Pure.

A number is named after its field, with the part of it where there are several: `line_height`, `body_text.size`, `post.bold`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from printing.errors import BadSetting
from printing.rules import Evidence, Length, Letters, Mark, Profile, Span

Value = float | bool | str
STYLES = ("bold", "italic", "capitals", "underlined")
#: The page's number keeps this distance from the text, in millimetres.
CLEARANCE = 1.0
_MM = 25.4 / 72


@dataclass(frozen=True)
class Number:
    """One thing a profile says, and what an office may say instead."""

    name: str
    value: Value
    evidence: Evidence
    source: str
    unit: Literal["mm", "pt", "%", ""] = ""
    span: Span | None = None
    options: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The component it belongs to."""
        return self.name.partition(".")[0]

    @property
    def part(self) -> str:
        """Which of several numbers of the component; nothing when it is the only one."""
        return self.name.partition(".")[2]

    @property
    def is_fixed(self) -> bool:
        """Whether there is no choice: one value is all that is known, or the rule itself was read and names it."""
        if self.span:
            return self.span[0] == self.span[1]
        return len(self.options) == 1 or (self.evidence is Evidence.FOUND and not self.options)


def numbers(profile: Profile) -> Iterator[Number]:
    """Yield everything a profile says, in the order of its fields; of letters the size first, then their style."""
    for field in fields(profile):
        yield from _said_by(field.name, getattr(profile, field.name))


def _said_by(field: str, is_: object) -> Iterator[Number]:
    match is_:
        case Length():
            yield Number(field, is_.value, is_.evidence, is_.source, is_.unit, is_.span)
        case Letters():
            yield Number(f"{field}.size", is_.size, is_.evidence, is_.source, "pt", is_.span)
            for style in STYLES:
                yield Number(f"{field}.{style}", getattr(is_, style), is_.evidence, is_.source)
        case Mark():
            yield Number(field, str(is_), is_.evidence, is_.source, options=is_.options)


def figure(value: float) -> str:
    """Return a figure with the decimal sign of the reader's language, without zeros at its end."""
    return number_format(Decimal(f"{value:g}"), use_l10n=True)


def number(profile: Profile, name: str) -> Number:
    """Return one number by its name; raise BadSetting for a name the profile does not have."""
    field = name.partition(".")[0]
    for one in _said_by(field, getattr(profile, field, None)):
        if one.name == name:
            return one
    raise BadSetting(_("This layout has no number of this name."))


def checked(one: Number, value: object) -> Value:
    """Return a value for a number, or raise BadSetting with what it may be."""
    if one.is_fixed and value != one.value:
        raise BadSetting(_("The rule leaves no choice here."))
    if one.options:
        if not isinstance(value, str) or value not in one.options:
            raise BadSetting(_("Choose one of: %(options)s.") % {"options": " · ".join(f"“{each}”" for each in one.options)})
        return value
    if one.span is None:
        if not isinstance(value, bool):
            raise BadSetting(_("Say yes or no."))
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value if isinstance(value, float) else 0):
        raise BadSetting(_("Enter a number."))
    least, most = one.span
    if not least <= value <= most:
        words = _("Enter a number from %(least)s to %(most)s %(unit)s.")
        raise BadSetting(words % {"least": figure(least), "most": figure(most), "unit": one.unit})
    return round(value, 2)


def adjusted(profile: Profile, settings: Mapping[str, object]) -> Profile:
    """Return a profile with some numbers set otherwise; raise BadSetting for what the rule does not leave open."""
    changes: dict[str, Length | Letters | Mark] = {}
    taken: dict[str, Value] = {}
    for name, wanted in settings.items():
        one = number(profile, name)
        value = taken[name] = checked(one, wanted)
        changes[one.field] = _set(changes.get(one.field) or getattr(profile, one.field), one.part, value)
    made = replace(profile, **changes, settings=tuple(sorted({**dict(profile.settings), **taken}.items())))  # type: ignore[arg-type]
    _refuse_a_collision(made)
    return made


def _set(was: Length | Letters | Mark, part: str, value: Value) -> Length | Letters | Mark:
    match was:
        case Length():
            return replace(was, value=float(value), evidence=Evidence.OFFICE)
        case Letters():
            return replace(was, evidence=Evidence.OFFICE, **{part: value})  # type: ignore[arg-type]
    return Mark(str(value), Evidence.OFFICE, *was.options, source=was.source)


def _refuse_a_collision(profile: Profile) -> None:
    """Refuse margins in which the page's number would stand in the text."""
    bottom = profile.page_number_top.value + profile.page_number.size * _MM
    if bottom + CLEARANCE > profile.margin_top.value:
        raise BadSetting(_("The page number would stand in the text: it needs a larger top margin, or must stand higher."))


def fitting(profile: Profile, settings: Mapping[str, object]) -> dict[str, object]:
    """Return those settings that a profile still allows, taken together: rules change, what was set long ago may not fit."""
    kept: dict[str, object] = {}
    for name, value in settings.items():
        try:
            adjusted(profile, {**kept, name: value})
        except BadSetting:
            continue
        kept[name] = value
    return kept
