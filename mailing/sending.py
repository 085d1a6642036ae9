"""Sending what waits in the outbox: each letter once. What nobody can know is left to a person."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from jobs.kinds import periodic
from mailing.composing import composed
from mailing.delivery import is_delivering
from mailing.models import Letter
from mailing.smtp import Broken, Later, Refused, Session, Unsure

logger = logging.getLogger(__name__)
State = Letter.State

#: Seconds of one round; the next begins at once when more waits.
ROUND = 10.0
#: While a letter is being handed over nobody else takes it; longer than all answers of the server together may take.
HELD = timedelta(minutes=5)
#: Minutes until the next try after each temporary refusal; after the last one the letter has failed.
WAITS = (1, 5, 15, 60, 180, 360)


def _waits() -> bool:
    return _lost().exists() or (is_delivering() and _due().exists())


@periodic("mailing.send", every=1.0, waits=_waits)
def send_waiting(still_mine: Callable[[], bool]) -> bool:
    """Send what is due, as fast as the settings allow; tell whether more is due now."""
    with override(settings.LANGUAGE_CODE):
        give_up_lost()
        if not is_delivering() or not _due().exists() or not _room():
            return False
        until = time.monotonic() + ROUND
        try:
            with Session() as session:
                while time.monotonic() < until and _room() and still_mine():
                    letter = _claimed()
                    if letter is None:
                        return False
                    if not _hand_over(session, letter):
                        return False  # the line is gone; the next round opens another
        except Later as reason:  # the server itself is away: that is no letter's fault, and all of them wait
            logger.warning("no mail was sent: %s", reason)
            _put_off_all(str(reason))
            return False
        return _due().exists() and _room() > 0


def give_up_lost() -> None:
    """A letter that was going out when the service was killed is nobody's to send again: a person decides."""
    lost = _lost()
    if lost.exists():
        lost.update(state=State.UNSURE, claim=None, held_until=None, error=_("The service was stopped while it was being sent."))


def hold_after_restore() -> None:
    """After a backup was restored, what waited then may have been sent since: a person decides about each letter."""
    words = _("The data were restored from a backup: it may have been sent since that was made.")
    Letter.objects.filter(state__in=(State.WAITING, State.SENDING)).update(
        state=State.UNSURE, claim=None, held_until=None, error=words
    )


def _lost() -> QuerySet[Letter]:
    return Letter.objects.filter(state=State.SENDING, held_until__lt=timezone.now())


def _due() -> QuerySet[Letter]:
    now = timezone.now()
    waiting = Letter.objects.filter(state=State.WAITING, due_at__lte=now)
    return waiting.exclude(held_until__gte=now).order_by("due_at", "pk")


def _room() -> int:
    """Return how many letters may still go out in this minute."""
    gone = Letter.objects.filter(sent_at__gt=timezone.now() - timedelta(minutes=1)).count()
    return max(0, settings.MAIL_PER_MINUTE - gone)


def _claimed() -> Letter | None:
    """Take the next letter; it still waits, so that it is sent after all if this process is killed before it began to."""
    while (key := _due().values_list("pk", flat=True).first()) is not None:
        claim = uuid.uuid4()
        if _due().order_by().filter(pk=key).update(claim=claim, held_until=timezone.now() + HELD):
            return Letter.objects.get(pk=key)
    return None


def _hand_over(session: Session, letter: Letter) -> bool:
    """Send one letter and write down what came of it; tell whether the line can be used for the next."""

    def about_to_send() -> bool:
        # Committed before the first word goes out. From here on only an answer of the server says what has happened.
        return _write(letter, State.WAITING, state=State.SENDING, held_until=timezone.now() + HELD, attempts=letter.attempts + 1)

    try:
        mail = composed(letter, list(letter.attachments.all()))
    except (ValueError, LookupError) as error:
        logger.exception("letter %s cannot be written as a mail", letter.pk)
        _end(letter, State.FAILED, _("This letter cannot be written as a mail: %(reason)s") % {"reason": str(error)[:200]})
        return True
    try:
        answer = session.send(letter.to, mail, about_to_send=about_to_send)
    except Later as reason:
        _put_off(letter, str(reason))
        return not isinstance(reason, Broken)
    except Refused as reason:
        _end(letter, State.FAILED, str(reason))
        return True
    except Unsure as reason:
        words = _("The line broke while it was being sent: it may have arrived (%(reason)s).")
        _end(letter, State.UNSURE, words % {"reason": reason})
        return False
    if answer:
        _end(letter, State.SENT, "", sent_at=timezone.now())
    return True


def _put_off(letter: Letter, reason: str) -> None:
    tried = Letter.objects.values_list("attempts", flat=True).get(pk=letter.pk)
    tried = max(tried, letter.attempts + 1)
    if tried > len(WAITS):
        words = _("Tried %(times)d times. %(reason)s") % {"times": tried, "reason": reason}
        _end(letter, State.FAILED, words, attempts=tried)
        return
    due = timezone.now() + timedelta(minutes=WAITS[tried - 1])
    _end(letter, State.WAITING, reason, attempts=tried, due_at=due)


def _put_off_all(reason: str) -> None:
    """Let what is due wait for a minute, with the reason on the page; this is not counted against any letter."""
    keys = list(_due().order_by().values_list("pk", flat=True)[:5000])
    Letter.objects.filter(pk__in=keys, state=State.WAITING).update(
        due_at=timezone.now() + timedelta(minutes=1), error=reason[:500]
    )


def _end(letter: Letter, state: str, error: str, **more: object) -> None:
    _write(letter, State.WAITING, State.SENDING, state=state, error=error[:500], claim=None, held_until=None, **more)


def _write(letter: Letter, *present: str, **values: object) -> bool:
    """Write to a letter while it is held; False when it is not any more."""
    return bool(Letter.objects.filter(pk=letter.pk, claim=letter.claim, state__in=present).update(**values))
