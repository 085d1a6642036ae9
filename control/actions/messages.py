"""Messages on the two lines between the control room (or the chair) and a bridge point."""

from __future__ import annotations

import secrets

from django.utils.translation import gettext_lazy as _

from control import facts
from control.models import LINE_LIMIT, Line, Message
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor


def send_message(meeting: Meeting, *, by: Actor, bridge_point: BridgePoint, line: str, text: str, at_site: bool) -> Message:
    """Write on a line, on the side of the bridge point (`at_site`) or of the control room.

    The journal holds that it was written and a digest, not the words. Raises NotAllowed on a line or side not one's own.
    """
    with transition(meeting, by=by, ability=Ability.WRITE_MESSAGES) as change:
        site = change.fresh(bridge_point)
        centre, there = by.sides_of_line(line, site.pk)
        if not (there if at_site else centre):
            raise NotAllowed(_("This line is not yours to write on."))
        if site.messages.filter(line=line).count() >= LINE_LIMIT:
            raise OutOfOrder(_("This line is full after %(limit)d messages. Use the telephone.") % {"limit": LINE_LIMIT})
        made = Message.objects.create(
            meeting=meeting, bridge_point=site, line=Line(line), from_site=at_site, text=text,
            salt=secrets.token_hex(16), author=by.name, sent_at=change.now,
        )  # fmt: skip
        change.record(
            facts.MessageSent(
                message=made.pk,
                bridge_point=site.pk,
                bridge_point_name=site.name,
                line=made.line,
                from_site=at_site,
                digest=made.digest,
            )
        )
        return made
