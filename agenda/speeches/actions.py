"""What one can do: the secretariat opens and closes the registration, units offer, the secretariat picks, orders, schedules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from agenda.models import AgendaItem, Speech, SpeechCall
from agenda.speeches import facts, rules, scheduling
from agenda.speeches.owners import require_own
from attendance.models import AskedUnit
from attendance.registration.queries import people_on_the_list
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over

State = Speech.State


def set_speech_call(
    meeting: Meeting,
    *,
    by: Actor,
    item: AgendaItem,
    deadline: datetime | None,
    minutes: int,
    per_unit: int = 1,
    message: str = "",
    call: SpeechCall | None = None,
) -> SpeechCall:
    """Open the registration of speeches for an item, or change it (`call`); one that was closed is open again."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        about, row = change.fresh(item), change.fresh(call) if call else SpeechCall(meeting=meeting)
        if meeting.speech_calls.filter(item=about).exclude(pk=row.pk or 0).exists():
            raise OutOfOrder(_("Speeches are registered for this item already. Change that registration."))
        row.item_id, row.deadline, row.minutes, row.per_unit = about.pk, deadline, minutes, per_unit
        row.message, row.is_closed = message, False
        row.save()
        change.record(
            facts.SpeechCallSet(
                call=row.pk, item=about.pk, title=about.title, deadline=deadline.isoformat() if deadline else None,
                minutes=minutes, per_unit=per_unit, has_message=bool(message),
            )
        )  # fmt: skip
        return row


def close_speech_call(meeting: Meeting, *, by: Actor, call: SpeechCall) -> None:
    """End the registration before its deadline; the secretariat may still change what was offered."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = change.fresh(call)
        if row.is_closed:
            raise OutOfOrder(_("The registration of speeches is closed already."))
        row.is_closed = True
        row.save(update_fields=["is_closed"])
        item = meeting.items.filter(pk=row.item_id or 0).first()
        change.record(facts.SpeechCallClosed(call=row.pk, title=item.title if item else ""))


def offer_speech(
    meeting: Meeting,
    *,
    by: Actor,
    call: SpeechCall,
    unit: AskedUnit,
    title: str,
    minutes: int,
    outline: str = "",
    speaker: Participant | None = None,
) -> Speech:
    """Offer a speech: a unit for itself until the deadline, the secretariat for any unit."""
    with transition(meeting, by=by, ability=Ability.OFFER_SPEECH) as change:
        asked, row = change.fresh(call), change.fresh(unit)
        _may_change(change, asked, row)
        if row.is_withdrawn:
            raise OutOfOrder(_("%(unit)s is not asked to register any more.") % {"unit": row.organisation})
        if asked.speeches.filter(unit=row, state__in=rules.COUNTED).count() >= asked.per_unit:
            raise OutOfOrder(_too_many(asked.per_unit) % {"count": asked.per_unit})
        _check(asked, row, minutes, speaker)
        made = Speech.objects.create(
            meeting=meeting, call=asked, unit=row, title=title, outline=outline, speaker=speaker, minutes=minutes,
            changed_at=change.now, changed_by=by.name,
        )  # fmt: skip
        change.record(facts.SpeechOffered(**_told(made)))
        return made


def edit_speech(
    meeting: Meeting,
    *,
    by: Actor,
    speech: Speech,
    version: int,
    title: str,
    minutes: int,
    outline: str = "",
    speaker: Participant | None = None,
) -> None:
    """Change a speech; one that was sent back is offered again. Of a picked one its unit may only change who speaks."""
    with transition(meeting, by=by, ability=Ability.OFFER_SPEECH) as change:
        row = _current(change, speech, version)
        _may_change(change, row.call, row.unit)
        if row.state == State.WITHDRAWN:
            raise OutOfOrder(_("This speech has been withdrawn."))
        words = (row.title, row.outline, row.minutes) != (title, outline, minutes)
        if row.state == State.PICKED and words and not by.may(Ability.PREPARE):
            raise OutOfOrder(_("This speech has been picked: you can still change who speaks. Ask the secretariat for the rest."))
        _check(row.call, row.unit, minutes, speaker)
        row.title, row.outline, row.minutes, row.speaker = title, outline, minutes, speaker
        if row.state == State.RETURNED:
            row.state, row.reason = State.OFFERED, ""
        _save(change, row)
        change.record(facts.SpeechEdited(**_told(row), state=row.state))


def withdraw_speech(meeting: Meeting, *, by: Actor, speech: Speech, version: int) -> None:
    """Take a speech back: its unit until the deadline and until it is picked, the secretariat always."""
    with transition(meeting, by=by, ability=Ability.OFFER_SPEECH) as change:
        row = _current(change, speech, version)
        _may_change(change, row.call, row.unit)
        if row.state == State.WITHDRAWN:
            raise OutOfOrder(_("This speech has been withdrawn."))
        if row.state == State.PICKED and not by.may(Ability.PREPARE):
            raise OutOfOrder(_("This speech has been picked. Ask the secretariat to take it out."))
        scheduling.take_off(change, row)
        row.state, row.rank, row.reason = State.WITHDRAWN, None, ""
        _save(change, row)
        change.record(facts.SpeechWithdrawn(**_named(row)))


def pick_speech(meeting: Meeting, *, by: Actor, speech: Speech, version: int) -> None:
    """Pick a speech as it was read; it comes after those picked before."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = _current(change, speech, version)
        _in_state(row, State.OFFERED, State.RETURNED)
        last = row.call.speeches.aggregate(last=Max("rank"))["last"] or 0
        row.state, row.rank, row.reason = State.PICKED, last + 1, ""
        _save(change, row)
        change.record(facts.SpeechPicked(**_named(row)))


