"""Addresses from titles: a slug without diacritics that no other meeting has."""

import re

from meetings.models import Meeting
from people.spelling import fold


def slug_of(title: str) -> str:
    """Return the first words of a title as an address of at most 48 characters."""
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:48].rstrip("-") or "hoi-nghi"


def free_slug(title: str) -> str:
    """Return the title's slug, with a number behind it when it is taken."""
    wanted = slug_of(title)
    taken = set(Meeting.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)) | {"new"}
    return next(s for s in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
