"""What a person can decide about letters of the outbox, one or many; those for which it makes no sense are passed over."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mailing.delivery import is_delivering
from mailing.models import Letter
from meetings.errors import OutOfOrder
from meetings.journal import office_transition
from meetings.outbox import facts
from meetings.procedure import Ability, Actor

State = Letter.State
RELEASED = (State.FAILED, State.UNSURE, State.KEPT, State.DISCARDED)
DISCARDED = (State.WAITING, State.FAILED, State.UNSURE, State.KEPT)
SETTLED = (State.UNSURE,)


def release_letters(*, by: Actor, letters: Sequence[Letter]) -> None:
    """Let letters be sent that were not, or perhaps not. Where no mail is sent, what was discarded is kept again.

    Raises OutOfOrder where that would change nothing.
    """
    with office_transition(by=by, ability=Ability.SEE_OUTBOX) as change:
        delivering = is_delivering()
        if not delivering and not any(one.state in (State.DISCARDED, State.UNSURE, State.FAILED) for one in letters):
            raise OutOfOrder(_("No mail server is set, so nothing can be sent. An administrator sets DIEMCAU_SMTP_HOST."))
        found = _of(letters, RELEASED)
        state = State.WAITING if delivering else State.KEPT
        Letter.objects.filter(pk__in=[one.pk for one in found]).update(
            state=state, attempts=0, error="", due_at=timezone.now(), claim=None, held_until=None
        )
        change.record(facts.LettersReleased(letters=_told(found)))


def discard_letters(*, by: Actor, letters: Sequence[Letter]) -> None:
    """Let letters not be sent. One that is going out at this moment goes out."""
    with office_transition(by=by, ability=Ability.SEE_OUTBOX) as change:
        found = _of(letters, DISCARDED)
        Letter.objects.filter(pk__in=[one.pk for one in found], state__in=DISCARDED).update(
            state=State.DISCARDED, claim=None, held_until=None
        )
        change.record(facts.LettersDiscarded(letters=_told(found)))


def settle_letters(*, by: Actor, letters: Sequence[Letter]) -> None:
    """Count letters as sent that nobody was sure of."""
    with office_transition(by=by, ability=Ability.SEE_OUTBOX) as change:
        found = _of(letters, SETTLED)
        Letter.objects.filter(pk__in=[one.pk for one in found]).update(
            state=State.SENT, sent_at=Coalesce(F("sent_at"), F("posted_at")), error=""
        )
        change.record(facts.LettersSettled(letters=_told(found)))


def _of(letters: Sequence[Letter], states: Sequence[str]) -> list[Letter]:
    """Return those in one of the states, as they stand now; raise OutOfOrder when there is none."""
    found = list(Letter.objects.filter(pk__in=[one.pk for one in letters], state__in=states).select_for_update().order_by("pk"))
    if not found:
        raise OutOfOrder(_("This cannot be done with any of these letters any more. Reload the page."))
    return found


def _told(letters: Sequence[Letter]) -> list[dict[str, object]]:
    return [{"id": one.pk, "name": one.name, "subject": one.subject} for one in letters]
