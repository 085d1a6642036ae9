"""What the pages of official papers and of their templates read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils import timezone

from meetings.models import Meeting
from minutes.models import OfficialPaper, PaperTemplate
from minutes.papers.kinds import KINDS, Kind
from printing.profiles import PROFILES, Profile

State = OfficialPaper.State


@dataclass(frozen=True)
class Group:
    """One kind with the papers there are of it."""

    kind: Kind
    papers: list[OfficialPaper]


def grouped(meeting: Meeting) -> list[Group]:
    """Return all kinds in their order, each with its papers, newest first."""
    found = meeting.official_papers.select_related("issued", "template").defer("data", "words", "recipients").order_by("-number")
    rows: dict[str, list[OfficialPaper]] = {code: [] for code in KINDS}
    for row in found:
        rows[row.kind].append(row)
    return [Group(kind, rows[code]) for code, kind in KINDS.items()]


def paper_or_404(meeting: Meeting, number: int) -> OfficialPaper:
    """Return one paper with all it is made of."""
    found = meeting.official_papers.select_related("issued", "template", "replaced_by__issued")
    row = found.filter(number=min(number, 2**31 - 1)).first()
    if row is None:
        raise Http404
    row.meeting = meeting
    return row


@dataclass(frozen=True)
class Slot:
    """One kind under one layout: the office's template in use, if any, and how many it has kept."""

    kind: Kind
    profile: Profile
    current: PaperTemplate | None
    kept: int


def slots() -> list[tuple[Profile, bool, list[Slot]]]:
    """Return every kind under every layout, and whether that is in force; those in force first, then the Party's first."""
    rows: dict[tuple[str, str], list[PaperTemplate]] = {}
    for row in PaperTemplate.objects.defer("source"):
        rows.setdefault((row.kind, row.profile), []).append(row)
    today = timezone.localdate()
    known = [(one.since <= today <= (one.until or today), one) for one in PROFILES.values()]
    known.sort(key=lambda pair: (not pair[0], pair[1].body))
    return [(profile, is_in_force, [_slot(kind, profile, rows) for kind in KINDS.values()]) for is_in_force, profile in known]


def _slot(kind: Kind, profile: Profile, rows: dict[tuple[str, str], list[PaperTemplate]]) -> Slot:
    kept = rows.get((kind.code, profile.code), [])
    return Slot(kind, profile, next((one for one in kept if one.is_current), None), len(kept))


def slot_or_404(kind: str, profile: str) -> tuple[Kind, Profile]:
    """Return a kind and a layout by their codes."""
    if kind not in KINDS or profile not in PROFILES:
        raise Http404
    return KINDS[kind], PROFILES[profile]


def kept_templates(kind: str, profile: str) -> list[PaperTemplate]:
    """Return the templates an office has kept for a kind under a layout, newest first."""
    return list(PaperTemplate.objects.filter(kind=kind, profile=profile).order_by("-revision"))


def fields_of(data: Any, name: str = "", depth: int = 0) -> list[str]:
    """Return the names of the fields a template may use, from a sample: head.number, text.parts[].heading."""
    if isinstance(data, dict) and data.get("type") == "doc":
        return [f"{name}|rich"]
    if isinstance(data, dict) and depth < 4:
        return [one for key in data for one in fields_of(data[key], f"{name}.{key}" if name else str(key), depth + 1)]
    if isinstance(data, list):
        inner = dict.fromkeys(one for row in data[:20] for one in fields_of(row, f"{name}[]", depth + 1))
        return list(inner) or [f"{name}[]"]
    return [name]
