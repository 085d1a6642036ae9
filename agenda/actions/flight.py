"""The programme in flight: an item is skipped and taken back, dealt with together with the open one, or brought forward."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from agenda import facts
from agenda.models import AgendaItem
from agenda.running.expected import in_turn
from agenda.running.plan import share_closure
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over

State = AgendaItem.State
NOT_BEGUN = (State.PLANNED, State.DEFERRED)


def skip_item(meeting: Meeting, *, by: Actor, item: AgendaItem, reason: str) -> None:
    """Let an item that has not begun not be held, and keep why. It can be taken back."""
    with transition(meeting, by=by, ability=Ability.RUN_PROGRAMME) as change:
        row = _waiting(change, item)
        row.state, row.reason, row.ahead = State.SKIPPED, reason, None
        row.save(update_fields=["state", "reason", "ahead"])
        change.record(facts.ItemSkipped(item=row.pk, position=row.position, title=row.title, why=reason))


def restore_item(meeting: Meeting, *, by: Actor, item: AgendaItem) -> None:
    """Put an item that was skipped, put off or brought forward back to its place in the programme."""
    with transition(meeting, by=by, ability=Ability.RUN_PROGRAMME) as change:
        refuse_when_over(meeting)
        row: AgendaItem = change.fresh(item)
        if row.state not in (State.SKIPPED, State.DEFERRED) and not (row.state == State.PLANNED and row.ahead):
            raise OutOfOrder(_("Item %(number)s stands at its place in the programme, or has begun.") % {"number": row.label})
        row.state, row.reason, row.ahead = State.PLANNED, "", None
        row.save(update_fields=["state", "reason", "ahead"])
        change.record(facts.ItemRestored(item=row.pk, position=row.position, title=row.title))


def merge_item(meeting: Meeting, *, by: Actor, item: AgendaItem, into: AgendaItem) -> None:
    """Deal with an item together with the open one, which `into` names as the actor sees it: both are minuted."""
    with transition(meeting, by=by, ability=Ability.RUN_PROGRAMME) as change:
        _in_session(meeting)
        row, host = _waiting(change, item), change.fresh(into)
        if host.state != State.OPEN:
            raise OutOfOrder(_("Item %(number)s is not open.") % {"number": host.label})
        if row.in_camera and not host.in_camera:
            raise OutOfOrder(_("Item %(number)s is a closed one. Open it by itself.") % {"number": row.label})
        row.state, row.opened_at, row.merged_into, row.ahead = State.MERGED, change.now, host, None
        row.save(update_fields=["state", "opened_at", "merged_into", "ahead"])
        share_closure(host, [row])
        change.record(
            facts.ItemMerged(
                item=row.pk, position=row.position, title=row.title, presenter=row.presenter, into=host.pk, into_title=host.title
            )
        )


def advance_item(meeting: Meeting, *, by: Actor, item: AgendaItem, before: AgendaItem | None = None) -> None:
    """Bring an item forward: it comes next. `before` names the item the actor sees as the next one; another one is refused."""
    with transition(meeting, by=by, ability=Ability.RUN_PROGRAMME) as change:
        if meeting.state not in (Meeting.State.OPEN, Meeting.State.SUSPENDED):
            raise OutOfOrder(_("The meeting is not in session."))
        row = _waiting(change, item)
        coming = next(iter(in_turn(_leaves(meeting))), None)
        if (before.pk if before else None) != (coming.pk if coming else None):
            raise OutOfOrder(_("Another item comes next by now: %(title)s.") % {"title": coming.label if coming else "–"})
        if coming is not None and coming.pk == row.pk:
            raise OutOfOrder(_("Item %(number)s comes next already.") % {"number": row.label})
        highest = meeting.items.aggregate(highest=Max("ahead"))["highest"] or 0
        row.state, row.ahead = State.PLANNED, highest + 1
        row.save(update_fields=["state", "ahead"])
        change.record(
            facts.ItemAdvanced(
                item=row.pk, position=row.position, title=row.title, before=coming.pk if coming else None,
                before_title=coming.title if coming else "",
            )
        )  # fmt: skip


def _leaves(meeting: Meeting) -> list[AgendaItem]:
    rows = list(meeting.items.order_by("position"))
    headings = {row.parent_id for row in rows}
    return [row for row in rows if row.pk not in headings]


def _waiting(change: Transition, item: AgendaItem) -> AgendaItem:
    """Return an item that has not begun and is no heading, as it stands under the lock."""
    refuse_when_over(change.meeting)
    row: AgendaItem = change.fresh(item)
    if row.state not in NOT_BEGUN:
        raise OutOfOrder(_("Item %(number)s has begun, has ended or is not held.") % {"number": row.label})
    if row.children.exists():
        raise OutOfOrder(_("%(title)s is a heading. Choose what stands under it.") % {"title": row.title})
    return row


def _in_session(meeting: Meeting) -> None:
    if meeting.state != Meeting.State.OPEN:
        raise OutOfOrder(_("The meeting is not in session."))
