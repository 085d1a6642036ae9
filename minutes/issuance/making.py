"""The PDF and the DOCX of a paper with its number, date and code: the frozen data, the template and layout of its approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from minutes.models import OfficialPaper
from minutes.papers.data import issued
from minutes.papers.present import json_of
from minutes.papers.setting import set_paper
from printing import word
from printing.order import Particulars
from printing.papers import press_html
from printing.profiles import Profile, restored


@dataclass(frozen=True)
class Sheet:
    """A paper as one page, ready for the press and for Word."""

    html: str
    profile: Profile
    about: Particulars
    data: bytes

    def pdf(self) -> bytes:
        """Return the PDF, with the data inside it as JSON; raise PrintingError."""
        return press_html(self.html, self.profile, self.about, [("data.json", "application/json", self.data)])

    def docx(self) -> bytes:
        """Return the same for Word; raise PrintingError."""
        return word.docx(self.html, self.profile, self.about)


def sheet_of(row: OfficialPaper, *, symbol: str, dated: date, code: str) -> Sheet:
    """Return the page of an approved paper; raise PrintingError with a sentence for people.

    `symbol`: number and symbol (05-TB/VPTW), nothing for a kind without numbers.
    """
    address = settings.PUBLIC_URL + reverse("minutes:check", args=[code])
    data = issued(row.data or {}, number=symbol, dated=dated, code=code, address=address)
    profile = profile_of(row)
    about = Particulars(
        title=" ".join(filter(None, (data["head"]["type_name"], symbol, data["head"]["abstract"]))),
        identifier=f"official:{code}",
        dated=timezone.make_aware(datetime.combine(dated, time())),
        author=row.meeting.organiser.name,
    )
    return Sheet(set_paper(data, profile, row.template).html, profile, about, json_of(data))


def profile_of(row: OfficialPaper) -> Profile:
    """Return the layout a paper was approved under, with the office's numbers of that time."""
    return restored(row.profile, (row.data or {}).get("layout", {}))
