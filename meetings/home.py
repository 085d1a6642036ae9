"""Where somebody goes on entering a meeting: each role has its own screen."""

from __future__ import annotations

from django.urls import reverse

from meetings.models import Meeting, Role
from meetings.queries import asked_of
from people.models import User

_SCREENS = {
    Role.CHAIR: "live:chair",
    Role.OPERATOR: "live:console",
    Role.TECHNICIAN: "live:console",
    Role.DELEGATE: "live:delegate",
    Role.GUEST: "live:delegate",
    Role.OBSERVER: "live:delegate",
}


def home_of(meeting: Meeting, user: User) -> str:
    """Return the address of an account's own screen in a meeting; the secretariat's is the overview."""
    own = meeting.participants.filter(person_id=user.person_id).first() if user.person_id else None
    return home_as(meeting, own.role if own else None, is_asked=meeting.pk in asked_of(user))


def home_as(meeting: Meeting, role: str | None, *, is_asked: bool = False) -> str:
    """Return the address of the screen of a role in a meeting, or of nobody in particular.

    `is_asked`: as the focal point of a unit that registers its people; who only sits there does that first, until it opens.
    """
    name = _SCREENS.get(Role(role), "meetings:overview") if role else "meetings:overview"
    if is_asked and (not role or (name == "live:delegate" and meeting.state == Meeting.State.PLANNED)):
        name = "attendance:my_unit"
    return reverse(name, args=[meeting.slug])
