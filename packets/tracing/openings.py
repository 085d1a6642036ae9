"""Opening a copy: its access record is written first, then it carries the code. From a record to what stands on the copy."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from copies.marking import Mark
from meetings import clock
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Actor
from packets.models import Binding, Opening, Version
from packets.tracing.codes import new_code

TRIES = 5
#: Who opens the same on screen again within this time, by the meeting's clock, goes on under the code opened first.
GOES_ON = timedelta(minutes=1)
#: So many copies an account may open in a meeting within an hour: more than anybody reads, too few to fill a disk.
MOST_AN_HOUR = 600


def open_copy(
    meeting: Meeting,
    actor: Actor,
    *,
    version: Version | None = None,
    binding: Binding | None = None,
    way: str = Opening.Way.SCREEN,
) -> Opening:
    """Write the record of a copy of a version, or of a bound packet, that is about to go out to somebody who may have it.

    Whoever calls has asked `sight_of`: here nothing is judged. The file is asked for again at each range. Raises OutOfOrder when
    the account has opened too many within the hour. What is downloaded or printed has a code of its own each time.
    """
    if (version is None) == (binding is None):
        raise ValueError("a copy is one of a version or of a bound packet")
    at, versions = clock.now(meeting), list(binding.versions) if binding is not None else []
    said: dict[str, Any] = {
        "meeting": meeting, "version": version, "binding": binding, "account": actor.user.pk,
        "participant": actor.participant.pk if actor.participant is not None else None,
        "reader": actor.name[:200], "unit": unit_of(actor)[:300], "way": way,
    }  # fmt: skip
    opened = _opened_before(said, since=at - GOES_ON, until=at)
    if opened is not None:
        return opened
    for _try in range(TRIES):
        opening = Opening(**said, binding_versions=versions, code=new_code(), opened_at=at)
        try:
            with transaction.atomic():
                opening.save(force_insert=True)
        except IntegrityError:  # the code is there already: once in 10^18
            continue
        return opening
    raise RuntimeError("no free trace code was found")


def _opened_before(said: dict[str, Any], *, since: datetime, until: datetime) -> Opening | None:
    """Return the record under which the same reader has just opened the same on screen, with the same words on its mark."""
    own = Opening.objects.filter(meeting=said["meeting"], account=said["account"])
    same = Q(**said, opened_at__gt=since, opened_at__lte=until) & Q(way=Opening.Way.SCREEN)
    lately = Q(recorded_at__gt=timezone.now() - timedelta(hours=1))
    found = own.aggregate(last=Max("pk", filter=same), count=Count("pk", filter=lately))
    if found["last"] is not None:
        opening = Opening.objects.get(pk=found["last"])
        opening.meeting, opening.version, opening.binding = said["meeting"], said["version"], said["binding"]
        return opening
    if found["count"] >= MOST_AN_HOUR:
        raise OutOfOrder(
            _(
                "You have opened %(count)d copies of papers in this meeting within an hour. Read on in those that are open, "
                "and open others in a while."
            )
            % {"count": found["count"]}
        )
    return None


def unit_of(actor: Actor) -> str:
    """Return the unit somebody reads for: as in the meeting, else that of the account."""
    if actor.participant is not None:
        return actor.participant.unit
    return actor.user.organisation.name if actor.user.organisation is not None else ""


def mark_of(opening: Opening) -> Mark:
    """Return what stands across a copy: reader, unit, the meeting's time and the trace code."""
    moment = timezone.localtime(opening.opened_at).strftime("%d/%m/%Y %H:%M:%S")
    return Mark(lines=(opening.reader, opening.unit, moment), code=opening.code)
