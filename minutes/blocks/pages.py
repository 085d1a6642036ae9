"""What the page of the minutes shows: its blocks in words and buttons, what one has typed, who else writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Case, Q, Sum, When
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from agenda.models import FloorRequest
from attendance.queries import SORTS, search
from meetings import clock
from meetings.models import COUNTED_ROLES, Journal, Meeting, Participant, Role
from meetings.procedure import Ability, Actor
from minutes import proofs
from minutes.approving import obstacles
from minutes.blocks import copies, saying
from minutes.blocks.overlay import Current, current
from minutes.blocks.telling import Told, told_of
from minutes.drafted import ANNEX, HEAD, SIGNATURE
from minutes.layout import Part, laid_out
from minutes.models import Minutes, WorkingCopy
from people.models import Organisation
from printing.papers import day_in_words
from texts.writing import html

FOUND = 12  # people a search for a speaker shows
#: Lines of the head, as the reader of a screen hears of them.
LINES = {
    "issuer": _("Issuing body"),
    "number": _("Number of the paper"),
    "place": _("Town of the date line"),
    "abstract": _("Title"),
}


@dataclass(frozen=True)
class Shown:
    """One block on the page: as on the paper, and what the reader may do with it."""

    block: Current
    part: Part | None = None
    is_running: bool = False
    copy: WorkingCopy | None = None
    typed_at: datetime | None = None  # when the copy was kept, by the meeting's clock

    @property
    def label(self) -> str:
        """How the block is called where its words are not seen: by who hears the buttons only."""
        block = self.block
        named = str(LINES.get(block.key, "")) if block.kind == HEAD else block.heading
        return named or Truncator(" ".join(block.text.split())).chars(60)

    @property
    def stamp(self) -> str:
        """Differs when anything that is seen of it has."""
        about = [self.block.stamp, self.is_running, self.copy.serial if self.copy else 0, self.part.note if self.part else ""]
        return sha256(repr(about).encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Lost:
    """Words somebody typed for a block that is not on the page, or in which nobody writes any more: the minutes are approved."""

    key: str
    at: datetime
    html: SafeString
    heading: str = ""


@dataclass(frozen=True)
class Page:
    """The blocks of a meeting as one reader sees them."""

    told: Told
    is_state: bool = False  # minutes of a State body, which have another head
    shown: list[Shown] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)  # what the reader typed for blocks that are not there, or not there yet

    @property
    def head(self) -> dict[str, Shown]:
        """What stands above the text."""
        return {one.block.key: one for one in self.shown if one.block.kind == HEAD}

    @property
    def body(self) -> list[Shown]:
        """The text."""
        return [one for one in self.shown if one.block.kind not in (HEAD, SIGNATURE, ANNEX)]

    @property
    def signatures(self) -> list[Shown]:
        """Who signs."""
        return [one for one in self.shown if one.block.kind == SIGNATURE]

    @property
    def annexes(self) -> list[Shown]:
        """What is annexed."""
        return [one for one in self.shown if one.block.kind == ANNEX]

    @property
    def notes_after(self) -> str:
        """The key of the block under which notes go: the item that is on, else the last one that was, else the course."""
        points = [one.block.key for one in self.shown if one.block.key.startswith("item:")]
        return self.told.running or (points[-1] if points else "course")

    @property
    def proposals(self) -> list[Shown]:
        """Blocks for which the journal has newer words that nobody has judged."""
        return [one for one in self.shown if one.block.proposal]

    @property
    def written(self) -> int:
        """How many blocks have words of people."""
        return sum(one.block.is_written for one in self.shown)


def read_page(meeting: Meeting, actor: Actor, minutes: Minutes | None) -> Page:
    """Read the blocks of a meeting for a reader."""
    is_approved = minutes is not None and minutes.state == Minutes.State.APPROVED
    told = Told() if is_approved else told_of(meeting)
    blocks = current(meeting, minutes, told) if is_approved or told.blocks else []
    sheet = laid_out(blocks, day_in_words(proofs.paper_day(meeting)))
    parts = {part.block.key: part for part in (*sheet.body, *sheet.annexes)}
    typed = copies.of(minutes, actor.user) if actor.may(Ability.WRITE_MINUTES) else {}
    at = {key: clock.at(meeting, copy.at) for key, copy in typed.items()}
    shown = [Shown(one, parts.get(one.key), one.key == told.running, typed.get(one.key), at.get(one.key)) for one in blocks]
    keys = set() if is_approved else {block.key for block in blocks}
    lost = [Lost(key, at[key], html(copy.body or {}), copy.heading) for key, copy in typed.items() if key not in keys]
    return Page(told, meeting.organiser.body == Organisation.Body.STATE, shown, lost)


def page_of(meeting: Meeting, actor: Actor, minutes: Minutes | None, page: Page | None = None) -> dict[str, Any]:
    """Return the context of the page, and of any of its blocks."""
    page = page or read_page(meeting, actor, minutes)
    is_open = minutes is None or minutes.state == Minutes.State.DRAFT
    may_write = is_open and actor.may(Ability.WRITE_MINUTES) and bool(page.shown)
    is_over = is_open and meeting.state == Meeting.State.ADJOURNED
    return {
        "obstacles": obstacles(minutes, [one.block for one in page.shown]) if is_over else [],
        "minutes": minutes or Minutes(meeting=meeting),
        "page": page,
        "is_open": is_open,
        "may_write": may_write,
        "paper_day": day_in_words(proofs.paper_day(meeting)),
        "stamp": stamp_of(page.shown),
        "lost": page.lost if actor.may(Ability.WRITE_MINUTES) else [],
        "phrases": saying.PHRASES,
        "near": speakers_near(meeting) if may_write else [],
        "representative": saying.representative(page.told.floor, is_state=page.is_state) if may_write else None,
    }


def head_of(meeting: Meeting, minutes: Minutes | None, actor: Actor) -> str:
    """Return what differs when anything may have changed for a reader: the journal's end, what they have typed."""
    head = Journal.objects.filter(pk=meeting.journal_id).values_list("epoch", "head").first()
    typed = minutes.working_copies.filter(account=actor.user).aggregate(Sum("serial"))["serial__sum"] if minutes else 0
    return sha256(repr([head, typed]).encode()).hexdigest()[:12]


def stamp_of(shown: Iterable[Shown]) -> str:
    """Return what differs when any block does."""
    return sha256("".join(one.stamp for one in shown).encode()).hexdigest()[:12]


def speakers_near(meeting: Meeting) -> list[Participant]:
    """Return who may be speaking now: who has the floor, who waits for it, who chairs."""
    asked = FloorRequest.objects.filter(meeting=meeting, state__in=(FloorRequest.State.SPEAKING, FloorRequest.State.WAITING))
    order = {pk: at for at, pk in enumerate(asked.order_by("state", "pk").values_list("participant", flat=True))}
    found = meeting.participants.filter(Q(pk__in=list(order)[:FOUND]) | Q(role=Role.CHAIR)).select_related("bridge_point")
    return sorted(found, key=lambda one: (order.get(one.pk, len(order)), one.pk))[:FOUND]


def speakers_like(meeting: Meeting, sought: str) -> list[Participant]:
    """Return participants whose name, office, unit or bridge point has these words; technical and duty staff last."""
    on_duty = Case(When(role__in=COUNTED_ROLES, then=0), default=1)
    return list(search(meeting, {"q": sought}).order_by(on_duty, *SORTS["name"])[:FOUND])
