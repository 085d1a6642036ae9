"""What is done about the readiness of a bridge point: a run is begun, its points are marked, it is signed off."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from attendance.readiness import facts
from attendance.readiness.models import CheckMark, Point, ReadinessCheck
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over

State = CheckMark.State


def begin_readiness(meeting: Meeting, *, by: Actor, bridge_point: BridgePoint) -> ReadinessCheck:
    """Begin a run through the list at a bridge point; earlier runs are kept, the newest counts.

    Raises NotAllowed at another's bridge point, and OutOfOrder while a run is under way there.
    """
    with transition(meeting, by=by, ability=Ability.CHECK_READINESS) as change:
        refuse_when_over(meeting)
        site = change.fresh(bridge_point)
        _must_look_after(by, site.pk)
        runs = list(site.readiness_checks.order_by("number"))
        if runs and runs[-1].signed_off_at is None:
            words = {"name": runs[-1].began_by, "time": f"{timezone.localtime(runs[-1].began_at):%H:%M %d/%m}"}
            raise OutOfOrder(_("%(name)s has begun a check here at %(time)s. Go on with that one.") % words)
        number = runs[-1].number + 1 if runs else 1
        made = ReadinessCheck.objects.create(
            meeting=meeting, bridge_point=site, number=number, began_at=change.now, began_by=by.name
        )
        change.record(facts.ReadinessBegun(check=made.pk, bridge_point=site.pk, bridge_point_name=site.name, run=number))
        return made


def mark_readiness(
    meeting: Meeting,
    *,
    by: Actor,
    check: ReadinessCheck,
    points: Sequence[str],
    state: str,
    note: str = "",
    only_unmarked: bool = False,
) -> int:
    """Mark points of a run and return how many changed; what was marked otherwise before stands in the journal.

    `only_unmarked`: what somebody has marked since the page was shown stays as it is. Raises OutOfOrder when the run is signed
    off, or all of them are marked just so already.
    """
    with transition(meeting, by=by, ability=Ability.CHECK_READINESS) as change:
        row = _open(change, check)
        known = {mark.point: mark for mark in row.marks.all()}
        if only_unmarked:
            points = [p for p in points if p not in known]
            if not points:
                raise OutOfOrder(_("Somebody has marked all of these points in the meantime."))
        changed = [p for p in Point.values if p in points and not _is_so(known.get(p), state, note)]
        if not changed:
            first = known[points[0]]
            words = {"name": first.marked_by, "time": f"{timezone.localtime(first.marked_at):%H:%M}"}
            raise OutOfOrder(_("%(name)s has marked it so already, at %(time)s.") % words)
        marks = [
            CheckMark(check_run=row, point=p, state=state, note=note, marked_at=change.now, marked_by=by.name) for p in changed
        ]
        CheckMark.objects.bulk_create(
            marks, update_conflicts=True, unique_fields=["check_run", "point"],
            update_fields=["state", "note", "marked_at", "marked_by"],
        )  # fmt: skip
        change.record(
            facts.ReadinessMarked(
                check=row.pk, bridge_point=row.bridge_point_id, bridge_point_name=row.bridge_point.name,
                points=changed, state=state, note=note,
            )
        )  # fmt: skip
        return len(changed)


def sign_readiness(meeting: Meeting, *, by: Actor, check: ReadinessCheck, note: str = "") -> ReadinessCheck:
    """Sign a run off, at the bridge point, or in the secretariat on behalf of who tells it by telephone.

    Raises OutOfOrder while a point is not marked, or a fault is left and no note says how the meeting goes on with it.
    """
    with transition(meeting, by=by, ability=Ability.CHECK_READINESS) as change:
        row = _open(change, check)
        marks = {mark.point: mark for mark in row.marks.all()}
        missing = [Point(p).label for p in Point.values if p not in marks]
        if missing:
            words = {"count": len(missing), "points": "; ".join(map(str, missing))}
            raise OutOfOrder(_("Not marked yet (%(count)d): %(points)s.") % words)
        faults = _in_state(marks, State.FAULT)
        if faults and not note:
            named = "; ".join(str(Point(fault["point"]).label) for fault in faults)
            raise OutOfOrder(_("There is a fault still: %(points)s. Write how the meeting goes on with it.") % {"points": named})
        row.signed_off_at, row.signed_off_by, row.note = change.now, by.name, note
        row.on_behalf = row.bridge_point_id != by.bridge_point_id
        row.save(update_fields=["signed_off_at", "signed_off_by", "note", "on_behalf"])
        change.record(
            facts.ReadinessSigned(
                check=row.pk, bridge_point=row.bridge_point_id, bridge_point_name=row.bridge_point.name, run=row.number,
                began_at=row.began_at.isoformat(), seconds=max(0, round((change.now - row.began_at).total_seconds())),
                faults=faults, without=_in_state(marks, State.WITHOUT), note=note, signed_by=by.name, on_behalf=row.on_behalf,
            )
        )  # fmt: skip
        return row


def _must_look_after(by: Actor, bridge_point_id: int) -> None:
    if not by.may_look_after(Ability.CHECK_READINESS, bridge_point_id):
        raise NotAllowed(_("You check your own bridge point only."))


def _open(change: Transition, check: ReadinessCheck) -> ReadinessCheck:
    found = change.meeting.readiness_checks.select_related("bridge_point").filter(pk=check.pk).first()
    if found is None:
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    _must_look_after(change.by, found.bridge_point_id)
    refuse_when_over(change.meeting)
    if found.signed_off_at is not None:
        words = {"name": found.signed_off_by, "time": f"{timezone.localtime(found.signed_off_at):%H:%M %d/%m}"}
        raise OutOfOrder(_("%(name)s signed this check off at %(time)s. Begin a new one to mark what has changed.") % words)
    return found


def _is_so(mark: CheckMark | None, state: str, note: str) -> bool:
    return mark is not None and (mark.state, mark.note) == (state, note)


def _in_state(marks: dict[str, CheckMark], state: str) -> list[dict[str, str]]:
    return [{"point": p, "note": marks[p].note} for p in Point.values if p in marks and marks[p].state == state]
