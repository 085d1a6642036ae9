"""Whom and what the script means, looked up in the meeting as it stands: accounts, items, people, requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agenda.models import AgendaItem, FloorRequest
from demo.roster import CENTRAL
from demo.script import Item, OpenItem, People, Ref, Speech, Wish
from meetings import queries
from meetings.models import COUNTED_ROLES, BridgePoint, Meeting, Participant, Role
from meetings.procedure import Actor
from people.models import User


class Cast:
    """The people and places of the demonstration; what changes while it is played is asked for anew each time."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.sites = {_code(b): b for b in meeting.bridge_points.select_related("organisation")}
        self.codes = [code for code in self.sites if code != CENTRAL]
        self.accounts = {user.username: user for user in User.objects.select_related("person").exclude(person=None)}
        self.wishes: dict[str, FloorRequest] = {}
        self._halls = {code: list(self._delegates_of(site)) for code, site in self.sites.items()}

    def actor(self, username: str) -> Actor | None:
        """Return an account as it may act now; nothing when it has gone."""
        user = self.accounts.get(username)
        return queries.actor_for(user, self.meeting) if user else None

    def fields(self, fields: Mapping[str, Ref]) -> dict[str, Any]:
        """Return the fields of a form as a page would send them; what refers to nothing is left out."""
        found = {name: self._value(ref) for name, ref in fields.items()}
        return {name: value for name, value in found.items() if value is not None}

    def console_of(self, code: str) -> Participant | None:
        """Return who sits at a site's console: its operator, else its technician."""
        staff = self.meeting.participants.filter(bridge_point=self.sites[code], role__in=(Role.OPERATOR, Role.TECHNICIAN))
        return staff.order_by("role").first()

    def _value(self, ref: Ref) -> Any:
        match ref:
            case Item(position):
                return self._pk(self.meeting.items.filter(position=position).first())
            case OpenItem():
                return self._pk(self.meeting.items.filter(state=AgendaItem.State.OPEN).first())
            case People(site, first, last):
                return self._halls.get(site, [])[first - 1 : last]
            case Wish(username):
                return self._pk(self.wishes.get(username))
            case Speech():
                return self._pk(self.meeting.floor_requests.filter(state=FloorRequest.State.SPEAKING).first())
            case str():
                return ref

    def _delegates_of(self, site: BridgePoint) -> Any:
        people = self.meeting.participants.filter(bridge_point=site, role__in=COUNTED_ROLES)
        return people.order_by("pk").values_list("pk", flat=True)

    @staticmethod
    def _pk(row: AgendaItem | FloorRequest | None) -> int | None:
        return row.pk if row else None


def _code(site: BridgePoint) -> str:
    return CENTRAL if site.is_central else site.organisation.code if site.organisation else site.name
