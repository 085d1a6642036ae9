"""What stands against making one of two entries of a person."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from people.models import Person, User


def objections_to_merging(kept: Person, merged: Person) -> list[Any]:
    """Return what stands against merging, each as a sentence that says what to do first."""
    found: list[Any] = []
    shared = merged.participations.filter(meeting__participants__person=kept).select_related("meeting").order_by("pk")
    for participation in shared:
        words = {"meeting": participation.meeting.title, "name": merged.full_name}
        sentence = _("Both take part in “%(meeting)s”. Take one %(name)s off the list of that meeting first, then merge.")
        found.append(sentence % words)
    accounts = list(User.objects.filter(person__in=(kept, merged), is_active=True).order_by("username"))
    if len(accounts) > 1:
        words = {"first": accounts[0].username, "second": accounts[1].username}
        sentence = _("Both have an account: %(first)s and %(second)s. Close the one that is not used first, then merge.")
        found.append(sentence % words)
    return found
