"""A bound packet as the reader shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from copies.marking import shown as shown_code
from packets.binding.planning import Plan
from packets.models import Binding, Opening, Version
from packets.reader.showing import Shown
from packets.releasing.seeing import Sight


def of_packet(plan: Plan, binding: Binding, seen: Sequence[Sight], opening: Opening, *, page: int, may_download: bool) -> Shown:
    """Return an opened packet for the reader's page."""
    here = [plan.meeting.slug]
    return Shown(
        title=_("The packet of papers"),
        file=reverse("packets:packet_file", args=[*here, opening.code]),
        code=shown_code(opening.code),
        pages=binding.pages,
        page=min(max(page, 1), binding.pages or 1),
        tokens=sorted({token for sight in seen for token in sight.grants}),
        contents=contents(plan, binding),
        find=reverse("packets:find_in_packet", args=here),
        download=reverse("packets:download_packet", args=here) if may_download else "",
    )


def contents(plan: Plan, binding: Binding) -> list[list[Any]]:
    """Return the packet's table of contents: items, their papers, what each paper says of itself."""
    rows: list[list[Any]] = []
    first = begins(plan, binding)
    own = dict(Version.objects.filter(pk__in=binding.versions).values_list("pk", "contents"))
    for part in plan.parts:
        beginnings = [entry for entry in part.entries if entry.version is not None]
        if part.heading and beginnings and beginnings[0].version is not None:
            rows.append([1, part.heading, first[beginnings[0].version.pk]])
        for entry in beginnings:
            assert entry.version is not None
            at = first[entry.version.pk]
            depth = 2 if part.heading else 1
            rows.append([depth, f"{entry.document.number}. {entry.document.title}", at])
            rows += [[depth + level, title, at + page - 1] for level, title, page in own.get(entry.version.pk, [])]
    return rows


def begins(plan: Plan, binding: Binding) -> dict[int, int]:
    """Return on which page of the whole each version begins."""
    at = binding.pages - sum(version.pages for version in plan.versions) + 1
    found = {}
    for version in plan.versions:
        found[version.pk] = at
        at += version.pages
    return found
