"""A paper set in type before anything is recorded: printing takes seconds, and the journal's lock is not held meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from issuing.codes import new_code
from meetings.errors import OutOfOrder
from meetings.hashing import canonical
from meetings.models import Meeting
from minutes.blocks.overlay import Current, current, standing
from minutes.blocks.telling import told_of
from minutes.models import Minutes, Print
from minutes.papers.data.bearing import paper_day
from minutes.papers.layouts.queries import profile_of
from minutes.papers.present import current_template
from minutes.papers.printed import pdf_of_minutes
from printing.errors import PrintingError
from printing.profiles import Profile


@dataclass(frozen=True)
class Proof:
    """A paper set in type from one revision. `pdf` is empty when the very same paper is kept already."""

    revision: int
    state: str
    content_hash: str
    profile: str
    code: str = ""
    pdf: bytes = b""
    up_to: int = 0  # the journal's last entry that is told in it

    @property
    def sha256(self) -> str:
        """Hash of the file."""
        return hashlib.sha256(self.pdf).hexdigest()


def address(code: str) -> str:
    """Return the whole address of the page that checks a paper."""
    return f"{settings.PUBLIC_URL}{reverse('minutes:check', args=[code])}"


def kept(minutes: Minutes, content_hash: str) -> Print | None:
    """Return the print of exactly this content, if there is one whose file is whole."""
    found = minutes.prints.filter(content_hash=content_hash).first()
    return found if found and bytes_of(found) is not None else None


def bytes_of(paper: Print) -> bytes | None:
    """Return the file of a print; nothing when it is gone or no longer the one that was printed."""
    try:
        with paper.file.open("rb") as file:
            found: bytes = file.read()
    except OSError:
        return None
    return found if hashlib.sha256(found).hexdigest() == paper.sha256 else None


def take(meeting: Meeting) -> Proof:
    """Set the minutes in type as they stand; raise OutOfOrder with a sentence when there are none or the press fails."""
    if meeting.opened_at is None:
        raise OutOfOrder(_("The meeting has not been opened yet."))
    minutes = Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)
    told = told_of(meeting)
    blocks = standing(current(meeting, minutes if minutes.pk else None, told))
    try:
        profile = profile_of(meeting.organiser, paper_day(meeting))
        fingerprint = _fingerprint(meeting, minutes, blocks, profile)
        proof = Proof(minutes.revision, minutes.state, fingerprint, profile.code, up_to=told.number)
        if minutes.pk and kept(minutes, fingerprint):
            return proof
        code, day = new_code(), paper_day(meeting)
        pdf = pdf_of_minutes(meeting, minutes, blocks, profile, dated=day, code=code, address=address(code))
        return Proof(**{**vars(proof), "code": code, "pdf": pdf})
    except PrintingError as error:
        raise OutOfOrder(str(error)) from error


def _fingerprint(meeting: Meeting, minutes: Minutes, blocks: Sequence[Current], profile: Profile) -> str:
    words = [[block.kind, block.key, block.heading, block.text, *([block.doc] if block.doc else [])] for block in blocks]
    day = paper_day(meeting).isoformat()
    template = current_template("BB", profile.code)
    layout = [profile.code, dict(profile.settings), template.revision if template else 0]
    about = [minutes.state, meeting.kind, day, layout, settings.PUBLIC_URL]
    return hashlib.sha256(canonical([about, words]).encode()).hexdigest()
