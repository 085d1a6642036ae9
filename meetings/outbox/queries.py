"""What stands in the outbox."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from mailing.models import Letter
from people.spelling import words

ORDERS = {"new": ("-pk",), "old": ("pk",), "name": ("folded", "pk")}


def letters_like(sought: str = "", state: str = "", order: str = "new") -> QuerySet[Letter]:
    """Return the letters whose recipient or subject has all the words, with the number of their attachments."""
    found = Letter.objects.defer("text").annotate(enclosures=Count("attachments"))
    for word in words(sought):
        found = found.filter(folded__contains=word)
    if state in Letter.State.values:
        found = found.filter(state=state)
    return found.order_by(*ORDERS.get(order, ORDERS["new"]))


def counts() -> dict[str, int]:
    """Return how many letters there are in each state."""
    return dict(Letter.objects.order_by().values_list("state").annotate(Count("pk")))
