"""The directory of organisations: found by name, or entered."""

from __future__ import annotations

from people.models import Organisation


def organisation_called(name: str) -> Organisation:
    """Return the organisation of a name on top of the tree, entered as a central body when there is none."""
    wanted = " ".join(name.split())
    found = Organisation.objects.filter(parent=None, name__iexact=wanted).first()
    return found or Organisation.objects.create(kind=Organisation.Kind.CENTRAL, name=wanted, short_name=wanted[:80])
