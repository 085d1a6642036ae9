"""What the meetings room reads: whose meetings, and who somebody is in one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest

from meetings import hooks
from meetings.models import COUNTED_ROLES, Meeting, Participant, Sitting
from meetings.procedure import OF_WHO_IS_ASKED, OFFICE_ABILITIES, PREPARING, Ability, Actor, actor_in
from people.models import User


def actor_for(user: User, meeting: Meeting, *, named: bool = False, wanted: Ability | None = None) -> Actor:
    """Return what an account is in a meeting; `named`: its own name is asked for along with it, since the page will say it.

    `wanted`: the ability this is about. One that follows from being asked (hooks.granting) is looked up for it alone.
    """
    participant = None
    if user.person_id:
        along = ("bridge_point", "person") if named else ("bridge_point",)
        participant = meeting.participants.select_related(*along).filter(person_id=user.person_id).first()
        if named and participant is not None:
            user.person = participant.person
    actor = actor_in(meeting, user, participant, is_asked=_is_asked(meeting, user))
    return _granted(actor, meeting, wanted) if wanted in OF_WHO_IS_ASKED else actor


def _granted(actor: Actor, meeting: Meeting, wanted: Ability) -> Actor:
    asks = hooks.granting.get(wanted)
    if asks is None or meeting.is_template or not actor.user.may_act or not asks(meeting, actor.user).exists():
        return actor
    return replace(actor, abilities=actor.abilities | {wanted})


def _is_asked(meeting: Meeting, user: User) -> bool:
    unit = user.organisation_id if user.office_role == User.OfficeRole.FOCAL_POINT else None
    return unit is not None and any(asks(meeting, unit) for asks in hooks.units_asked)


def has_ability(user: User, ability: str, meeting: int | None) -> bool:
    """Tell whether an account has an ability now, in a meeting by its key or in the office (jobs.queue.judges)."""
    if meeting is None:
        return ability in office_actor(user).abilities
    found = Meeting.objects.filter(pk=meeting).first()
    return found is not None and ability in actor_for(user, found).abilities


def office_actor(user: User) -> Actor:
    """Return what an account may do outside any meeting."""
    return actor_in(None, user, None)


def actor_or_404(request: HttpRequest, slug: str, *, named: bool = False, wanted: Ability | None = None) -> tuple[Meeting, Actor]:
    """Return the meeting of a page and who asks; a stranger to the meeting learns nothing, not even that it exists.

    Whoever has the ability that is `wanted` is no stranger, though they may see nothing else of the meeting.
    """
    meeting = Meeting.objects.select_related("organiser", "journal").filter(slug=slug).first()
    if meeting is None or not isinstance(request.user, User):
        raise Http404
    actor = actor_for(request.user, meeting, named=named, wanted=wanted)
    if not actor.may(Ability.SEE) and not (wanted in OF_WHO_IS_ASKED and actor.may(wanted)):
        raise Http404
    return meeting, actor


def page_actor(request: HttpRequest, slug: str, ability: Ability, *, named: bool = False) -> tuple[Meeting, Actor]:
    """The same for a page that wants an ability: a reader without it is refused (403)."""
    meeting, actor = actor_or_404(request, slug, named=named)
    actor.require(ability)
    return meeting, actor


def meetings_of(user: User) -> QuerySet[Meeting]:
    """Return the meetings an account may see, newest sitting first, with their sittings and counts."""
    found = Meeting.objects.select_related("organiser").prefetch_related(Prefetch("sittings", Sitting.objects.order_by("number")))
    if Ability.SEE not in OFFICE_ABILITIES.get(user.office_role, frozenset()):
        own = Q(pk__in=Participant.objects.filter(person__user=user).values("meeting_id"))
        own |= Q(pk__in=asked_of(user))
        preparing = Participant.objects.filter(person__user=user, role__in=PREPARING).values("meeting_id")
        found = found.filter(own).filter(~Q(kind=Meeting.Kind.TEMPLATE) | Q(pk__in=preparing))
    return found.annotate(bridge_point_total=Count("bridge_points", filter=Q(bridge_points__parent=None)))


def roles_of(user: User) -> dict[int, str]:
    """Return the role of an account in each meeting it takes part in, by the meeting's key."""
    own = Participant.objects.filter(person__user=user)
    return dict(own.order_by().values_list("meeting_id", "role"))


def asked_of(user: User) -> set[int]:
    """Return the keys of the meetings that ask the account's unit to register its people."""
    return asked_of_each([user])[user.pk]


def asked_of_each(users: Collection[User]) -> dict[int, set[int]]:
    """Return the same for many accounts, by their keys, with as many queries as for one; none for others than focal points."""
    focal = {user.pk: user.organisation_id for user in users if user.office_role == User.OfficeRole.FOCAL_POINT}
    asking: dict[int | None, set[int]] = {}
    if units := {unit for unit in focal.values() if unit is not None}:
        for unit, meeting in (pair for asks in hooks.meetings_asking for pair in asks(units)):
            asking.setdefault(unit, set()).add(meeting)
    return {user.pk: asking.get(focal.get(user.pk), set()) for user in users}


def number_in(text: str) -> int | None:
    """Return the number that stands in a query of an address; nothing when it is none a row could have."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def account(request: HttpRequest) -> User:
    """Return the account that is signed in (the sign-in middleware has seen to it)."""
    assert isinstance(request.user, User)
    return request.user


def totals(meeting: Meeting) -> dict[str, int]:
    """Return how many bridge points and people a meeting has."""
    delegates = Count("pk", filter=Q(role__in=COUNTED_ROLES, is_excused=False))
    people = meeting.participants.aggregate(all=Count("pk"), delegates=delegates)
    return {"bridge_points": meeting.bridge_points.count(), **people}
