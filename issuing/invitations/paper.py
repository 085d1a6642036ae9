"""The letter of invitation as a paper: one for one person, many in one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from issuing.codes import spelled
from issuing.invitations import links
from issuing.invitations.values import Occasion, occasion
from issuing.invitations.wording import filled
from issuing.models import Invitation, InvitationText, IssuedDocument
from meetings import hooks
from meetings.hooks import EntryMark
from meetings.models import Meeting, Participant
from people.spelling import fold
from printing.names import in_lines
from printing.order import Particulars
from printing.papers import Head, Signature, Verification, print_paper
from printing.press import PRESS, Press
from printing.profiles import Profile, in_force
from printing.qr import digits_svg

DRAFT_MARK = "DỰ THẢO"
_LABELS = (
    ("attending", "Tới dự"),
    ("chair", "Chủ trì"),
    ("time", "Thời gian"),
    ("place", "Địa điểm"),
    ("content", "Nội dung"),
)


@dataclass(frozen=True)
class Letter:
    """What all letters of a meeting share: the words, the number (none yet: a draft), the layout."""

    meeting: Meeting
    text: InvitationText
    paper: IssuedDocument | None
    told: Occasion
    profile: Profile
    marks: Mapping[int, EntryMark] = field(default_factory=dict)

    def print(self, participant: Participant, invitation: Invitation | None, press: Press = PRESS) -> bytes:
        """Return the PDF for one participant, who is at hand with the bridge point."""
        values = self.told.values_for(participant)
        said = {name: filled(getattr(self.text, name), values).strip() for name in _FIELDS}
        address = links.address_of(invitation) if invitation else ""
        context = {
            "head": self._head(said["abstract"]),
            "opening": said["opening"],
            "invited": said["invited"],
            "parts": [(label, said[name]) for name, label in _LABELS if said[name].strip(" .,;")],
            "requirements": said["requirements"],
            "answer": said["reply"],
            "closing": said["closing"].rstrip("./ ") and said["closing"].rstrip("./ ") + self.profile.end_mark,
            "signatures": [Signature(said["authority"], said["post"], said["signer"])],
            "recipients": [line.strip(" -;,.") for line in said["recipients"].splitlines() if line.strip(" -;,.")],
            "reply": Verification(address, "") if address else None,
            "enter": EnterBy(mark) if invitation and (mark := self.marks.get(participant.pk)) else None,
            "code": spelled(self.paper.code) if self.paper else "",
            "check_address": check_address(self.paper) if self.paper else "",
        }
        about = Particulars(
            title=f"Giấy mời {self.told.title} – {participant.name}",
            identifier=f"invitation:{participant.pk}:{invitation.nonce if invitation else ''}:{timezone.now().isoformat()}",
            dated=timezone.localtime(),
            author=self.told.body,
        )
        template = f"issuing/printing/invitation_{self.profile.body}.html"
        return print_paper(template, context, profile=self.profile, about=about, press=press)

    def _head(self, abstract: str) -> Head:
        organiser, issued = self.meeting.organiser, self.paper
        return Head(
            issuing_body=in_lines(organiser.name),
            parent_body=in_lines(organiser.parent.name) if organiser.parent else "",
            type_name="Giấy mời",
            abstract=abstract,
            number=issued.symbol if issued else "",
            place=self.text.dated_at,
            on=issued.dated if issued else timezone.localdate(),
            draft_mark="" if issued else DRAFT_MARK,
            demonstration=self.meeting.is_demonstration,
        )


@dataclass(frozen=True)
class EnterBy:
    """What a letter shows of the right to enter."""

    mark: EntryMark

    @property
    def qr(self) -> SafeString:
        """The QR code as inline SVG."""
        return digits_svg(self.mark.code, "Mã vào hội nghị")


_FIELDS = (
    "abstract", "opening", "invited", *(name for name, _label in _LABELS), "requirements", "reply", "closing", "authority",
    "post", "signer", "recipients",
)  # fmt: skip


def letter(
    meeting: Meeting, text: InvitationText, paper: IssuedDocument | None, participants: Collection[Participant] = ()
) -> Letter:
    """Return what the letters of a meeting share, and what opens the door to these participants.

    Raises NoProfile when no layout is known for the meeting's body, OutOfOrder when what opens the door cannot be made.
    """
    day: date = paper.dated if paper else timezone.localdate()
    told = occasion(meeting, text, number=paper.symbol if paper else "", dated=day)
    profile = in_force("party" if meeting.organiser.body == "party" else "state", day)
    marks = (
        {pk: mark for answer in hooks.entry_marks for pk, mark in answer(meeting, participants).items()} if participants else {}
    )
    return Letter(meeting, text, paper, told, profile, marks)


def check_address(paper: IssuedDocument) -> str:
    """Return the whole address of the page that says what the register holds of a paper."""
    return settings.PUBLIC_URL + reverse("issuing:check", args=[paper.code])


def zipped(papers: Sequence[tuple[str, bytes]]) -> bytes:
    """Return a ZIP of files by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, data in papers:
            package.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def file_name(number: int, participant: Participant) -> str:
    """Return the name of one letter in a ZIP: in order, plain letters alone, whatever somebody is called."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in fold(participant.name))
    return f"{number:04d}-{'-'.join(filter(None, plain.split('-')))[:60] or 'dai-bieu'}.pdf"
