"""A paper set in type before anything is recorded: printing takes seconds, and the journal's lock is not held meanwhile."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings import clock
from meetings.errors import OutOfOrder
from meetings.hashing import canonical
from meetings.models import Meeting
from minutes.heads import in_lines
from minutes.layout import Sheet, laid_out
from minutes.models import Minutes, MinutesBlock, Print
from printing.errors import PrintingError
from printing.order import Particulars
from printing.papers import Head, Signature, Verification, day_in_words, print_paper
from printing.profiles import Profile, last_known

CODE_BYTES = 16
DRAFT_MARK = "DỰ THẢO"


@dataclass(frozen=True)
class Proof:
    """A paper set in type from one revision. `pdf` is empty when the very same paper is kept already."""

    revision: int
    state: str
    content_hash: str
    profile: str
    code: str = ""
    pdf: bytes = b""

    @property
    def sha256(self) -> str:
        """Hash of the file."""
        return hashlib.sha256(self.pdf).hexdigest()


def new_code() -> str:
    """Return 128 random bits as 26 capital letters and figures."""
    return base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().rstrip("=")


def spelled(code: str) -> str:
    """Return a code in groups of four, as people read and type it."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def address(code: str) -> str:
    """Return the whole address of the page that checks a paper."""
    return f"{settings.PUBLIC_URL}{reverse('minutes:check', args=[code])}"


def paper_day(meeting: Meeting) -> date:
    """Return the date a meeting's minutes bear: the day it ended, or began."""
    return timezone.localtime(meeting.adjourned_at or meeting.opened_at or clock.now(meeting)).date()


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
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        raise OutOfOrder(_("There is no draft of the minutes yet. Make it first."))
    blocks = list(minutes.blocks.all())
    try:
        profile = last_known("party", paper_day(meeting))
        fingerprint = _fingerprint(meeting, minutes, blocks, profile)
        proof = Proof(minutes.revision, minutes.state, fingerprint, profile.code)
        if kept(minutes, fingerprint):
            return proof
        code, dated = new_code(), day_in_words(paper_day(meeting))
        return Proof(**{**vars(proof), "code": code, "pdf": _print(meeting, minutes, laid_out(blocks, dated), profile, code)})
    except PrintingError as error:
        raise OutOfOrder(str(error)) from error


def _fingerprint(meeting: Meeting, minutes: Minutes, blocks: Sequence[MinutesBlock], profile: Profile) -> str:
    words = [[block.kind, block.key, block.heading, block.text] for block in blocks]
    day = paper_day(meeting).isoformat()
    about = [minutes.state, minutes.drafted_up_to, meeting.kind, day, profile.code, settings.PUBLIC_URL]
    return hashlib.sha256(canonical([about, words]).encode()).hexdigest()


def _print(meeting: Meeting, minutes: Minutes, sheet: Sheet, profile: Profile, code: str) -> bytes:
    context = {
        "head": _head(meeting, minutes, sheet),
        "parts": sheet.body,
        "minutes": minutes,
        "annexes": sheet.annexes,
        "signatures": [Signature(authority=one.heading, name=one.text) for one in sheet.signatures],
        "verification": Verification(address(code), spelled(code)),
    }
    title = f"Biên bản {sheet.head['abstract'].text}"
    about = Particulars(
        title=title, identifier=f"minutes:{code}", dated=timezone.localtime(clock.now(meeting)), author=sheet.head["issuer"].text
    )
    return print_paper("minutes/printing/paper.html", context, profile=profile, about=about)


def _head(meeting: Meeting, minutes: Minutes, sheet: Sheet) -> Head:
    words = sheet.head
    return Head(
        parent_body=in_lines(words["issuer"].heading),
        issuing_body=in_lines(words["issuer"].text),
        number=words["number"].text,
        place=words["place"].text,
        on=paper_day(meeting),
        type_name="Biên bản",
        abstract=words["abstract"].text,
        draft_mark="" if minutes.state == Minutes.State.APPROVED else DRAFT_MARK,
        demonstration=meeting.is_demonstration,
    )
