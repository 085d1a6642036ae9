"""Loading the demonstration through the ordinary actions, and removing it wholly."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from agenda.actions import add_item
from control.actions import open_display
from control.models import Display
from control.tokens import token_of
from demo.accounts import ensure_account, ensure_passwords, passwords
from demo.communes import names_by_province, people_of
from demo.fixture import SLUG, Conference, conference
from demo.preparing import (
    bodies,
    directory,
    earlier,
    invitations,
    lists,
    papers,
    programme,
    readiness,
    record,
    registration,
    speeches,
    video,
)
from demo.roster import CENTRAL, Seat, seats
from meetings import queries
from meetings.actions import (
    NewBridgePoint,
    NewParticipant,
    add_bridge_points,
    add_participants,
    create_meeting,
    missing_provinces,
    set_clock,
)
from meetings.errors import Refusal
from meetings.models import BridgePoint, Meeting, Series
from meetings.procedure import Actor
from meetings.wiping import wipe
from people.models import Organisation, Person, User

Kind = Organisation.Kind


def is_empty() -> bool:
    """Tell whether the database holds neither a meeting nor an account."""
    return not Meeting.objects.exists() and not User.objects.exists()


def find() -> Meeting | None:
    """Return the demonstration, or nothing. Raises CommandError when something else has its address."""
    meeting = Meeting.objects.select_related("journal").filter(slug=SLUG).first()
    if meeting is not None and meeting.kind != Meeting.Kind.DEMO:
        raise CommandError(_("The meeting at %(slug)s is not the demonstration; it is left alone.") % {"slug": SLUG})
    return meeting


def ensure(*, reset: bool = False, communes: bool = False) -> Meeting:
    """Return the demonstration, loaded when it is missing, loaded anew when `reset`; all of it or nothing.

    `communes`: with the bridge points of the communes; they are added to a demonstration that has none.
    """
    with transaction.atomic():
        meeting = find()
        if meeting is not None and reset:
            remove(meeting)
            meeting = None
        meeting = meeting or load(conference())
        if communes and not meeting.bridge_points.exclude(parent=None).exists():
            try:
                add_communes(meeting)
            except Refusal as refusal:
                raise CommandError(refusal.reason) from None
        ensure_passwords()
    return meeting


def load(plan: Conference) -> Meeting:
    """Create the conference with its bridge points, people, programme and displays, by the secretary's hand."""
    copies = papers.begin()
    office, _made = Organisation.objects.get_or_create(
        parent=None, name=plan.organiser["name"], defaults={"kind": Kind.CENTRAL, "short_name": plan.organiser["short_name"]}
    )
    units = _units(plan, office)
    secretary = ensure_account("secretary", name="Thư ký Hội nghị", office_role=User.OfficeRole.SECRETARIAT, organisation=office)
    by = queries.office_actor(secretary)
    series, _made = Series.objects.get_or_create(title=plan.series)
    meeting = create_meeting(
        by=by, title=plan.title, organiser=office, mode=plan.mode, place=plan.place, sittings=[plan.sitting],
        kind=Meeting.Kind.DEMO, slug=plan.slug, series=series, clock_base=readiness.REHEARSAL,
    )  # fmt: skip
    sites = _bridge_points(meeting, by, plan, office)
    registration.register(meeting, by=by, participants=_participants(sites, units))
    readiness.rehearse(meeting, by=by, sites=sites)
    set_clock(meeting, by=by, rate=1.0, base=plan.clock)
    for item in plan.programme:
        add_item(meeting, by=by, **asdict(item))
    lists.load(meeting, by)
    bodies.load(meeting, by)
    programme.load(meeting, by)
    speeches.load(meeting, by)
    for display in plan.displays:
        open_display(meeting, by=by, name=display["name"], bridge_point=sites[display["site"]])
    video.load(meeting, by, sites)
    invitations.load(meeting, by)
    papers.load(meeting, by, copies)
    earlier.load(meeting, by)
    record.load(meeting, by)
    return meeting


def add_communes(meeting: Meeting) -> None:
    """Add a bridge point for each commune under its province, with who sits there; one fact of each kind a province."""
    by = queries.actor_for(User.objects.get(username="secretary"), meeting)
    provinces = {b.organisation.code: b for b in _provinces(meeting) if b.organisation}
    for code, names in names_by_province(list(provinces)).items():
        kind = BridgePoint.Kind.COMMUNE
        new = [NewBridgePoint(name=name, short_name=name, place=name, parent=provinces[code], kind=kind) for name in names]
        halls = add_bridge_points(meeting, by=by, bridge_points=new)
        add_participants(meeting, by=by, participants=[p for hall in halls for p in _commune(hall)])


