"""What the meetings room reads: whose meetings, and who somebody is in one."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest

from meetings.models import COUNTED_ROLES, BridgePoint, Meeting, Participant, Role, Sitting
from meetings.procedure import OFFICE_ABILITIES, Ability, Actor, actor_in
from people.models import User


def actor_for(user: User, meeting: Meeting) -> Actor:
    """Return what an account is in a meeting."""
    participant = None
    if user.person_id:
        participant = meeting.participants.select_related("bridge_point").filter(person_id=user.person_id).first()
    return actor_in(meeting, user, participant)


def office_actor(user: User) -> Actor:
    """Return what an account may do outside any meeting."""
    return actor_in(None, user, None)


def actor_or_404(request: HttpRequest, slug: str) -> tuple[Meeting, Actor]:
    """Return the meeting of a page and who asks; a stranger to the meeting learns nothing, not even that it exists."""
    meeting = Meeting.objects.select_related("organiser", "journal").filter(slug=slug).first()
    if meeting is None or not isinstance(request.user, User):
        raise Http404
    actor = actor_for(request.user, meeting)
    if not actor.may(Ability.SEE):
        raise Http404
    return meeting, actor


def page_actor(request: HttpRequest, slug: str, ability: Ability) -> tuple[Meeting, Actor]:
    """The same for a page that wants an ability: a reader without it is refused (403)."""
    meeting, actor = actor_or_404(request, slug)
    actor.require(ability)
    return meeting, actor


def meetings_of(user: User) -> QuerySet[Meeting]:
    """Return the meetings an account may see, newest sitting first, with their sittings and counts."""
    found = Meeting.objects.select_related("organiser").prefetch_related(Prefetch("sittings", Sitting.objects.order_by("number")))
    if Ability.SEE not in OFFICE_ABILITIES.get(user.office_role, frozenset()):
        own = Participant.objects.filter(person__user=user)
        found = found.filter(pk__in=own.values("meeting_id"))
    return found.annotate(bridge_point_total=Count("bridge_points", filter=Q(bridge_points__parent=None)))


def roles_of(user: User) -> dict[int, str]:
    """Return the role of an account in each meeting it takes part in, by the meeting's key."""
    own = Participant.objects.filter(person__user=user)
    return dict(own.order_by().values_list("meeting_id", "role"))


def number_in(text: str) -> int | None:
    """Return the number that stands in a query of an address; nothing when it is none a row could have."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def account(request: HttpRequest) -> User:
    """Return the account that is signed in (the sign-in middleware has seen to it)."""
    assert isinstance(request.user, User)
    return request.user


def totals(meeting: Meeting) -> dict[str, int]:
    """Return how many bridge points and people a meeting has."""
    people = meeting.participants.aggregate(all=Count("pk"), delegates=Count("pk", filter=Q(role__in=COUNTED_ROLES)))
    return {"bridge_points": meeting.bridge_points.count(), **people}


def bridge_points_with_counts(meeting: Meeting, words: str = "") -> QuerySet[BridgePoint]:
    """Return the bridge points (whose name or place has all the words) with the people who take part through each, in order."""
    found = meeting.bridge_points.all()
    for word in words.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(place__icontains=word))
    counted = Count("participants", filter=Q(participants__role__in=COUNTED_ROLES))
    staff = Count("participants", filter=Q(participants__role__in=(Role.OPERATOR, Role.TECHNICIAN)))
    return found.annotate(people=counted, staff=staff).order_by("number")
