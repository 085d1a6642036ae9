"""Opinion slips as tests send them out, and the letters about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from jobs.queue import claim_next
from jobs.runner import carry_out
from mailing.models import Letter
from tests.cast import Room
from tests.polls import make_poll, open_poll
from voting.models import Poll


def address(room: Room, *names: str) -> None:
    """Give people a mail address."""
    for name in names:
        person = room.people[name].person
        person.email = f"{name}@example.vn".replace("_", "-")
        person.save(update_fields=["email"])


def slips(room: Room, *, days: float = 10, **kw: Any) -> Poll:
    """Return slips that are out: of a meeting that is still in preparation."""
    poll = make_poll(room.meeting, occasion=Poll.Occasion.SLIP, takes_remarks=True, **kw)
    return open_poll(poll, closes_at=timezone.now() + timedelta(days=days))


def letters() -> list[tuple[str, str]]:
    """Return the letters about slips: to whom, and how they begin."""
    while (held := claim_next()) is not None:
        carry_out(held)
    return [(one.to, one.subject.split(" số ")[0]) for one in Letter.objects.filter(key__startswith="slips:").order_by("pk")]
