"""Working copies: what somebody is typing and has not saved, kept on the server too. Soft: no entry of the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from minutes.models import Minutes, WorkingCopy
from people.models import User

if TYPE_CHECKING:
    from texts.nodes import Doc

#: After so long without a sign of life nobody is writing there any more.
PRESENT = timedelta(seconds=12)
#: Key of what is typed for a block that is not added yet: behind which block.
NEW = "new:"


@dataclass(frozen=True)
class Typed:
    """What a browser has of one block: over which version, how many-th state, the words (nothing: only looking at it)."""

    version: int
    serial: int
    heading: str
    body: Doc | None


def keep(minutes: Minutes, key: str, account: User, typed: Typed) -> WorkingCopy:
    """Keep what is typed, unless a newer state of it is kept already; return what is kept then.

    The same state again is a sign of life, and changes nothing else.
    """
    with transaction.atomic():
        kept, made = WorkingCopy.objects.select_for_update().get_or_create(
            minutes=minutes, key=key, account=account, defaults={**vars(typed), "at": timezone.now()}
        )
        if made or typed.serial < kept.serial:
            return kept
        if typed.serial > kept.serial:
            kept.version, kept.serial, kept.heading, kept.body = typed.version, typed.serial, typed.heading, typed.body
        kept.at = timezone.now()
        kept.save()
        return kept


def discard(minutes: Minutes, key: str, account: User, serial: int) -> None:
    """Forget what was typed up to a state: one that comes late, after its words were saved, is then no copy any more.

    What was typed further meanwhile, in another window, is newer than what was saved or thrown away: it stays.
    """
    with transaction.atomic():
        kept = WorkingCopy.objects.select_for_update().filter(minutes=minutes, key=key, account=account).first()
        if (kept is None and not serial) or (kept is not None and kept.body is not None and kept.serial > serial):
            return
        kept = kept or WorkingCopy(minutes=minutes, key=key, account=account)
        kept.serial, kept.heading, kept.body = max(kept.serial, serial) + 1, "", None
        kept.at = timezone.now() - 10 * PRESENT
        kept.save()


def of(minutes: Minutes | None, account: User) -> dict[str, WorkingCopy]:
    """Return what an account has typed and not saved, by block."""
    if minutes is None:
        return {}
    return {copy.key: copy for copy in minutes.working_copies.filter(account=account, body__isnull=False)}


def writers(minutes: Minutes | None, besides: User) -> dict[str, list[str]]:
    """Return who else is at which block at this moment, by name."""
    if minutes is None:
        return {}
    since: datetime = timezone.now() - PRESENT
    found: dict[str, list[str]] = {}
    here = minutes.working_copies.filter(at__gte=since).exclude(account=besides).select_related("account__person")
    for copy in here.order_by("account_id"):
        found.setdefault(copy.key, []).append(copy.account.display_name)
    return found
