"""What is read of bound packets: the file of a class of readers, the work on it, its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jobs.models import Job
from packets.binding.planning import Plan
from packets.models import Binding, PageText
from packets.reader.searching import needle_of

KIND = "papers.bind"


def binding_of(plan: Plan) -> Binding | None:
    """Return the file of a packet when it has been bound."""
    return Binding.objects.filter(meeting=plan.meeting, key=plan.key).first()


def binding_job(plan: Plan) -> Job | None:
    """Return the newest work on a packet of this class, whoever has asked for it."""
    return Job.objects.filter(name=KIND, scope=plan.meeting.pk, arguments__key=plan.key).order_by("-pk").first()


def pages_with(plan: Plan, begins: Mapping[int, int], query: str) -> Iterator[tuple[int, str]]:
    """Yield page of the whole and text of the pages that may hold the words of a query, in order."""
    found = PageText.objects.filter(version__in=list(begins))
    for word in needle_of(query).split():
        found = found.filter(folded__contains=word)
    rows: dict[int, list[tuple[int, str]]] = {}
    for version, page, text in found.order_by("page").values_list("version", "page", "text").iterator(chunk_size=200):
        rows.setdefault(version, []).append((begins[version] + page - 1, text))
    for bound in plan.versions:
        yield from rows.get(bound.pk, [])
