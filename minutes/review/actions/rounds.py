"""Rounds of a review: opened to bridge points and people with a deadline, extended, reminded of, agreed to, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.rehearsal.rules import is_rehearsal, refuse_letters
from minutes.blocks.desk import minutes_of, refuse_approved
from minutes.blocks.overlay import current, standing
from minutes.models import Circulated, Circulation
from minutes.review import facts, letters, passages, rules
from minutes.review.readers import accounts_of, code_of, reachable


def open_circulation(
    meeting: Meeting, *, by: Actor, bridge_points: Sequence[BridgePoint] = (), participants: Sequence[Participant] = (),
    everywhere: bool = False, deadline: datetime, note: str = "",
) -> Circulation:  # fmt: skip
    """Circulate the minutes as they stand now. `everywhere`: to every bridge point of the highest level but the central hall."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        minutes = minutes_of(change)
        refuse_approved(minutes)
        if minutes.circulations.filter(closed_at=None).exists():
            raise OutOfOrder(_("The minutes are being read already. Close that round first, then begin the next one."))
        rules.refuse_past(deadline, change.now)
        told = standing(current(change.meeting, minutes))
        sites = list(meeting.bridge_points.filter(parent=None, is_central=False)) if everywhere else []
        known = {site.pk for site in sites}
        sites += [site for site in bridge_points if site.pk not in known]
        if not sites and not participants:
            raise OutOfOrder(_("Choose who shall read the minutes: bridge points, or people by name."))
        row = Circulation.objects.create(
            minutes=minutes, number=minutes.circulations.count() + 1, revision=minutes.revision,
            snapshot=passages.taken_of(told), note=note, deadline=deadline, opened_at=change.now, opened_by=by.name,
        )  # fmt: skip
        readers = [Circulated(circulation=row, bridge_point=site, name=site.name) for site in sites]
        readers += [Circulated(circulation=row, participant=one, name=one.name) for one in participants]
        readers = Circulated.objects.bulk_create(readers)
        entry = change.record(
            facts.CirculationOpened(
                number=row.number, revision=row.revision, deadline=passages.moment_of(row.deadline),
                readers=[[code_of(one), one.name] for one in readers], digest=passages.digest_of(row.snapshot),
            )
        )  # fmt: skip
        if not is_rehearsal(meeting):
            letters.ask_to_post(change, row, [one.pk for one in readers], letter=letters.ASKING, entry=entry.number)
        return row


def extend_circulation(meeting: Meeting, *, by: Actor, circulation: Circulation, deadline: datetime) -> None:
    """Give all its readers until a later moment; one whose time is over goes on."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        row = _open_one(change, circulation)
        rules.refuse_past(deadline, change.now)
        if deadline <= row.deadline:
            raise OutOfOrder(_("The new deadline is not later than the one there is. Readers have been told that one."))
        row.deadline = deadline
        row.save(update_fields=["deadline"])
        change.record(facts.CirculationExtended(number=row.number, deadline=passages.moment_of(deadline)))


def remind_circulation(meeting: Meeting, *, by: Actor, circulation: Circulation, readers: Sequence[Circulated] = ()) -> None:
    """Remind readers who have said nothing yet, all or some, by mail where an address is known."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        row = _open_one(change, circulation)
        refuse_letters(meeting)
        rules.refuse_late(row, change.now)
        chosen = {one.pk for one in readers}
        silent = [one for one in rules.silent_readers(row) if not chosen or one.pk in chosen]
        if not silent:
            raise OutOfOrder(_("There is nobody to remind: all of them have said something."))
        accounts = accounts_of(silent)
        mailed = [one.pk for one in silent if reachable(accounts[one.pk])]
        if not mailed:
            raise OutOfOrder(_nobody_reached(len(silent)) % {"count": len(silent)})
        entry = change.record(facts.CirculationReminded(number=row.number, readers=len(silent), mailed=len(mailed)))
        letters.ask_to_post(change, row, mailed, letter=letters.REMINDING, entry=entry.number)


def agree_circulation(meeting: Meeting, *, by: Actor, reader: Circulated) -> None:
    """Say, as a reader, that there is no further remark."""
    with transition(meeting, by=by, ability=Ability.REMARK_ON_MINUTES) as change:
        row = rules.own_reader(change, reader)
        rules.refuse_closed(row.circulation)
        rules.refuse_late(row.circulation, change.now)
        if row.agreed_at is not None:
            raise OutOfOrder(_("This has been said already: no further remark."))
        row.agreed_at, row.agreed_by = change.now, by.name
        row.opened_at = row.opened_at or change.now
        row.save(update_fields=["agreed_at", "agreed_by", "opened_at"])
        change.record(facts.CirculationAgreed(number=row.circulation.number, reader=code_of(row), name=row.name))


def close_circulation(meeting: Meeting, *, by: Actor, circulation: Circulation) -> None:
    """End a round: nothing more is taken, answers can still be given."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        row = _open_one(change, circulation)
        row.closed_at = change.now
        row.save(update_fields=["closed_at"])
        said = list(row.readers.values_list("opened_at", "agreed_at"))
        opened, agreed = (sum(1 for one in said if one[at] is not None) for at in (0, 1))
        change.record(facts.CirculationClosed(number=row.number, readers=len(said), opened=opened, agreed=agreed))


def _open_one(change: Transition, circulation: Circulation) -> Circulation:
    """Return a round as it stands under the lock; raise OutOfOrder when it has been closed."""
    row = Circulation.objects.select_related("minutes").get(pk=circulation.pk, minutes__meeting=change.meeting)
    rules.refuse_closed(row)
    return row


def _nobody_reached(count: int) -> str:
    return ngettext_lazy(  # type: ignore[return-value]
        "%(count)d reader has said nothing yet, without an account with a mail address. Who it is stands on the list: call them.",
        "%(count)d readers have said nothing yet, none of them with an account and a mail address. Who they are stands on the "
        "list: call them.",
        count,
    )
