"""What is read of paper copies: the secret papers, the register, who can be given a copy."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from meetings.models import Meeting, Participant, Role
from meetings.queries import number_in
from packets.handouts.rules import IN_HAND, LOST, SECRET
from packets.models import Document, HandOut
from people.spelling import fold, words

#: What the address of the register may say.
WORDS = ("q", "paper", "state", "site")
STATES = {"out": IN_HAND, "lost": LOST, "collected": Q(collected_at__isnull=False)}
#: And that of the people who can be given a copy.
CHOOSING = ("q", "role", "group", "site", "who")


def papers_of(meeting: Meeting) -> list[Document]:
    """Return the secret papers, and those with copies handed out, each with `issued`, `out`, `lost` and `highest` number."""
    back = Q(hand_outs__pk__isnull=False, hand_outs__collected_at=None)
    found = meeting.documents.annotate(
        issued=Count("hand_outs"), out=Count("hand_outs", filter=back & Q(hand_outs__lost_at=None)),
        lost=Count("hand_outs", filter=back & Q(hand_outs__lost_at__isnull=False)), highest=Max("hand_outs__number"),
    )  # fmt: skip
    return list(found.filter(Q(secrecy__in=SECRET, is_removed=False) | Q(issued__gt=0)).order_by("position", "pk"))


def register_of(meeting: Meeting, wanted: Mapping[str, str]) -> list[HandOut]:
    """Return the copies by words (q: the receiver), paper (its number), state and bridge point (or those under it)."""
    found = HandOut.objects.filter(document__meeting=meeting).select_related("document", "bridge_point")
    paper, site = number_in(wanted.get("paper", "")), number_in(wanted.get("site", ""))
    if paper is not None:
        found = found.filter(document__number=paper)
    if site is not None:
        found = found.filter(Q(bridge_point=site) | Q(bridge_point__parent=site))
    found = found.filter(STATES.get(wanted.get("state", ""), Q()))
    sought = words(wanted.get("q", ""))
    rows = found.order_by("document__position", "document__number", "number", "pk")
    return [row for row in rows if all(word in fold(_text_of(row)) for word in sought)]


def _text_of(row: HandOut) -> str:
    return f"{row.number} {row.receiver} {row.bridge_point.short_name if row.bridge_point else ''}"


def people_for(meeting: Meeting, paper: Document, wanted: Mapping[str, str], meant: Collection[int]) -> QuerySet[Participant]:
    """Return who can be given a copy, narrowed; each with `has_copy`. `meant`: to whom the paper is released.

    Unless the address says `who=all`, only those for whom it is meant, where it has been released to somebody.
    """
    holding = HandOut.objects.filter(IN_HAND, document=paper, participant=OuterRef("pk"))
    found = meeting.participants.select_related("bridge_point", "group").annotate(has_copy=Exists(holding))
    if meant and wanted.get("who") != "all":
        found = found.filter(pk__in=meant)
    for word in words(wanted.get("q", "")):
        found = found.filter(folded__contains=word)
    if wanted.get("role") in Role.values:
        found = found.filter(role=wanted["role"])
    group, site = number_in(wanted.get("group", "")), number_in(wanted.get("site", ""))
    if group is not None:
        found = found.filter(group_id=group)
    if site is not None:
        found = found.filter(Q(bridge_point_id=site) | Q(bridge_point__parent_id=site))
    return found.order_by("bridge_point__number", "pk")
