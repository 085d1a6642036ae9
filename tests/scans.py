"""Badges and devices for tests of scanning: written straight to the tables, so that thousands take a second."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from attendance.badges import keys
from attendance.badges.models import BadgeKey, Credential
from attendance.badges.queries import codes
from attendance.badges.short_code import from_number
from attendance.scanning.actions import open_door, open_scanner
from attendance.scanning.models import Scanner
from attendance.scanning.tokens import token_of
from meetings.models import BridgePoint, Participant
from tests.make import the_secretariat


def make_key() -> BadgeKey:
    """Return the installation's key, made once."""
    return keys.newest() or keys.make(timezone.now())


def make_badges(people: Sequence[Participant], **kw: Any) -> dict[int, str]:
    """Return the codes of new badges by participant; valid today unless `valid_from` and `valid_until` say otherwise."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    data: dict[str, Any] = {"valid_from": now - timedelta(days=1), "valid_until": now + timedelta(days=1), "issued_at": now} | kw
    key, first = make_key(), Credential.objects.count() + 1
    rows = [
        Credential(meeting=one.meeting, participant=one, serial=1000 + n, short_code=from_number(n), key=key, **data)
        for n, one in enumerate(people, start=first)
    ]
    return codes(Credential.objects.bulk_create(rows))


def make_badge(one: Participant, **kw: Any) -> str:
    """Return the code of one new badge."""
    return make_badges([one], **kw)[one.pk]


def make_scanner(site: BridgePoint, door: str = "Cửa chính", **kw: Any) -> Scanner:
    """Return a new device at a door of a bridge point; the door is opened when it is not there."""
    by = the_secretariat()
    found = site.doors.filter(name=door, closed_at=None).first() or open_door(site.meeting, by=by, bridge_point=site, name=door)
    return open_scanner(site.meeting, by=by, door=found, **kw)


class Device:
    """A device at a door as its browser speaks: scans under ids of its own, counted up, by a clock that may be wrong."""

    def __init__(self, scanner: Scanner, *, wrong_by: timedelta = timedelta(), client: Client | None = None) -> None:
        self.scanner, self.token, self.turn, self.wrong_by = scanner, token_of(scanner), 0, wrong_by
        self.client = client or Client()

    def ms(self, moment: datetime) -> int:
        """Return a moment as the device's clock shows it."""
        return round((moment + self.wrong_by).timestamp() * 1000)

    def made(self, code: str = "", *, ago: float = 0.0, **kw: Any) -> dict[str, Any]:
        """Return one scan, `ago` seconds old; `short` and `participant` instead of a code."""
        self.turn += 1
        said = {"code": code} if code else {}
        key = uuid.UUID(int=self.scanner.pk * 10**9 + self.turn)
        return said | {
            "key": str(key), "turn": self.turn, "at": self.ms(datetime.now(UTC) - timedelta(seconds=ago)), "direction": "in",
            "way": "camera", "move": False, "offline": False, "verdict": "", "undoes": None,
        } | kw  # fmt: skip

    def post(self, *scans: dict[str, Any], unsent: int = 0) -> HttpResponse:
        """Send a batch and return the answer as it came."""
        body = {"now": self.ms(datetime.now(UTC)), "unsent": unsent, "scans": list(scans)}
        return self.client.post(f"/s/{self.token}/scans/", json.dumps(body), content_type="application/json")

    def send(self, *scans: dict[str, Any]) -> list[dict[str, Any]]:
        """Send a batch and return the results."""
        found: list[dict[str, Any]] = self.post(*scans).json()["results"]
        return found

    def scan(self, code: str = "", **kw: Any) -> tuple[str, str]:
        """Read one badge on line and return verdict and reason."""
        answer = self.send(self.made(code, **kw))[0]
        return answer["verdict"], answer["reason"]
