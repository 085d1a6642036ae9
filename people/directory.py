"""The directory of organisations: found by name, or entered."""

from __future__ import annotations

from people.models import Organisation
from people.spelling import clean


def organisation_called(name: str) -> Organisation:
    """Return the organisation of a name on top of the tree, entered as a central body when there is none."""
    wanted = " ".join(name.split())
    found = Organisation.objects.filter(parent=None, name__iexact=wanted).first()
    return found or Organisation.objects.create(kind=Organisation.Kind.CENTRAL, name=wanted, short_name=wanted[:80])


def unit_called(name: str) -> Organisation | None:
    """Return the one organisation of a name, or of a short name; nothing when there is none, or more than one."""
    wanted = clean(name)
    for field in ("name", "short_name") if wanted else ():
        found = list(Organisation.objects.filter(**{field: wanted}, is_closed=False)[:2])
        if len(found) == 1:
            return found[0]
    return None
