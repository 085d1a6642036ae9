"""The lines of the page of one layout: each component with what the layout says, what the office has set, how it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from minutes.models import LayoutSetting
from minutes.papers.layouts.labels import GROUPS, KNOWN, LABELS, PARTS, allowed, in_words
from printing.adjusting import Number, fitting, numbers
from printing.profiles import Profile
from printing.rules import Evidence


@dataclass(frozen=True)
class Part:
    """One number of a component."""

    number: Number
    setting: LayoutSetting | None

    @property
    def label(self) -> str:
        """Its name within the component; the component's own when it is the only one."""
        return str(PARTS[self.number.part] if self.number.part else LABELS[self.number.field])

    @property
    def own(self) -> str:
        """What the layout says."""
        return in_words(self.number, self.number.value)

    @property
    def set_to(self) -> str:
        """What the office has set; nothing when it has not."""
        return in_words(self.number, self.setting.value) if self.setting else ""

    @property
    def now(self) -> object:
        """What papers are printed by."""
        return self.setting.value if self.setting else self.number.value

    @property
    def allowed(self) -> str:
        """What it may be set to."""
        return allowed(self.number)


@dataclass(frozen=True)
class Component:
    """One line of the page."""

    field: str
    label: str
    parts: Sequence[Part]

    @property
    def own(self) -> str:
        """What the layout says, in one line: size, and the styles that are on."""
        return _together(self.parts, lambda part: part.number.value)

    @property
    def now(self) -> str:
        """What papers are printed by, when an office has set something."""
        return (
            _together(self.parts, lambda part: part.setting.value if part.setting else part.number.value) if self.is_set else ""
        )

    @property
    def is_set(self) -> bool:
        """Whether the office has set a number of it."""
        return any(part.setting for part in self.parts)

    @property
    def is_fixed(self) -> bool:
        """Whether the rule leaves no choice in any of its numbers."""
        return all(part.number.is_fixed for part in self.parts)

    @property
    def evidence(self) -> Evidence:
        """How it is known; all its numbers are known in the same way."""
        return self.parts[0].number.evidence

    @property
    def known(self) -> tuple[str, str]:
        """Tone and word of how it is known."""
        tone, word = KNOWN[self.evidence]
        return tone, str(word)

    @property
    def source(self) -> str:
        """Where it was found."""
        return self.parts[0].number.source

    @property
    def allowed(self) -> str:
        """What the first of its numbers may be set to."""
        return self.parts[0].allowed


def _together(parts: Sequence[Part], value: Any) -> str:
    first, *styles = parts
    on = [part.label.lower() for part in styles if value(part)]
    return ", ".join([in_words(first.number, value(first)), *on])


def components(profile: Profile, held: Sequence[LayoutSetting]) -> dict[str, Component]:
    """Return every component of a profile (as the system knows it), with the office's settings."""
    by_name = {row.name: row for row in held}
    found: dict[str, Component] = {}
    for field, own in groupby(numbers(profile), key=lambda one: one.field):
        found[field] = Component(field, str(LABELS[field]), [Part(one, by_name.get(one.name)) for one in own])
    return found


def grouped(known: Mapping[str, Component], show: str) -> Iterator[tuple[str, list[Component]]]:
    """Yield the groups of the page with their lines; `show` keeps those that are set, second-hand or ours."""
    for group, fields in GROUPS:
        lines = [known[field] for field in fields if field in known and _shown(known[field], show)]
        if lines:
            yield str(group), lines


def _shown(one: Component, show: str) -> bool:
    match show:
        case "set":
            return one.is_set
        case "second-hand":
            return one.evidence is Evidence.SECOND_HAND
        case "ours":
            return one.evidence is Evidence.OURS
    return True


def misfits(profile: Profile, held: Sequence[LayoutSetting]) -> list[LayoutSetting]:
    """Return the settings that the profile no longer allows: papers are printed without them."""
    kept = fitting(profile, {row.name: row.value for row in held})
    return [row for row in held if row.name not in kept]
