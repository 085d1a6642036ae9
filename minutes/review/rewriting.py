"""New words of a block because of a remark: written at the minutes' own desk, under a version that says where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from meetings.errors import Unchanged
from meetings.journal import Transition
from minutes.blocks.desk import at_desk
from minutes.blocks.telling import Told
from minutes.models import BlockRevision, MinutesBlock, Remark

if TYPE_CHECKING:
    from texts.nodes import Doc


@dataclass(frozen=True)
class Rewording:
    """What a block shall say, over which version; `seen`: seal of the journal's words its writer had before them."""

    version: int
    heading: str = ""
    text: str = ""
    body: Doc | None = None
    seen: str = ""


def rewrite(change: Transition, remark: Remark, new: Rewording, told: Told | None = None) -> int:
    """Write the new words within the change that takes the remark, and return the version that says them."""
    desk, way = at_desk(change, told), BlockRevision.Way.REMARKED
    try:
        row = desk.edit(
            key=remark.key, version=new.version, heading=new.heading, text=new.text, body=new.body, seen=new.seen, way=way
        )
    except Unchanged as error:
        sentence = _("Nothing was changed. If the minutes say it already, use “Take it: the minutes say it already” below.")
        raise Unchanged(sentence) from error
    change.record(desk.edited(row, way))
    return row.version


def present_version(change: Transition, key: str) -> int:
    """Return the version of a block as it stands; 0: nobody has written in it, or it has gone."""
    found = MinutesBlock.objects.filter(minutes__meeting=change.meeting, key=key).values_list("version", flat=True).first()
    return found or 0
