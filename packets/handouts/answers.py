"""What the hand-outs answer when a lower floor asks: what is still to collect, who may not be removed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.hooks import Step
from meetings.models import BridgePoint, Meeting, Participant
from packets.handouts.rules import IN_HAND, LOST
from packets.models import HandOut


def collecting_step(meeting: Meeting) -> Step | None:
    """Answer for the paper copies: after the meeting all have come back; nothing where none were handed out.

    One that was reported lost is asked for at any time, until it is found.
    """
    counted = HandOut.objects.filter(document__meeting=meeting).aggregate(
        issued=Count("pk"), out=Count("pk", filter=IN_HAND), lost=Count("pk", filter=LOST)
    )
    if not counted["issued"]:
        return None
    is_over = meeting.state == Meeting.State.ADJOURNED
    missing = [_("Paper copies reported lost: %(count)d.") % {"count": counted["lost"]}] if counted["lost"] else []
    if counted["out"] and (is_over or not missing):
        missing.append(_("Paper copies not yet collected: %(count)d.") % {"count": counted["out"]})
    return Step(
        title=_("Paper copies collected"),
        count=counted["issued"] - counted["out"] - counted["lost"],
        of=counted["issued"],
        done=not (counted["lost"] or (is_over and counted["out"])),
        missing=" ".join(map(str, missing)),
        url=reverse("packets:hand_outs", args=[meeting.slug]) + ("?state=lost" if counted["lost"] else "?state=out"),
        due_at=meeting.adjourned_at,
    )


def holds_copies(participant: Participant) -> Iterable[object]:
    """Answer, before a participant is removed: not while copies are in these hands."""
    copies = HandOut.objects.filter(IN_HAND, participant=participant).values_list("document__number", "number")
    for paper, number in copies.order_by("document__number", "number")[:3]:
        yield (
            _("%(name)s holds copy %(number)d of paper %(paper)d. Collect it first.")
            % {"name": participant.name, "number": number, "paper": paper}
        )


def site_holds_copies(bridge_point: BridgePoint) -> Iterable[object]:
    """Answer the same for a bridge point."""
    copies = HandOut.objects.filter(IN_HAND, bridge_point=bridge_point).values_list("document__number", "number")
    for paper, number in copies.order_by("document__number", "number")[:3]:
        yield (
            _("%(name)s holds copy %(number)d of paper %(paper)d. Collect it first.")
            % {"name": bridge_point.name, "number": number, "paper": paper}
        )
