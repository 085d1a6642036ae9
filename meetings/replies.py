"""A command takes effect once: its answer is stored in the transaction of its change and given again when asked again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder, Refusal
from meetings.hashing import canonical
from meetings.journal import lock
from meetings.models import Journal, Reply
from meetings.procedure import Actor

USED = _("This command id has been used for something else. Reload the page and try again.")
GONE = _("This meeting has been deleted.")


def fingerprint(command: str, body: dict[str, list[str]]) -> str:
    """Return a hash of what is asked; the order of fields does not matter.

    It is keyed: a body may carry a one-time password, and who reads the table must not be able to try passwords on it.
    """
    return salted_hmac("meetings.replies", canonical([command, body]), algorithm="sha256").hexdigest()


def is_known(command_id: UUID) -> bool:
    """Tell whether this command has its answer already: then nothing needs to be prepared for it."""
    return Reply.objects.filter(pk=command_id).exists()


def once(journal_id: int, command_id: UUID, *, by: Actor, asked: str, run: Callable[[], dict[str, str]]) -> Reply:
    """Run a command on what a journal records, once, and return its stored reply; a repeat returns the first one without running.

    What `run` returns is added to the reply.
    A refusal is rolled back to a savepoint, and kept as the answer too. Raises OutOfOrder (not stored) when the id
    was used for something else or by somebody else, and when the journal has been deleted (a rehearsal that was ended).
    """
    with transaction.atomic():
        try:
            journal = lock(journal_id)
        except Journal.DoesNotExist as gone:  # while the command waited
            raise OutOfOrder(GONE) from gone
        earlier = Reply.objects.filter(pk=command_id).first()
        if earlier is not None:
            return _same(earlier, by, asked, journal_id)
        status, body = _outcome(run)
        if status == 200:
            journal.refresh_from_db()
            body["number"] = journal.head
        reply = Reply(command_id=command_id, journal=journal, account=by.user, fingerprint=asked, status=status, body=body)
        return _stored(reply)


def _stored(reply: Reply) -> Reply:
    try:
        with transaction.atomic():
            reply.save(force_insert=True)
    except IntegrityError as error:  # the same id went to another journal, under another lock, at this very moment
        raise OutOfOrder(USED) from error
    return reply


def _same(earlier: Reply, by: Actor, asked: str, journal_id: int) -> Reply:
    if (earlier.account_id, earlier.fingerprint, earlier.journal_id) != (by.user.pk, asked, journal_id):
        raise OutOfOrder(USED)
    return earlier


def _outcome(run: Callable[[], dict[str, str]]) -> tuple[int, dict[str, Any]]:
    try:
        with transaction.atomic():
            added = run()
    except Refusal as refusal:
        return refusal.status, {"state": "refused", "reason": refusal.reason} | refusal.told
    return 200, {"state": "done"} | added
