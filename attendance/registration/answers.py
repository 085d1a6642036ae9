"""What registration answers when a lower floor asks: who is asked, what is still to prepare, what is cloned."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from attendance.registration import facts, rules
from attendance.registration.models import AskedUnit, GroupQuota, Registration, RegistrationTerms
from attendance.registration.places import terms_of, unit_of, units_of
from meetings.deadlines.models import DeadlineKind
from meetings.hooks import Maps, Step
from meetings.models import BridgePoint, Meeting, Participant

State = Registration.State
# Its part of a meeting that is cloned: the name of the tick.
PART = "registration"
UNITS_NAMED = 4


def is_asked(meeting: Meeting, organisation_id: int) -> bool:
    """Tell whether the unit an account speaks for is asked to register its people."""
    return meeting.asked_units.filter(organisation_id__in=unit_of(organisation_id), is_withdrawn=False).exists()


def meetings_asking(organisations: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the organisations accounts speak for, each with the key of a meeting that asks its unit."""
    units = units_of(organisations)
    asked = AskedUnit.objects.filter(organisation_id__in={unit for own in units.values() for unit in own}, is_withdrawn=False)
    asking: dict[int, list[int]] = {}
    for unit, meeting in asked.order_by().values_list("organisation_id", "meeting_id"):
        asking.setdefault(unit, []).append(meeting)
    for organisation, own in units.items():
        yield from ((organisation, meeting) for unit in own for meeting in asking.get(unit, ()))


def registration_step(meeting: Meeting) -> Step:
    """Answer for the units' lists: all have answered, and nothing waits for a decision. A meeting may ask nobody."""
    units = list(
        meeting.asked_units.filter(is_withdrawn=False)
        .order_by("organisation__code", "pk")
        .values_list("stage", "organisation__short_name")
    )
    owing = [name for stage, name in units if stage in rules.OWING]
    waiting = Registration.objects.filter(meeting=meeting, unit__is_withdrawn=False, state=State.SENT).count()
    terms, answered = terms_of(meeting), len(units) - len(owing)
    missing: object = _("%(answered)d of %(asked)d units have answered.") % {"answered": answered, "asked": len(units)}
    if not owing:
        missing = _("Registrations that wait for a decision: %(count)d.") % {"count": waiting} if waiting else ""
    return Step(
        title=_("Registration"),
        count=answered,
        of=len(units) or None,
        done=not owing and not waiting,
        missing=missing,
        url=reverse("attendance:registration", args=[meeting.slug]),
        deadline=DeadlineKind.REGISTRATION.value,
        due_at=terms.deadline if terms else None,
        who=_by_name(owing),
    )


def _by_name(owing: list[str]) -> object:
    """Return who has not answered: some units by name, and how many more."""
    shown = ", ".join(owing[:UNITS_NAMED])
    if len(owing) <= UNITS_NAMED:
        return shown
    return _("%(names)s and %(count)d more units") % {"names": shown, "count": len(owing) - UNITS_NAMED}


def waits(participant: Participant) -> Iterator[object]:
    """Whom an undecided line of a unit concerns stays on the list until it is decided."""
    if participant.registrations_about.filter(state__in=(State.DRAFT, State.SENT)).exists():
        yield _("The unit of %(name)s asks for a substitute, or to excuse them. Decide on that first.") % {
            "name": participant.name
        }


def is_wanted(bridge_point: BridgePoint) -> Iterator[object]:
    """A bridge point for which people are registered stays."""
    count = bridge_point.registrations.exclude(state=State.APPROVED).count()
    if count:
        yield _("People are registered for this bridge point: %(count)d. Decide on them first.") % {"count": count}


def copy_units(old: Meeting, new: Meeting, maps: Maps) -> None:
    """Let what is asked, the units and their places go along; answers, deadlines and wishes do not."""
    if PART not in maps.wanted:
        return
    terms = terms_of(old)
    asked = list(
        old.asked_units.filter(is_withdrawn=False).select_related("organisation").prefetch_related("group_quotas__group")
    )
    if terms and asked:
        wanted = {name: getattr(terms, f"asks_{name}") for name in ("phone", "email", "needs")}
        RegistrationTerms.objects.create(
            meeting=new, message=terms.message, **{f"asks_{name}": asks for name, asks in wanted.items()}
        )
        fields = [name for name, asks in wanted.items() if asks]
        maps.change.record(facts.TermsSet(deadline=None, fields=fields, has_message=bool(terms.message)))
    if asked:
        _copy(asked, new, maps)


def _copy(asked: list[AskedUnit], new: Meeting, maps: Maps) -> None:
    made = AskedUnit.objects.bulk_create(
        AskedUnit(
            meeting=new, organisation=unit.organisation, quota=unit.quota,
            bridge_point=maps.bridge_points.get(unit.bridge_point_id or 0),
        )
        for unit in asked
    )  # fmt: skip
    quotas = [
        GroupQuota(unit=copy, group=maps.groups[q.group_id], places=q.places)
        for unit, copy in zip(asked, made, strict=True)
        for q in unit.group_quotas.all()
        if q.group_id in maps.groups
    ]
    GroupQuota.objects.bulk_create(quotas, batch_size=1000)
    groups: dict[int, list[list[object]]] = {}
    for quota in quotas:
        groups.setdefault(quota.unit_id, []).append([quota.group.name, quota.places])
    rows = [{"id": u.pk, "name": u.organisation.name, "quota": u.quota, "groups": groups.get(u.pk, [])} for u in made]
    maps.change.record(facts.UnitsAsked(units=rows))
