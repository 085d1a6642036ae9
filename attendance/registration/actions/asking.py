"""The secretariat asks: what, until when, whom, how many; it extends, reminds, grants a change, and takes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from attendance.registration import facts, rules
from attendance.registration.letters import post_reminders
from attendance.registration.models import AskedUnit, GroupQuota, RegistrationTerms
from attendance.registration.places import settle
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, ParticipantGroup
from meetings.procedure import Ability, Actor
from meetings.rehearsal.rules import refuse_letters
from meetings.rosters import refuse_when_over
from people.models import Organisation

Places = Mapping[ParticipantGroup, int | None]


def set_terms(
    meeting: Meeting,
    *,
    by: Actor,
    deadline: datetime | None,
    message: str,
    asks_phone: bool,
    asks_email: bool,
    asks_needs: bool,
) -> None:
    """Say until when all units may register, which optional data are asked of a person, and a message to the units."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        wanted = {"phone": asks_phone, "email": asks_email, "needs": asks_needs}
        data: dict[str, Any] = {f"asks_{name}": asked for name, asked in wanted.items()}
        RegistrationTerms.objects.update_or_create(meeting=meeting, defaults=data | {"deadline": deadline, "message": message})
        fields = [name for name, asked in wanted.items() if asked]
        change.record(facts.TermsSet(deadline=_iso(deadline), fields=fields, has_message=bool(message)))


def ask_units(
    meeting: Meeting, *, by: Actor, organisations: Sequence[Organisation], quota: int | None = None, places: Places | None = None
) -> list[AskedUnit]:
    """Ask units that are not asked yet, or not any more, with the same places for each; through their own bridge points."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        asked = _ask(change, organisations, quota)
        _set_places(asked, places or {})
        groups = _groups(places or {})
        rows = [{"id": unit.pk, "name": unit.organisation.name, "quota": quota, "groups": groups} for unit in asked]
        change.record(facts.UnitsAsked(units=rows))
        return asked


def edit_unit(
    meeting: Meeting,
    *,
    by: Actor,
    unit: AskedUnit,
    quota: int | None,
    places: Places,
    bridge_point: BridgePoint | None,
    deadline: datetime | None,
) -> None:
    """Change a unit's places, its bridge point and its own deadline. Whom it has registered already stays."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = change.fresh(unit)
        row.quota, row.deadline = quota, deadline
        row.bridge_point = change.fresh(bridge_point) if bridge_point else None
        row.save(update_fields=["quota", "deadline", "bridge_point"])
        GroupQuota.objects.filter(unit=row).delete()
        _set_places([row], places)
        change.record(
            facts.UnitEdited(
                unit=row.pk, name=row.organisation.name, quota=quota, groups=_groups(places),
                bridge_point=row.bridge_point.name if row.bridge_point else "", deadline=_iso(deadline),
            )
        )  # fmt: skip


def extend_units(meeting: Meeting, *, by: Actor, units: Sequence[AskedUnit], until: datetime) -> None:
    """Give units until a moment, whatever the deadline of all; who wished for a change has it granted."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        rows = _in_time(change, units, until)
        given = AskedUnit.objects.filter(pk__in=[row.pk for row in rows])
        given.update(deadline=until, wish="", wished_at=None, wish_answer="")
        change.record(facts.UnitsExtended(units=_names(rows), until=until.isoformat()))


def grant_change(meeting: Meeting, *, by: Actor, unit: AskedUnit, until: datetime) -> None:
    """Let a unit that wishes for it change its list until a moment."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = _wishing(change, unit)
        _in_time(change, [row], until)
        row.deadline, row.wish, row.wished_at, row.wish_answer, row.answer = until, "", None, "", AskedUnit.Answer.OPEN
        row.save(update_fields=["deadline", "wish", "wished_at", "wish_answer", "answer"])
        settle(change, [row])
        change.record(facts.ChangeGranted(unit=row.pk, name=row.organisation.name, until=until.isoformat()))


