"""Whom and what the script means, looked up in the meeting as it stands: accounts, items, people, requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from agenda.models import AgendaItem, FloorRequest
from demo.moves import Body, Halls, Item, Made, OpenItem, People, Ref, Registered, Site, Sites, Speech
from demo.roster import CENTRAL
from meetings import queries
from meetings.models import COUNTED_ROLES, BridgePoint, Meeting, Participant, Role
from meetings.procedure import Actor
from people.models import User


class Cast:
    """The people and places of the demonstration; what changes while it is played is asked for anew each time."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.sites = {_code(b): b for b in meeting.bridge_points.select_related("organisation")}
        self.codes = [code for code, site in self.sites.items() if not site.is_central and site.parent_id is None]
        self.communes = [code for code, site in self.sites.items() if site.parent_id is not None]
        self.accounts = {user.username: user for user in User.objects.select_related("person").exclude(person=None)}
        self.made: dict[str, Model] = {}
        self._halls = self._delegates()

    def actor(self, username: str) -> Actor | None:
        """Return an account as it may act now; nothing when it has gone."""
        user = self.accounts.get(username)
        return queries.actor_for(user, self.meeting) if user else None

    def fields(self, fields: Mapping[str, Ref]) -> dict[str, Any]:
        """Return the fields of a form as a page would send them; what refers to nothing is left out."""
        found = {name: self._value(ref) for name, ref in fields.items()}
        return {name: value for name, value in found.items() if value is not None}

    def console_of(self, site: BridgePoint) -> Participant | None:
        """Return who sits at a site's console: its operator, else its technician."""
        staff = self.meeting.participants.filter(bridge_point=site, role__in=(Role.OPERATOR, Role.TECHNICIAN))
        return staff.order_by("role").first()

    def _value(self, ref: Ref) -> Any:
        match ref:
            case str():
                return ref
            case People(site, first, last):
                return self._halls.get(site, [])[first - 1 : last]
            case Halls(sites):
                return [pk for site in sites for pk in self._halls.get(site, [])]
            case Sites(codes):
                return [self.sites[code].pk for code in codes if code in self.sites]
            case _:
                row = self._row(ref)
                return row.pk if row else None

    def _row(self, ref: Item | OpenItem | Site | Made | Registered | Speech | Body) -> Model | None:
        match ref:
            case OpenItem() | Speech() | Body():
                return self._under_way(ref)
            case Item(position):
                return self.meeting.items.filter(position=position).first()
            case Site(code):
                return self.sites.get(code)
            case Made(name):
                return self.made.get(name)
            case Registered(code):
                lines = self.meeting.floor_requests.filter(kind=FloorRequest.Kind.REGISTERED)
                return lines.filter(bridge_point=self.sites.get(code)).first()

    def _under_way(self, ref: OpenItem | Speech | Body) -> Model | None:
        match ref:
            case OpenItem():
                return self.meeting.items.filter(state=AgendaItem.State.OPEN).first()
            case Speech():
                return self.meeting.floor_requests.filter(state=FloorRequest.State.SPEAKING).first()
            case Body():
                return self.meeting.bodies.order_by("pk").first()

    def _delegates(self) -> dict[str, list[int]]:
        codes = {site.pk: code for code, site in self.sites.items()}
        halls: dict[str, list[int]] = defaultdict(list)
        people = self.meeting.participants.filter(bridge_point__in=self.meeting.bridge_points.all(), role__in=COUNTED_ROLES)
        for pk, site in people.order_by("pk").values_list("pk", "bridge_point_id"):
            halls[codes[site]].append(pk)
        return halls


def _code(site: BridgePoint) -> str:
    return CENTRAL if site.is_central else site.organisation.code if site.organisation else site.name
