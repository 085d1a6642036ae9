"""A paper as it stands: its data (frozen once it is approved), template and layout, what is missing, what is new."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from meetings import clock
from meetings.hashing import canonical
from meetings.models import Meeting
from minutes.models import Minutes, OfficialPaper, PaperTemplate
from minutes.papers import rich
from minutes.papers.data import Bearing, framed_of, said_of
from minutes.papers.data.frame import Said
from minutes.papers.layouts.queries import profile_of
from minutes.papers.setting import set_paper, source_of
from printing import authority
from printing.order import Particulars
from printing.papers import press_html
from printing.profiles import Profile, restored

State = OfficialPaper.State


@dataclass(frozen=True)
class Sheet:
    """All a paper is made of."""

    data: dict[str, Any]
    profile: Profile
    template: PaperTemplate | None
    fields: dict[str, Any]

    @property
    def content_hash(self) -> str:
        """SHA-256 of data, template and layout."""
        source = source_of(self.data["kind"], self.profile, self.template)
        layout = [self.profile.code, dict(self.profile.settings)]
        return hashlib.sha256(canonical([self.data, source, layout]).encode()).hexdigest()

    def html(self) -> str:
        """Return its page; raise PrintingError with a sentence."""
        return set_paper(self.data, self.profile, self.template).html

    def about(self, meeting: Meeting) -> Particulars:
        """Return what its files say about themselves."""
        return Particulars(
            title=f"{self.data['head']['type_name']} {self.data['head']['abstract']}",
            identifier=f"paper:{self.content_hash}",
            dated=timezone.localtime(clock.now(meeting)),
            author=self.data["head"]["issuing_body"].replace("\n", " "),
        )

    def pdf(self, meeting: Meeting) -> bytes:
        """Return it as a PDF with its data inside; raise PrintingError with a sentence."""
        return press_html(self.html(), self.profile, self.about(meeting), [("data.json", "application/json", json_of(self.data))])


def json_of(data: dict[str, Any]) -> bytes:
    """Return data as a file."""
    return unicodedata.normalize("NFC", json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1)).encode()


def today(meeting: Meeting) -> date:
    """Return the day by the meeting's clock."""
    return timezone.localtime(clock.now(meeting)).date()


def current_template(kind: str, profile: str) -> PaperTemplate | None:
    """Return the office's template in use, if it has one."""
    return PaperTemplate.objects.filter(kind=kind, profile=profile, is_current=True).first()


def sheet_of(row: OfficialPaper) -> Sheet:
    """Return what a paper is made of: as it was frozen, or for a draft as everything stands now."""
    if row.data is not None:
        return Sheet(row.data, restored(row.profile, row.data.get("layout", {})), row.template, {})
    return drafted(row, said_of(row.meeting, row.kind, row.words))


def drafted(row: OfficialPaper, said: Said, *, is_draft: bool = True) -> Sheet:
    """Return what a draft is made of, from what it says now; `is_draft` false: as it is frozen."""
    meeting = row.meeting
    profile = profile_of(meeting.organiser, today(meeting))
    bearing = Bearing(**{**vars(Bearing.of(row)), "is_draft": is_draft})
    data = framed_of(meeting, row.kind, said, bearing) | {"layout": dict(profile.settings)}
    return Sheet(data, profile, current_template(row.kind, profile.code), dict(said.fields))


def obstacles(row: OfficialPaper, data: dict[str, Any]) -> list[str]:
    """Return what a draft still needs before it can be approved, in sentences; nothing when it is complete."""
    return list(_obstacles(row, data))


def _obstacles(row: OfficialPaper, data: dict[str, Any]) -> Iterator[str]:
    head, text = data["head"], data["text"]
    if not head["abstract"].strip():
        yield _("Write the abstract.")
    if head["place_date"] and not head["place"].strip(" .…"):
        yield _("Write the place where the paper is dated.")
    yield from _unsigned(row, data)
    if not row.recipients:
        yield _("Choose the recipients: once the paper is approved they cannot be changed.")
    if row.kind == "BB":
        if not Minutes.objects.filter(meeting=row.meeting, state=Minutes.State.APPROVED).exists():
            yield _("Approve the minutes first: their words are those of the paper.")
    elif row.kind in _EMPTY and not _EMPTY[row.kind].has_words(text):
        yield _EMPTY[row.kind].sentence()


@dataclass(frozen=True)
class _Need:
    """What the text of a kind cannot do without: how to see that it is there, and what to say when it is not."""

    has_words: Callable[[dict[str, Any]], bool]
    sentence: Callable[[], str]


def _concludes(text: dict[str, Any]) -> bool:
    return any(part["conclusions"] or not rich.is_blank(part["body"]) for part in text["parts"])


def _has_time_and_place(text: dict[str, Any]) -> bool:
    return {"Thời gian", "Địa điểm"} <= {part["label"] for part in text["parts"]}


_EMPTY = {
    "TB": _Need(_concludes, lambda: _("There is no adopted conclusion. Adopt one, or write what was concluded.")),
    "NQ": _Need(lambda text: bool(text["articles"]), lambda: _("Write what is resolved, or adopt a conclusion.")),
    "CTr": _Need(
        lambda text: bool(text["release"]),
        lambda: _("Release the programme first: a programme that may still change is not approved."),
    ),
    "GM": _Need(_has_time_and_place, lambda: _("Write time and place.")),
    "DS": _Need(lambda text: bool(text["rows"]), lambda: _("There is no delegate yet.")),
}


def _unsigned(row: OfficialPaper, data: dict[str, Any]) -> Iterator[str]:
    if row.kind == "BB":
        if not any(one["signer"] for one in data["signatures"]):
            yield _("Nobody signs the minutes. Write the names in the blocks at their end.")
        return
    if row.kind not in ("CTr", "DS") and not row.signer.strip():
        yield _("Write the name of who signs.")
    if row.kind not in ("CTr", "DS") and not row.post.strip() and not row.authority.strip():
        yield _("Write the post of who signs.")
    kind = authority.kind_of(row.meeting.organiser.name)
    yield from authority.faults("party" if data["body"] == "party" else "state", kind, row.authority)


def news(row: OfficialPaper) -> list[str]:
    """Return what has changed since a paper was approved, in sentences: its data are frozen, the meeting goes on."""
    if row.data is None or row.state == State.RECALLED:
        return []
    now = said_of(row.meeting, row.kind, row.words).sources
    old = row.data.get("sources", {})
    return [_NEWS[name]() for name in now if name in _NEWS and now[name] != old.get(name)]


_NEWS = {
    "programme": lambda: _("The programme has been released anew since this paper was approved."),
    "minutes": lambda: _("The minutes have been changed since this paper was approved."),
    "conclusions": lambda: _("The conclusions have changed since this paper was approved."),
    "delegates": lambda: _("The list of delegates has changed since this paper was approved."),
    "invitation": lambda: _("The words of the invitations have changed since this paper was approved."),
}


def digest_of(row: OfficialPaper) -> str:
    """Return the SHA-256 of what people have written in a paper: the journal holds it."""
    words = [row.abstract, row.words, row.place, row.authority, row.post, row.signer]
    return hashlib.sha256(canonical(words).encode()).hexdigest()