def _provinces(meeting: Meeting) -> QuerySet[BridgePoint]:
    return meeting.bridge_points.filter(organisation__kind=Kind.PROVINCE).select_related("organisation").order_by("number")


def _commune(hall: BridgePoint) -> list[NewParticipant]:
    return [
        NewParticipant(name=name, role=role, bridge_point=hall, position=position, unit=hall.name)
        for role, name, position in people_of(hall.name)
    ]


def _units(plan: Conference, office: Organisation) -> dict[str, Organisation]:
    """Return the departments by name, and each province's own office by the province's code; make those missing."""
    wanted = {name: (office, name) for name in plan.departments}
    wanted |= {p.code: (p, f"Văn phòng {p.name}") for p in Organisation.objects.filter(kind=Kind.PROVINCE)}
    have = {(o.parent_id, o.name): o for o in Organisation.objects.filter(kind=Kind.DEPARTMENT)}
    missing = [
        Organisation(parent=parent, kind=Kind.DEPARTMENT, name=name, short_name=name[:80])
        for parent, name in wanted.values()
        if (parent.pk, name) not in have
    ]
    have |= {(o.parent_id, o.name): o for o in Organisation.objects.bulk_create(missing)}
    return {key: have[parent.pk, name] for key, (parent, name) in wanted.items()} | {office.name: office}


def _bridge_points(meeting: Meeting, by: Actor, plan: Conference, office: Organisation) -> dict[str, BridgePoint]:
    name, short_name, place = (plan.central[key] for key in ("name", "short_name", "place"))
    central = NewBridgePoint(name=name, short_name=short_name, place=place, organisation=office, is_central=True)
    made = add_bridge_points(meeting, by=by, bridge_points=directory.with_heads([central, *missing_provinces(meeting)]))
    return {CENTRAL if b.is_central else b.organisation.code: b for b in made if b.organisation}


def _participants(sites: dict[str, BridgePoint], units: dict[str, Organisation]) -> list[NewParticipant]:
    codes = [code for code in sites if code != CENTRAL]
    return [_participant(seat, sites[seat.site], units) for seat in seats(codes)]


def _participant(seat: Seat, site: BridgePoint, units: dict[str, Organisation]) -> NewParticipant:
    unit = units.get(seat.unit or seat.site)
    person: Person | None = ensure_account(seat.account, name=seat.name, organisation=unit).person if seat.account else None
    return NewParticipant(
        name=seat.name, role=seat.role, bridge_point=site, position=seat.position, organisation=unit,
        unit="" if unit else seat.unit, person=person,
    )  # fmt: skip


def remove(meeting: Meeting) -> None:
    """Take the demonstration out with its journal and those of its people who are nowhere else; accounts stay."""
    people = list(meeting.participants.values_list("person_id", flat=True))
    record.remove()
    earlier.remove(meeting)
    wipe(meeting)
    invitations.remove(meeting.organiser)
    Person.objects.filter(pk__in=people, user=None, participations=None, positions=None).delete()
    directory.forget_heads()


def summary(meeting: Meeting) -> dict[str, Any]:
    """Return what `manage.py demo` prints: addresses, counts, and the password of each account."""
    totals = queries.totals(meeting)
    return {
        "meeting_url": settings.PUBLIC_URL + meeting.get_absolute_url(),
        "display_url": display_address(meeting),
        "bridge_points": totals["bridge_points"],
        "participants": totals["delegates"],
        "agenda_items": meeting.items.count(),
        "accounts": passwords(),
    }


def display_address(meeting: Meeting) -> str:
    """Return where the display of the hall stands; a conference that is loaded anew has another."""
    return settings.PUBLIC_URL + reverse("live:display", args=[token_of(_display(meeting))])


def _display(meeting: Meeting) -> Display:
    """Return a display that is open; when all have been revoked, open one anew."""
    display = meeting.displays.filter(revoked_at=None).first()
    if display is None:
        secretary = User.objects.get(username="secretary")
        display = open_display(meeting, by=queries.actor_for(secretary, meeting), name=conference().displays[0]["name"])
    return display
