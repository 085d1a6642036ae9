"""A unit's file becomes the paper of its speech: what is judged before it is sent, and again under the lock."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.models import Speech
from agenda.speeches.owners import require_own
from attendance.models import AskedUnit
from jobs.models import Job
from meetings import clock
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over
from packets.desk import facts, rows
from packets.handing_in import rules
from packets.handouts.rules import SECRET
from packets.models import Document, HandIn, Upload, Version
from packets.preparing.work import KIND
from packets.uploading import store


def the_paper(change: Transition, wishes: dict[str, Any], size: int) -> tuple[Document, AskedUnit]:
    """Return the paper that a unit's file belongs to, entered where it is new, and the unit; raise a refusal where it may not."""
    speech = speech_under_lock(change, wishes["speech"])
    refuse(change.meeting, speech, by=change.by, size=size)
    secrecy = wishes.get("secrecy") or Document.Secrecy.NORMAL
    found = paper_of(speech)
    if found is None:
        found = rows.new_document(change, title=speech.title, speech=speech, secrecy=secrecy)
        change.record(facts.DocumentAdded(**rows.told(found, change.meeting.items.filter(pk=found.item_id or 0).first())))
    elif secrecy == Document.Secrecy.INTERNAL and found.secrecy == Document.Secrecy.NORMAL:
        found.secrecy, found.edition = secrecy, found.edition + 1
        found.save(update_fields=["secrecy", "edition"])
        change.record(facts.DocumentEdited(**rows.told(found, change.meeting.items.filter(pk=found.item_id or 0).first())))
    return found, speech.unit


def speech_under_lock(change: Transition, key: int) -> Speech:
    """Return a speech as it stands, for the secretariat or the focal point of its unit; raise a refusal for everybody else."""
    found = change.meeting.speeches.select_related("call", "unit__organisation", "hand_in").filter(pk=key).first()
    if found is None:
        raise OutOfOrder(rows.GONE)
    require_own(change.by, found.unit)
    return found


def paper_of(speech: Speech) -> Document | None:
    """Return the paper of a speech that its unit goes on with: the one it has handed in, else one that waits for its file."""
    standing = Document.objects.filter(speech=speech, is_removed=False).exclude(secrecy__in=SECRET).order_by("position", "pk")
    return standing.filter(versions__unit=speech.unit_id).first() or standing.filter(versions=None).first()


def refuse(meeting: Meeting, speech: Speech, *, by: Actor, size: int) -> None:
    """Raise a refusal where a unit hands in no file of this size for a speech now; the secretariat never does so in its name."""
    refuse_when_over(meeting)
    if by.may(Ability.PREPARE):
        raise NotAllowed(rules.AT_THE_DESK)
    require_own(by, speech.unit)
    if not rules.stands(speech):
        raise OutOfOrder(rules.WITHDRAWN)
    leave: HandIn | None = getattr(speech, "hand_in", None)
    if rules.is_late(speech.call, leave, clock.now(meeting)):
        raise OutOfOrder(_late(speech, leave))
    handed = Version.objects.filter(unit=speech.unit_id, document__meeting=meeting)
    if handed.filter(document__speech=speech).count() >= rules.MOST_VERSIONS:
        words = _("%(count)d versions of this paper have been handed in; no more are taken. Ask the secretariat.")
        raise OutOfOrder(words % {"count": rules.MOST_VERSIONS})
    kept = handed.exclude(original="").aggregate(sum=Sum("original_size"))["sum"] or 0
    if kept + size > rules.MOST_BYTES:
        raise OutOfOrder(rules.FULL)
    at_work = Job.objects.filter(name=KIND, scope=meeting.pk, account=by.user, state__in=Job.UNDER_WAY)
    if at_work.count() >= rules.MOST_AT_WORK:
        raise OutOfOrder(rules.MANY)


def _late(speech: Speech, leave: HandIn | None) -> object:
    at = rules.until(speech.call, leave)
    if at is None or (speech.call.is_closed and leave is None):
        return _("The registration of speeches is closed. Ask the secretariat to let you hand in the paper.")
    moment = timezone.localtime(at).strftime("%H:%M, %d/%m/%Y")
    return _("The deadline (%(moment)s) has passed. Ask the secretariat to let you hand in the paper.") % {"moment": moment}


def refuse_many_under_way(meeting: Meeting, speech: Speech, *, size: int) -> None:
    """Raise OutOfOrder where a unit, by all its accounts, is sending too many files at once; what stands still gives way."""
    half = Upload.objects.filter(meeting=meeting, wishes__unit=speech.unit_id, version=None).exclude(wishes__has_key="refused")
    if _are_too_many(half, size):
        for key in half.filter(changed_at__lte=timezone.now() - rules.STILL).values_list("pk", flat=True):
            _let_go(key)
        if _are_too_many(half, size):
            raise OutOfOrder(rules.MANY)


def _are_too_many(half: QuerySet[Upload], size: int) -> bool:
    sizes = list(half.values_list("size", flat=True))
    return len(sizes) >= rules.MOST_UNFINISHED or sum(sizes) + size > rules.MOST_BYTES


def _let_go(key: uuid.UUID) -> None:
    """Forget half a file, unless it goes on at this very moment: whoever sends it later begins anew."""
    with suppress(store.Taken, FileNotFoundError), store.held(key):
        Upload.objects.filter(pk=key).delete()
        store.forget(key)
