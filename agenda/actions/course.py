"""Running the programme: open, close and defer items."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agenda import facts
from agenda.actions.floor import end_speech
from agenda.models import AgendaItem, FloorRequest
from agenda.running.plan import named_in
from agenda.speakers.filling import fill_list
from agenda.timing import running_seconds
from attendance.ledger.actions import seal_scans_within
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over


def open_item(meeting: Meeting, *, by: Actor, item: AgendaItem, closing: AgendaItem | None = None) -> None:
    """Open a planned or deferred item.

    `closing` names the item the actor sees open: it is closed in the same step. When another one (or none) is open,
    the command is stale and refused.
    """
    with transition(meeting, by=by, ability=Ability.RUN_PROGRAMME) as change:
        _in_session(meeting)
        row: AgendaItem = change.fresh(item)
        _can_open(row)
        if row.children.exists():
            raise OutOfOrder(_("%(title)s is a heading. Open what stands under it.") % {"title": row.title})
        running = meeting.items.filter(state=AgendaItem.State.OPEN).first()
        if running and (closing is None or running.pk != closing.pk):
            raise OutOfOrder(_("Item %(number)s is open. Close it first.") % {"number": running.label})
        if closing and running is None:
            raise OutOfOrder(_("Item %(number)s has ended already.") % {"number": closing.label})
        if running:
            _close(change, running)
        row.state, row.opened_at, row.closed_at = AgendaItem.State.OPEN, change.now, None
        row.save(update_fields=["state", "opened_at", "closed_at"])
        change.record(
            facts.ItemOpened(
                item=row.pk,
                position=row.position,
                kind_of_item=row.kind,
                title=row.title,
                presenter=row.presenter,
                minutes=row.minutes,
                planned_at=row.planned_at.isoformat() if row.planned_at else "",
                in_camera=row.in_camera,
                admitted=named_in(row),
            )
        )
        fill_list(change, row)


def close_item(meeting: Meeting, *, by: Actor, item: AgendaItem) -> None:
    """Close the open item: a running speech ends, requests nobody got to lapse."""
    with transition(meeting, by=by, ability=Ability.RUN_PROGRAMME) as change:
        _in_session(meeting)
        row: AgendaItem = change.fresh(item)
        if row.state != AgendaItem.State.OPEN:
            raise OutOfOrder(_("Item %(number)s is not open.") % {"number": row.label})
        _close(change, row)


def defer_item(meeting: Meeting, *, by: Actor, item: AgendaItem) -> None:
    """Put off an item that has not begun; it can be opened later."""
    with transition(meeting, by=by, ability=Ability.RUN_PROGRAMME) as change:
        refuse_when_over(meeting)
        row: AgendaItem = change.fresh(item)
        if row.state != AgendaItem.State.PLANNED:
            raise OutOfOrder(_("Item %(number)s has begun or been put off already.") % {"number": row.label})
        if row.children.exists():
            raise OutOfOrder(_("%(title)s is a heading. Put off what stands under it.") % {"title": row.title})
        row.state = AgendaItem.State.DEFERRED
        row.save(update_fields=["state"])
        change.record(facts.ItemDeferred(item=row.pk, position=row.position, title=row.title))


def _close(change: Transition, row: AgendaItem) -> None:
    seal_scans_within(change)  # who was there while it was open
    speech = change.meeting.floor_requests.filter(state=FloorRequest.State.SPEAKING).first()
    if speech:
        end_speech(change, speech)
    row.floor_requests.filter(state=FloorRequest.State.WAITING).update(state=FloorRequest.State.LAPSED, pin=None, pin_reason="")
    row.state, row.closed_at = AgendaItem.State.CLOSED, change.now
    row.save(update_fields=["state", "closed_at"])
    row.merged.update(closed_at=change.now)
    assert row.opened_at is not None
    change.record(
        facts.ItemClosed(
            item=row.pk, position=row.position, title=row.title,
            planned_until=row.planned_until.isoformat() if row.planned_until else "",
            seconds=round(running_seconds(row.opened_at, change.now, change.meeting.recesses.all())),
        )
    )  # fmt: skip


def _in_session(meeting: Meeting) -> None:
    if meeting.state != Meeting.State.OPEN:
        raise OutOfOrder(_("The meeting is not in session."))


def _can_open(row: AgendaItem) -> None:
    sentences = {
        AgendaItem.State.OPEN: _("Item %(number)s is open already."),
        AgendaItem.State.CLOSED: _("Item %(number)s has ended already."),
        AgendaItem.State.SKIPPED: _("Item %(number)s is not held. Take it back into the programme first."),
        AgendaItem.State.MERGED: _("Item %(number)s is dealt with together with another one."),
    }
    if row.state in sentences:
        raise OutOfOrder(sentences[AgendaItem.State(row.state)] % {"number": row.label})