def unpick_speech(meeting: Meeting, *, by: Actor, speech: Speech) -> None:
    """Let a picked speech be an offer again; it leaves the programme unless it has begun."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = _current(change, speech)
        _in_state(row, State.PICKED)
        scheduling.take_off(change, row)
        row.state, row.rank = State.OFFERED, None
        _save(change, row)
        change.record(facts.SpeechUnpicked(**_named(row)))


def return_speech(meeting: Meeting, *, by: Actor, speech: Speech, version: int, reason: str) -> None:
    """Send a speech back to its unit, which reads why and may mend it; a picked one leaves the programme."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = _current(change, speech, version)
        _in_state(row, State.OFFERED, State.PICKED)
        scheduling.take_off(change, row)
        row.state, row.rank, row.reason = State.RETURNED, None, reason
        _save(change, row)
        change.record(facts.SpeechReturned(**_named(row)))


def move_speech(meeting: Meeting, *, by: Actor, speech: Speech, way: str) -> None:
    """Let a picked speech come one place earlier (`up`) or later (`down`)."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = _current(change, speech)
        _in_state(row, State.PICKED)
        order = list(row.call.speeches.filter(state=State.PICKED).order_by("rank", "pk"))
        at = next(n for n, one in enumerate(order) if one.pk == row.pk)
        to = at - 1 if way == "up" else at + 1
        if not 0 <= to < len(order):
            raise OutOfOrder(_("The speech cannot go any further that way."))
        order.insert(to, order.pop(at))
        for rank, one in enumerate(order, start=1):
            one.rank = rank
        Speech.objects.bulk_update(order, ["rank"], batch_size=100)
        change.record(facts.SpeechMoved(**_named(row), place=to + 1))


def schedule_speeches(meeting: Meeting, *, by: Actor, call: SpeechCall) -> int:
    """Put the picked speeches into the programme under their item, or bring them there up to date; return how many."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        row = change.fresh(call)
        picked = list(
            row.speeches.filter(state=State.PICKED).select_related("unit__organisation", "speaker").order_by("rank", "pk")
        )
        if not picked:
            raise OutOfOrder(_("No speech has been picked yet."))
        if not scheduling.bring_up_to_date(change, row, picked):
            raise OutOfOrder(_("The programme holds these speeches already, as they are."))
        rows = [{"id": s.pk, "item": s.item_id, "title": s.title, "name": s.speaker.name if s.speaker else ""} for s in picked]
        title = meeting.items.values_list("title", flat=True).get(pk=row.item_id or 0)
        change.record(facts.SpeechesScheduled(call=row.pk, item=row.item_id or 0, title=title, speeches=rows))
        return len(picked)


def _may_change(change: Transition, call: SpeechCall, unit: AskedUnit) -> None:
    refuse_when_over(change.meeting)
    require_own(change.by, unit)
    if change.by.may(Ability.PREPARE) or not rules.is_over(call, change.now):
        return
    if call.is_closed or call.deadline is None:
        raise OutOfOrder(_("The registration of speeches is closed. Ask the secretariat for a change."))
    moment = timezone.localtime(call.deadline).strftime("%H:%M, %d/%m/%Y")
    raise OutOfOrder(_("The deadline (%(moment)s) has passed. Ask the secretariat for a change.") % {"moment": moment})


def _current(change: Transition, speech: Speech, version: int | None = None) -> Speech:
    row = change.fresh(speech)
    refuse_when_over(change.meeting)
    require_own(change.by, row.unit)
    if version is not None and row.version != version:
        raise OutOfOrder(
            _("%(who)s has changed this speech in the meantime. What you typed stays here; open it again to see the change.")
            % {"who": row.changed_by}
        )
    return row


def _in_state(row: Speech, *states: str) -> None:
    if row.state not in states:
        raise OutOfOrder(_("“%(title)s” stands at “%(state)s” by now.") % {"title": row.title, "state": row.get_state_display()})


def _check(call: SpeechCall, unit: AskedUnit, minutes: int, speaker: Participant | None) -> None:
    if minutes > call.minutes:
        raise OutOfOrder(_("A speech lasts at most %(limit)d minutes here.") % {"limit": call.minutes})
    if speaker is not None and not people_on_the_list(unit).filter(pk=speaker.pk, is_excused=False).exists():
        raise OutOfOrder(_("Choose a speaker of this unit who takes part in the meeting, or name one later."))


def _too_many(count: int) -> Any:
    return ngettext_lazy(
        "A unit offers %(count)d speech at most. Change the one there is, or withdraw it first.",
        "A unit offers %(count)d speeches at most. Change one of them, or withdraw one first.",
        count,
    )


def _save(change: Transition, row: Speech) -> None:
    row.version, row.changed_at, row.changed_by = row.version + 1, change.now, change.by.name
    row.save()


def _named(row: Speech) -> dict[str, Any]:
    return {"speech": row.pk, "call": row.call_id, "unit_name": row.unit.organisation.name, "title": row.title}


def _told(row: Speech) -> dict[str, Any]:
    name = row.speaker.name if row.speaker else ""
    return {**_named(row), "unit": row.unit_id, "name": name, "minutes": row.minutes}
