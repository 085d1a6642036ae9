"""What is read of registers and papers."""

from __future__ import annotations

from django.db.models import Count, F, Max, Min, Q, QuerySet

from issuing.models import IssuedDocument, NumberRegister
from people.spelling import words


def registers_like(sought: str = "", paper_type: str = "", period: str = "") -> QuerySet[NumberRegister]:
    """Return the registers of a type and period whose body has the words, each with how many papers were cancelled."""
    found = NumberRegister.objects.select_related("organisation").order_by("organisation__name", "-since", "paper_type")
    for word in words(sought):
        found = found.filter(organisation__folded__contains=word)
    if paper_type:
        found = found.filter(paper_type=paper_type)
    if period:
        found = found.filter(period=period)
    return found.annotate(cancelled=Count("papers", filter=Q(papers__state=IssuedDocument.State.CANCELLED)))


def periods() -> list[str]:
    """Return the names of periods there are registers of."""
    return list(NumberRegister.objects.order_by("-since").values_list("period", flat=True).distinct())


def papers_like(register: NumberRegister, sought: str = "", state: str = "") -> QuerySet[IssuedDocument]:
    """Return a register's papers with the words, newest number first."""
    found = register.papers.select_related("meeting", "replaced_by").prefetch_related("recipients").order_by("-number")
    for word in words(sought):
        found = found.filter(folded__contains=word)
    if state in IssuedDocument.State.values:
        found = found.filter(state=state)
    return found.annotate(invited=Count("invitations"))


def is_whole(register: NumberRegister) -> bool:
    """Tell whether the numbers run without a gap from the first to the last that was given."""
    held = register.papers.aggregate(count=Count("pk"), least=Min("number"), most=Max("number"))
    expected = register.last - register.first + 1
    bounds = (held["least"], held["most"])
    return held["count"] == expected and (not expected or bounds == (register.first, register.last))


def broken_registers() -> QuerySet[NumberRegister]:
    """Return the registers whose numbers are not those they say they have given."""
    counted = NumberRegister.objects.annotate(count=Count("papers"), most=Max("papers__number"), least=Min("papers__number"))
    right = Q(count=F("last") - F("first") + 1) & (Q(count=0) | Q(most=F("last"), least=F("first")))
    return counted.exclude(right)
