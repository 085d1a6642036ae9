"""What a paper bears besides its text: abstract, place and date, who signs and for whom, who gets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from meetings import clock
from meetings.models import Meeting
from minutes.papers.kinds import ALL_SITES
from people.models import Organisation
from printing.names import town

if TYPE_CHECKING:
    from minutes.models import OfficialPaper


@dataclass(frozen=True)
class Bearing:
    """As on `OfficialPaper`. `number` is whole (05-TB/VPTW) or empty; a paper without `dated` is a draft."""

    abstract: str
    place: str = ""
    authority: str = ""
    post: str = ""
    signer: str = ""
    recipients: Sequence[Mapping[str, Any]] = field(default_factory=list)
    number: str = ""
    dated: date | None = None
    is_draft: bool = True
    language: str = "vi"

    @classmethod
    def of(cls, paper: OfficialPaper) -> Bearing:
        """Return what an official paper bears."""
        return cls(
            abstract=paper.abstract, place=paper.place, authority=paper.authority, post=paper.post, signer=paper.signer,
            recipients=paper.recipients, dated=paper.dated or _own_day(paper), is_draft=paper.state == "draft",
        )  # fmt: skip


def paper_day(meeting: Meeting) -> date:
    """Return the date a meeting's minutes bear: the day it ended, or began."""
    return timezone.localtime(meeting.adjourned_at or meeting.opened_at or clock.now(meeting)).date()


def _own_day(paper: OfficialPaper) -> date | None:
    """Return the date a draft bears before anybody has chosen one: minutes have their day, other papers leave it open."""
    return paper_day(paper.meeting) if paper.kind == "BB" and paper.meeting.opened_at else None


def bearing_for(meeting: Meeting, kind: str) -> Bearing:
    """Return what a new paper of a meeting bears until somebody writes something else."""
    return Bearing(abstract=_abstract(meeting, kind), place=town(meeting.place), recipients=_recipients(meeting, kind))


def _abstract(meeting: Meeting, kind: str) -> str:
    title = " ".join(meeting.title.split())
    party = meeting.organiser.body == Organisation.Body.PARTY
    match kind:
        case "TB":
            return f"{'kết luận' if party else 'Kết luận'} {_lowered(title)}"
        case "NQ":
            return f"{'về kết quả' if party else 'Về kết quả'} {_lowered(title)}"
        case "GM":
            return f"{'dự' if party else 'Dự'} {_lowered(title)}"
        case "DS":
            return f"{'dự' if party else 'Dự'} {_lowered(title)}"
    return title


def _lowered(title: str) -> str:
    """Return a title as it stands behind another word: “hội nghị …”, a name in capitals as it is."""
    first = title.split(" ", 1)[0]
    return title[0].lower() + title[1:] if title and not first.isupper() else title


def _recipients(meeting: Meeting, kind: str) -> list[dict[str, Any]]:
    if kind in ("CTr", "DS"):  # unsigned, their recipients stand on no paper: whoever sits at a bridge point needs both
        return [_line("sites", ALL_SITES)]
    party = meeting.organiser.body == Organisation.Body.PARTY
    first = "Như trên" if kind == "GM" else "Các đơn vị, địa phương dự Hội nghị"
    archive = f"Lưu {meeting.organiser.name}" if party else "Lưu: VT"
    if kind == "BB":
        return [_line("archive", "Lưu hồ sơ Hội nghị" if party else "Lưu: VT, Hồ sơ")]
    return [_line("sites", first), _line("archive", archive)]  # in these words, to every bridge point


def _line(kind: str, name: str) -> dict[str, Any]:
    return {"kind": kind, "id": "", "name": name}
