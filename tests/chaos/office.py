"""The office of a run: the demonstration's people with a session each, and afterwards what stands in the database."""

from __future__ import annotations

import http.cookiejar
import json
from dataclasses import dataclass
from typing import Any

from tests.chaos.stations import Account
from tests.service import Service

SLUG = "vptw-2025"

PREPARE = f"""
import json
from django.conf import settings
from django.test import Client
from meetings.models import Meeting
m = Meeting.objects.get(slug="{SLUG}")
def session(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
def of(site):
    seat = m.participants.filter(bridge_point=site, role__in=("operator", "technician"), person__user__isnull=False).first()
    people = list(m.participants.filter(bridge_point=site, role="delegate").values_list("pk", flat=True))
    return {{"id": site.pk, "name": site.short_name, "session": session(seat.person.user), "role": seat.role, "people": people}}
print(json.dumps({{
    "cookie": settings.SESSION_COOKIE_NAME, "head": m.journal.head,
    "sites": [of(site) for site in m.bridge_points.order_by("number")],
    "items": list(m.items.order_by("position").values_list("pk", flat=True)),
}}))
"""

TRUTH = f"""
import json, sys
from live.rendering import render_parts
from live.screens import SCREENS
from live.snapshot import snapshot
from live.state import read_state
from meetings.models import Meeting, Reply
m = Meeting.objects.select_related("journal").get(slug="{SLUG}")
with snapshot() as using:
    state = read_state(m.pk, using)
parts = {{
    f"{{screen}}/{{language}}": {{
        name: html for name, html in render_parts(screen, language, state, {{}}).items() if name not in SCREENS[screen].soft
    }}
    for screen in SCREENS for language in ("vi", "en")
}}
print(json.dumps({{
    "head": m.journal.head, "epoch": str(m.journal.epoch), "parts": parts,
    "entries": list(m.journal.entries.order_by("number").values_list("number", "kind")),
    "replies": {{str(r.command_id): [r.status, r.body] for r in Reply.objects.filter(journal=m.journal)}},
}}))
"""


@dataclass(frozen=True)
class Office:
    """Who there is. `sites`: id, name, session, role and people of each bridge point, the central one first."""

    service: Service
    told: dict[str, Any]

    @property
    def port(self) -> int:
        """Where the service itself answers."""
        return int(self.service.url.rpartition(":")[2])

    @property
    def sites(self) -> list[dict[str, Any]]:
        """The bridge points, the central one first."""
        return list(self.told["sites"])

    @property
    def items(self) -> list[int]:
        """The items of the programme in their order."""
        return list(self.told["items"])

    @property
    def display(self) -> str:
        """The token of the public display."""
        return str(self.service.demo["display_url"]).split("/d/")[1].strip("/")

    def at_site(self, url: str, site: dict[str, Any]) -> Account:
        """The account of who sits at a bridge point, signed in."""
        account = Account(url)
        for name, value in ((self.told["cookie"], site["session"]), ("csrftoken", "c" * 32)):
            account.cookies.cookiejar.set_cookie(_cookie(name, value))
        return account

    def signed_in(self, url: str, username: str) -> Account:
        """An account that has signed in as the page of the protocol says."""
        account = Account(self.service.url)
        assert account.sign_in(username, self.service.demo["accounts"][username])
        account.base = url
        return account


def _cookie(name: str, value: str) -> http.cookiejar.Cookie:
    return http.cookiejar.Cookie(
        0, name, value, None, False, "127.0.0.1", False, False, "/", True, False, None, False, None, None, {}
    )  # fmt: skip


def in_english(account: Account) -> Account:
    """The same account, reading English."""
    account.cookies.cookiejar.set_cookie(_cookie("django_language", "en"))
    return account


def prepared(service: Service) -> Office:
    """Give everybody at a bridge point a session."""
    return Office(service, _shell(service, PREPARE))


def truth_of(service: Service) -> dict[str, Any]:
    """Read the journal, the kept answers and the parts of every audience, in a process of its own."""
    return _shell(service, TRUTH)


def _shell(service: Service, code: str) -> dict[str, Any]:
    return dict(json.loads(service.manage("shell", "-v", "0", "-c", code).strip().splitlines()[-1]))
