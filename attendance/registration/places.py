"""What every change of a unit's list has in common: may they, is it in time, is there a place left, how far is the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from attendance.registration import rules
from attendance.registration.models import AskedUnit, Registration, RegistrationTerms
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition
from meetings.models import Meeting, ParticipantGroup
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over
from people.models import Organisation, User

State, Kind = Registration.State, Registration.Kind
# A line that takes a place: somebody who will come and has not been excused since without a substitute. Who stands in takes the
# place of the other.
TAKING = Q(kind=Kind.ATTEND) & (
    Q(state__in=(State.DRAFT, State.SENT))
    | Q(state=State.APPROVED, participant__isnull=False) & ~Q(participant__is_excused=True, participant__substitute__isnull=True)
)


def unit_of(organisation_id: int | None) -> list[int]:
    """Return the organisations an account speaks for: its own; a department of a unit speaks for the unit above it too."""
    return units_of([organisation_id]).get(organisation_id, []) if organisation_id else []


def units_of(organisations: Collection[int]) -> dict[int, list[int]]:
    """Return the same for accounts of many organisations, by their keys; what is not there is left out."""
    rows = Organisation.objects.order_by().filter(pk__in=organisations).values_list("pk", "kind", "parent_id")
    return {own: [own, above] if above and kind == Organisation.Kind.DEPARTMENT else [own] for own, kind, above in rows}


def own_units(meeting: Meeting, user: User) -> QuerySet[AskedUnit]:
    """Return the units of a meeting that an account is the focal point of."""
    mine = unit_of(user.organisation_id) if user.office_role == User.OfficeRole.FOCAL_POINT else []
    return meeting.asked_units.filter(is_withdrawn=False, organisation_id__in=mine).select_related("organisation")


def terms_of(meeting: Meeting) -> RegistrationTerms | None:
    """Return what is asked of all units, if it has been set."""
    found: RegistrationTerms | None = getattr(meeting, "registration_terms", None)
    return found


def unit_under_lock(change: Transition, unit: AskedUnit) -> AskedUnit:
    """Return a unit as it stands under the lock, for somebody who may change its list now; else raise a refusal."""
    refuse_when_over(change.meeting)
    row = change.fresh(unit)
    require_unit(change.by, row)
    if row.is_withdrawn:
        raise OutOfOrder(_("%(unit)s is not asked to register any more.") % {"unit": row.organisation})
    return row


def require_unit(by: Actor, unit: AskedUnit) -> None:
    """Raise NotAllowed unless the actor is of the secretariat, or the focal point of this very unit."""
    if by.may(Ability.PREPARE):
        return
    if not by.may(Ability.REGISTER_PEOPLE) or unit.organisation_id not in unit_of(by.user.organisation_id):
        raise NotAllowed(_("You register the people of your own unit only."))


def refuse_late(change: Transition, unit: AskedUnit) -> None:
    """Raise OutOfOrder after the unit's deadline; the secretariat may make a change at any time."""
    until = unit.until(terms_of(change.meeting))
    if until and rules.is_over(until, change.now) and not change.by.may(Ability.PREPARE):
        moment = timezone.localtime(until).strftime("%H:%M, %d/%m/%Y")
        raise OutOfOrder(_("The deadline (%(moment)s) has passed. Ask the secretariat for a change.") % {"moment": moment})


def refuse_closed(unit: AskedUnit) -> None:
    """Raise OutOfOrder when the unit has said that its list is complete."""
    if unit.answer:
        raise OutOfOrder(_("The list has been declared complete. Open it again first."))


def taken(unit: AskedUnit, *, beside: int | None = None) -> QuerySet[Registration]:
    """Return the lines of a unit that take a place, beside one."""
    return unit.registrations.filter(TAKING).exclude(pk=beside or 0)


def refuse_full(unit: AskedUnit, group: ParticipantGroup | None, *, beside: int | None = None) -> None:
    """Raise OutOfOrder when the unit has no place left, in all or in the group, for one more beside those who take one."""
    lines = taken(unit, beside=beside)
    if unit.quota is not None and lines.count() >= unit.quota:
        raise OutOfOrder(_full(unit.quota) % {"count": unit.quota})
    quota = unit.group_quotas.filter(group=group).first() if group else None
    if quota is not None and lines.filter(group=group).count() >= quota.places:
        raise OutOfOrder(
            _("All %(count)d places of “%(group)s” are taken. Choose another group, or take somebody off first.")
            % {"count": quota.places, "group": quota.group.name}
        )


def refuse_overfull(unit: AskedUnit) -> None:
    """Raise OutOfOrder when more lines take a place than there are, in all or in a group: after many were put on at once."""
    groups = Counter(taken(unit).values_list("group_id", flat=True))
    if unit.quota is not None and groups.total() > unit.quota:
        raise OutOfOrder(
            _("The unit has %(count)d places; with these it would be %(sum)d people. Take somebody out of your list.")
            % {"count": unit.quota, "sum": groups.total()}
        )
    for quota in unit.group_quotas.select_related("group"):
        if groups[quota.group_id] > quota.places:
            raise OutOfOrder(
                _("“%(group)s” has %(count)d places; with these it would be %(sum)d people. Take somebody out of your list.")
                % {"group": quota.group.name, "count": quota.places, "sum": groups[quota.group_id]}
            )


def _full(quota: int) -> Any:
    return ngettext_lazy(
        "The %(count)d place of the unit is taken. Take somebody off first, or ask the secretariat for more places.",
        "All %(count)d places of the unit are taken. Take somebody off first, or ask the secretariat for more places.",
        quota,
    )


def settle(change: Transition, units: Collection[AskedUnit], *, answered: bool = False) -> None:
    """Write how far the answers of units have come, after their lines have changed; `answered`: by the units themselves."""
    lines: dict[int, set[str]] = {}
    for unit_id, state in Registration.objects.filter(unit__in=units).order_by().values_list("unit_id", "state").distinct():
        lines.setdefault(unit_id, set()).add(state)
    by_stage: dict[str, list[int]] = {}
    for unit in units:
        unit.stage = rules.stage_of(is_withdrawn=unit.is_withdrawn, answer=unit.answer, states=lines.get(unit.pk, set()))
        by_stage.setdefault(unit.stage, []).append(unit.pk)
    when = {"changed_at": change.now} if answered else {}
    for stage, keys in by_stage.items():
        AskedUnit.objects.filter(pk__in=keys).update(stage=stage, **when)
