"""Until when a unit hands in the paper of a speech, how much, and how far what it has handed in is. Pure, on fetched rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from agenda.models import Speech, SpeechCall
from agenda.speeches.rules import is_over
from copies.refusals import sentence_of
from jobs.models import Job
from packets.models import HandIn, Version

MIB = 1024 * 1024
#: Versions of the paper of one speech that its unit hands in.
MOST_VERSIONS = 20
#: What a unit keeps here in a meeting, and has under way at once: papers of speeches, not an archive.
MOST_BYTES = 1024 * MIB
MOST_UNFINISHED = 5
#: Reading copies that an account has asked for and that are not made yet: those of the secretariat wait behind them.
MOST_AT_WORK = 20
#: A half file of which nothing has come for so long gives way: whoever closed the window keeps no colleague from sending.
STILL = timedelta(minutes=10)

#: Said to a unit whose paper is secret; nothing of the file is kept.
NO_FILE = _(
    "A secret paper (Mật, Tối mật, Tuyệt mật) may not be kept in a system that is connected to a network: no file was taken. "
    "Tell the secretariat: it is handed out on paper and collected after the meeting."
)
AT_THE_DESK = _("This page takes the files of the unit. Yours are taken on the desk of papers.")
WITHDRAWN = _("This speech has been withdrawn: its paper is not handed in any more.")
MANY = _("You are sending too many files at once. Let those under way arrive, then send the rest.")
FULL = _("Your unit has no room left for files in this meeting. Hand in a smaller file, or ask the secretariat.")


def until(call: SpeechCall, leave: HandIn | None) -> datetime | None:
    """Return until when a unit hands in: the deadline of all, or later where that was granted; nothing: until it is closed."""
    granted = leave.until if leave else None
    if call.deadline is None and not call.is_closed:
        return None
    return max((at for at in (call.deadline, granted) if at is not None), default=None)


def is_late(call: SpeechCall, leave: HandIn | None, now: datetime) -> bool:
    """Tell whether a unit hands in no more unless the secretariat grants it."""
    granted = leave is not None and leave.until is not None and now <= leave.until
    return is_over(call, now) and not granted


def stands(speech: Speech) -> bool:
    """Tell whether a speech is still offered, by a unit that is still asked."""
    return speech.state != Speech.State.WITHDRAWN and not speech.unit.is_withdrawn


@dataclass(frozen=True)
class Standing:
    """How far a version is, as its unit is told: a word, its tone, and a sentence; `is_moving`: it will change by itself."""

    word: Any
    tone: str = ""
    sentence: Any = ""
    is_moving: bool = False


def standing_of(version: Version | None, *, job: Job | None = None, is_open: bool = False, is_replaced: bool = False) -> Standing:
    """Return how far a version handed in is.

    `job` makes its reading copy; `is_open`: its paper is released to somebody; `is_replaced`: its unit has handed in a newer one.
    """
    if version is None:
        return Standing(_("Not handed in yet"))
    if not version.is_readable:
        return _without_copy(version, job)
    if version.state == Version.State.RELEASED:
        return Standing(_("Released"), "ok") if is_open else Standing(_("Recalled"), "warn")
    if is_replaced:
        return Standing(_("Replaced by a newer version"))
    return {
        Version.State.DRAFT: Standing(_("Ready"), "ok", _("It can be read. The secretariat has it and looks it through.")),
        Version.State.CHECKED: Standing(_("Checked"), "ok"),
        Version.State.APPROVED: Standing(_("Approved"), "ok"),
    }[Version.State(version.state)]


def _without_copy(version: Version, job: Job | None) -> Standing:
    if version.copy == Version.Copy.REFUSED:
        return Standing(_("Cannot be read"), "bad", sentence_of(version.refusal))
    if job is not None and job.state in (Job.State.FAILED, Job.State.CANCELLED):
        return Standing(_("Preparation has stopped"), "bad", _("Tell the secretariat, or hand the file in once more later."))
    return Standing(_("Being prepared"), is_moving=True)
