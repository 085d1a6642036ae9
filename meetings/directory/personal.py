"""What is kept of one person, whole, for the person themselves: personal data are few, and can be seen and taken along."""

from __future__ import annotations

from typing import Any

from meetings import hooks
from meetings.directory.queries import account_of
from people.models import Person, Position, User


def kept_of(person: Person) -> dict[str, Any]:
    """Return everything the office keeps of a person as plain values, with names in the words of their time."""
    entries = [person, *Person.objects.filter(merged_into=person)]
    account = account_of(person)
    return {
        "person": person.pk,
        "full_name": person.full_name,
        "also_entered_as": [p.full_name for p in entries[1:]],
        "email": person.email,
        "phone": person.phone,
        "positions": [_position(p) for p in person.positions.select_related("organisation")],
        "meetings": [
            {
                "meeting": p.meeting.title, "name": p.name, "position": p.position, "unit": p.unit, "role": p.role,
                "bridge_point": p.bridge_point.name if p.bridge_point else "", "mode": p.mode, "is_excused": p.is_excused,
            }
            for p in person.participations.select_related("meeting", "bridge_point").order_by("pk")
        ],
        "heads": [
            {"meeting": b.meeting.title, "bridge_point": b.name}
            for b in person.headed_bridge_points.select_related("meeting").order_by("pk")
        ],
        "account": None if account is None else _account(account),
        **{name: kept(person) for name, kept in hooks.personal_data},
    }  # fmt: skip


def _account(account: User) -> dict[str, Any]:
    return {
        "user_name": account.username,
        "office_role": account.office_role,
        "is_active": account.is_active,
        "since": account.created_at.isoformat(),
        "last_sign_in": account.last_login.isoformat() if account.last_login else None,
    }


def _position(position: Position) -> dict[str, str]:
    return {
        "title": position.title,
        "unit": position.organisation.name,
        "since": position.since.isoformat() if position.since else "",
        "until": position.until.isoformat() if position.until else "",
    }
