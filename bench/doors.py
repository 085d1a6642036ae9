"""A hall with badges and doors, made beside the models of the bench's place, and what the journal says of it in the end."""

from __future__ import annotations

from typing import Any

from bench.demonstration import SLUG

HALL = "Đại biểu thử"


def furnish(scans: int, doors: int) -> dict[str, Any]:
    """Gives the central hall so many more people with badges, and so many doors with a device; their codes and tokens."""
    from datetime import timedelta

    from django.utils import timezone

    from attendance.badges import keys
    from attendance.badges.models import Credential
    from attendance.badges.queries import codes
    from attendance.badges.short_code import from_number
    from attendance.scanning.models import Door, Scanner
    from attendance.scanning.tokens import token_of
    from meetings import clock
    from meetings.actions import NewParticipant, add_participants
    from meetings.models import Meeting

    meeting = Meeting.objects.get(slug=SLUG)
    site = meeting.bridge_points.get(is_central=True)
    new = [NewParticipant(name=f"{HALL} {n:04d}", bridge_point=site) for n in range(scans)]
    people = add_participants(meeting, by=_secretariat(), participants=new)
    now = timezone.now()
    key, hour = keys.make(now), clock.now(meeting).replace(minute=0, second=0, microsecond=0)
    rows = [
        Credential(
            meeting=meeting, participant=one, serial=10_000 + n, short_code=from_number(n), key=key, issued_at=now,
            valid_from=hour - timedelta(days=1), valid_until=hour + timedelta(days=2),
        )
        for n, one in enumerate(people)
    ]  # fmt: skip
    told = codes(Credential.objects.bulk_create(rows, batch_size=500))
    devices = []
    for n in range(doors):
        door = Door.objects.create(meeting=meeting, bridge_point=site, name=f"Cửa {n}")
        devices.append(Scanner.objects.create(meeting=meeting, door=door, name=f"Máy {n}", opened_at=now, opened_by="bench"))
    return {"codes": [told[one.pk] for one in people], "tokens": [token_of(one) for one in devices]}


def counted() -> dict[str, Any]:
    """How many of the hall are present, how many entries seal their scans, and where journal and tables differ."""
    from attendance.ledger.folding import FOLD as LEDGER
    from attendance.ledger.sealer import seal_ledgers
    from attendance.models import Presence
    from attendance.presence.folding import FOLD as PRESENCE
    from meetings.models import Meeting

    seal_ledgers(lambda: True)
    meeting = Meeting.objects.get(slug=SLUG)
    entries = list(meeting.journal.entries.filter(kind="scans.sealed").order_by("number"))
    ledger: dict[Any, Any] = {}
    for entry in entries:
        LEDGER.step(ledger, entry)
    presence: dict[Any, Any] = {}
    for entry in meeting.journal.entries.order_by("number"):
        PRESENCE.step(presence, entry)
    differs = ledger != LEDGER.tables(meeting), presence != PRESENCE.tables(meeting)
    people = Presence.objects.filter(participant__name__startswith=HALL, state=Presence.State.PRESENT)
    return {"present": people.count(), "entries": len(entries), "differences": [str(one) for one in differs if one]}


def _secretariat() -> Any:
    from meetings.queries import office_actor
    from people.models import User

    user = User.objects.filter(office_role=User.OfficeRole.SECRETARIAT).first()
    assert user is not None
    return office_actor(user)