def decline_change(meeting: Meeting, *, by: Actor, unit: AskedUnit, answer: str) -> None:
    """Tell a unit why its list stays as it is."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = _wishing(change, unit)
        row.wish, row.wished_at, row.wish_answer = "", None, answer
        row.save(update_fields=["wish", "wished_at", "wish_answer"])
        change.record(facts.ChangeDeclined(unit=row.pk, name=row.organisation.name))


def remind_units(meeting: Meeting, *, by: Actor, units: Sequence[AskedUnit]) -> int:
    """Remind those of the units that still owe their answer; return to how many focal points a letter goes."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        refuse_letters(meeting)
        rows = [row for row in _fresh(change, units) if row.stage in rules.OWING]
        if not rows:
            raise OutOfOrder(_("All of them have answered already: nobody needs to be reminded."))
        AskedUnit.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=change.now)
        letters = post_reminders(change, rows)
        change.record(facts.UnitsReminded(units=_names(rows), letters=letters))
        return letters


def withdraw_units(meeting: Meeting, *, by: Actor, units: Sequence[AskedUnit]) -> None:
    """Ask units no more: their lists are closed and kept; who of them was approved stays on the list of the meeting."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        rows = [row for row in _fresh(change, units) if not row.is_withdrawn]
        if not rows:
            raise OutOfOrder(_("None of them is asked any more."))
        for row in rows:
            row.is_withdrawn = True
        AskedUnit.objects.filter(pk__in=[row.pk for row in rows]).update(is_withdrawn=True)
        settle(change, rows)
        change.record(facts.UnitsWithdrawn(units=_names(rows)))


def _ask(change: Transition, organisations: Sequence[Organisation], quota: int | None) -> list[AskedUnit]:
    meeting, wanted = change.meeting, {o.pk: o for o in organisations}
    known = {unit.organisation_id: unit for unit in meeting.asked_units.select_related("organisation")}
    again = [known[pk] for pk in wanted if pk in known and known[pk].is_withdrawn]
    fresh = [o for pk, o in wanted.items() if pk not in known]
    if not (again or fresh):
        raise OutOfOrder(_("All of them are asked already."))
    sites = dict(meeting.bridge_points.exclude(organisation=None).values_list("organisation_id", "pk"))
    made = AskedUnit.objects.bulk_create(
        AskedUnit(meeting=meeting, organisation=o, quota=quota, bridge_point_id=sites.get(o.pk)) for o in fresh
    )
    for unit in again:
        unit.is_withdrawn, unit.quota = False, quota
    AskedUnit.objects.filter(pk__in=[unit.pk for unit in again]).update(is_withdrawn=False, quota=quota)
    GroupQuota.objects.filter(unit__in=again).delete()
    settle(change, again)
    return [*made, *again]


def _set_places(units: Sequence[AskedUnit], places: Places) -> None:
    rows = [
        GroupQuota(unit=unit, group=group, places=number)
        for unit in units
        for group, number in places.items()
        if number is not None
    ]
    GroupQuota.objects.bulk_create(rows, batch_size=1000)


def _groups(places: Places) -> list[list[Any]]:
    return [[group.name, number] for group, number in places.items() if number is not None]


def _fresh(change: Transition, units: Sequence[AskedUnit]) -> list[AskedUnit]:
    rows = change.meeting.asked_units.filter(pk__in=[unit.pk for unit in units])
    return list(rows.select_related("organisation"))


def _in_time(change: Transition, units: Sequence[AskedUnit], until: datetime) -> list[AskedUnit]:
    refuse_when_over(change.meeting)
    if until <= change.now:
        raise OutOfOrder(_("This moment is over already by the meeting's clock. Choose a later one."))
    rows = [row for row in _fresh(change, units) if not row.is_withdrawn]
    if not rows:
        raise OutOfOrder(_("None of them is asked any more."))
    return rows


def _wishing(change: Transition, unit: AskedUnit) -> AskedUnit:
    refuse_when_over(change.meeting)
    row = change.fresh(unit)
    if not row.wish:
        raise OutOfOrder(_("%(unit)s wishes for no change, or somebody has decided already.") % {"unit": row.organisation})
    return row


def _names(units: Sequence[AskedUnit]) -> list[dict[str, Any]]:
    return [{"id": unit.pk, "name": unit.organisation.name} for unit in units]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
