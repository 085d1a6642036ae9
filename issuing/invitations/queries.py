"""What is read of a meeting's invitations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from issuing.invitations.values import Occasion
from issuing.models import Invitation, IssuedDocument, PaperType
from meetings.models import COUNTED_ROLES, Meeting, Participant
from people.spelling import words

State = Invitation.State
ANSWERED = (State.ACCEPTED, State.DECLINED, State.SUBSTITUTED)
#: What the tracking page can be narrowed to: states of invitations, and these.
NOT_INVITED, UNANSWERED, NO_ADDRESS, TO_APPROVE = "not_invited", "unanswered", "no_address", "to_approve"


def to_invite(meeting: Meeting, chosen: Iterable[int] | None = None) -> QuerySet[Participant]:
    """Return who gets a letter and has none that lives: chairs, secretaries, delegates, guests who are expected.

    Who stands in for somebody came with that one's invitation, and gets an own letter only when chosen.
    """
    found = meeting.participants.filter(role__in=COUNTED_ROLES, is_excused=False)
    found = found.filter(Q(invitation=None) | Q(invitation__state=State.RECALLED))
    found = found.filter(substitute_for=None) if chosen is None else found.filter(pk__in=list(chosen))
    return found.order_by("pk")


def living(meeting: Meeting) -> QuerySet[Invitation]:
    """Return the invitations that were not recalled, with person and bridge point."""
    found = Invitation.objects.filter(meeting=meeting).exclude(state=State.RECALLED)
    return found.select_related("participant__person", "participant__bridge_point", "document").order_by("participant_id")


def letter_of(meeting: Meeting) -> IssuedDocument | None:
    """Return the meeting's valid letter of invitation."""
    found = meeting.papers.filter(register__paper_type=PaperType.GM).exclude(state=IssuedDocument.State.CANCELLED)
    return found.select_related("register").order_by("-pk").first()


def tracked(meeting: Meeting, query: Mapping[str, str]) -> QuerySet[Participant]:
    """Return who is, or could be, invited, narrowed by words, state, bridge point and unit; in the order of the list."""
    found = meeting.participants.select_related("bridge_point", "person", "invitation").filter(
        Q(role__in=COUNTED_ROLES) | Q(invitation__isnull=False)
    )
    for word in words(query.get("q", "")):
        found = found.filter(folded__contains=word)
    if (site := query.get("site", "")).isdecimal() and len(site) < 19:
        found = found.filter(bridge_point_id=int(site))
    if unit := query.get("unit", ""):
        found = found.filter(unit=unit)
    return _in_state(found, query.get("state", ""))


def _in_state(found: QuerySet[Participant], state: str) -> QuerySet[Participant]:
    living_one = Q(invitation__isnull=False) & ~Q(invitation__state=State.RECALLED)
    if state == NOT_INVITED:
        return found.filter(invitation=None, is_excused=False)
    if state == UNANSWERED:
        return found.filter(living_one).exclude(invitation__state__in=ANSWERED)
    if state == NO_ADDRESS:
        return found.filter(living_one, person__email="", invitation__sent_at=None)
    if state == TO_APPROVE:
        return found.filter(invitation__state=State.SUBSTITUTED, invitation__substitute_approved=False)
    return found.filter(invitation__state=state) if state in State.values else found


@dataclass(frozen=True)
class Totals:
    """How many were invited, and what they said."""

    invited: int
    not_invited: int
    to_mail: int
    to_hand_over: int
    to_remind: int
    waiting: int
    seen: int
    accepted: int
    declined: int
    substituted: int
    to_approve: int

    @property
    def answered(self) -> int:
        """How many have answered."""
        return self.accepted + self.declined + self.substituted

    @property
    def not_sent(self) -> int:
        """How many have neither a mail nor a paper yet."""
        return self.to_mail + self.to_hand_over

    @property
    def unanswered(self) -> int:
        """How many have not."""
        return self.invited - self.answered


def totals(meeting: Meeting) -> Totals:
    """Count a meeting's invitations in two queries."""
    living_ones = Invitation.objects.filter(meeting=meeting).exclude(state=State.RECALLED)
    counted = living_ones.aggregate(
        invited=Count("pk"),
        to_mail=Count("pk", filter=Q(sent_at=None) & ~Q(participant__person__email="")),
        to_hand_over=Count("pk", filter=Q(sent_at=None, participant__person__email="")),
        to_remind=Count(
            "pk",
            filter=Q(sent_at__isnull=False) & ~Q(state__in=ANSWERED) & ~Q(participant__person__email=""),
        ),
        waiting=Count("pk", filter=Q(state__in=(State.ISSUED, State.SENT))),
        seen=Count("pk", filter=Q(state=State.SEEN)),
        accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
        declined=Count("pk", filter=Q(state=State.DECLINED)),
        substituted=Count("pk", filter=Q(state=State.SUBSTITUTED)),
        to_approve=Count("pk", filter=Q(state=State.SUBSTITUTED, substitute_approved=False)),
    )
    return Totals(**counted, not_invited=to_invite(meeting).count())


def told_otherwise(meeting: Meeting, told: Occasion) -> int:
    """Count who was sent another time or place than the meeting has now."""
    sent = Invitation.objects.filter(meeting=meeting, sent_at__isnull=False).exclude(state=State.RECALLED)
    points = {point.pk: point for point in meeting.bridge_points.all()}
    now = {pk: told.told(point) for pk, point in points.items()} | {None: told.told(None)}
    grouped = sent.values_list("participant__bridge_point_id", "told").annotate(count=Count("pk")).order_by()
    return sum(count for point, said, count in grouped if now.get(point) != said)


def by_bridge_point(meeting: Meeting, *, at_most: int = 60) -> list[dict[str, object]]:
    """Count the living invitations and the answers by bridge point, those with the fewest answers first."""
    living_ones = Invitation.objects.filter(meeting=meeting).exclude(state=State.RECALLED)
    grouped = living_ones.values("participant__bridge_point__short_name", "participant__bridge_point_id").annotate(
        invited=Count("pk"),
        accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
        declined=Count("pk", filter=Q(state=State.DECLINED)),
        substituted=Count("pk", filter=Q(state=State.SUBSTITUTED)),
    )
    rows = [
        {
            "name": row["participant__bridge_point__short_name"],
            "site": row["participant__bridge_point_id"],
            "answered": row["accepted"] + row["declined"] + row["substituted"],
            **{key: row[key] for key in ("invited", "accepted", "declined", "substituted")},
        }
        for row in grouped.order_by("participant__bridge_point__number")
    ]
    return sorted(rows, key=lambda row: row["answered"] / row["invited"])[:at_most]
