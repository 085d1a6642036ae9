"""What the pages of a review show: to a reader their text and remarks, to the secretariat the board and all remarks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings import clock
from meetings.models import Meeting, Participant, Role
from minutes.blocks.overlay import Current, current, standing
from minutes.models import Circulated, Circulation, Minutes, Remark
from minutes.review.passages import News, Passage, news_of, passages_of
from minutes.review.readers import read_by
from minutes.review.rules import is_late
from people.models import User

State = Remark.State
#: Who can be called is named; nobody needs more of them.
CONTACTS = 3


def obstacles(minutes: Minutes) -> list[str]:
    """Return, in words that say what to do, why these minutes cannot be approved yet; nothing when nobody is waiting."""
    found = []
    for row in minutes.circulations.filter(closed_at=None).defer("snapshot"):
        until = f"{timezone.localtime(row.deadline):%H:%M, %d/%m/%Y}"
        if is_late(row, clock.now(minutes.meeting)):
            sentence = _("Round %(number)d of reading was over at %(until)s. Close it on the page of remarks.")
        else:
            sentence = _("Round %(number)d of reading is open until %(until)s. Close it before the minutes are approved.")
        found.append(sentence % {"number": row.number, "until": until})
    waiting = Remark.objects.filter(circulation__minutes=minutes, state=State.OPEN).count()
    if waiting:
        found.append(
            ngettext(
                "%(count)d remark has been neither taken nor answered. Do that on the page of remarks.",
                "%(count)d remarks have been neither taken nor answered. Do that on the page of remarks.",
                waiting,
            )
            % {"count": waiting}
        )
    return found


# --- a reader's page


@dataclass(frozen=True)
class Shown:
    """One block before a reader: its words, what became of it since the round before, the reader's remarks on it."""

    news: News
    remarks: list[Remark]

    @property
    def passage(self) -> Passage:
        """The block."""
        return self.news.passage


@dataclass(frozen=True)
class Reading:
    """What one reader sees of one round. `rounds`: the reader's own for each, newest first; `others`: readers of this one."""

    reader: Circulated
    rounds: list[Circulated]
    others: list[Circulated]
    former: Circulation | None
    shown: list[Shown]
    now: datetime
    remarks: list[Remark] = field(default_factory=list)

    @property
    def circulation(self) -> Circulation:
        """The round."""
        return self.reader.circulation

    @property
    def is_over(self) -> bool:
        """Whether its deadline is over."""
        return is_late(self.circulation, self.now)

    @property
    def is_open(self) -> bool:
        """Whether remarks can be written."""
        is_draft = self.circulation.minutes.state == Minutes.State.DRAFT
        return is_draft and self.circulation.closed_at is None and not self.is_over

    @cached_property
    def written(self) -> int:
        """How many of the reader's remarks stand."""
        return sum(1 for one in self.remarks if one.state != State.WITHDRAWN)

    @cached_property
    def changed(self) -> int:
        """How many blocks are not what they were in the round before."""
        return sum(1 for one in self.shown if one.news.state != "same")


def reading_of(meeting: Meeting, user: User, now: datetime, *, round_number: int | None, as_reader: int | None) -> Reading | None:
    """Return what an account reads: its newest round, or the one that is named; None when it was not asked in that one."""
    own = Circulated.objects.filter(read_by(user), circulation__minutes__meeting=meeting)
    rows = list(own.select_related("circulation__minutes").defer("circulation__snapshot").order_by("-circulation__number", "pk"))
    wanted = [row for row in rows if round_number in (None, row.circulation.number) and as_reader in (None, row.pk)]
    return _reading(wanted[0], rows, now) if wanted else None


def _reading(reader: Circulated, rows: Sequence[Circulated], now: datetime) -> Reading:
    before = reader.circulation.number - 1
    has_read = any(row.circulation.number == before for row in rows)
    numbers = [before, before + 1] if has_read else [before + 1]
    minutes = reader.circulation.minutes
    found = {row.number: row for row in Circulation.objects.filter(minutes=minutes, number__in=numbers)}
    found[reader.circulation.number].minutes = minutes
    reader.circulation = found[reader.circulation.number]
    former = found.get(before)
    passages = passages_of(reader.circulation.snapshot)
    told = news_of(passages_of(former.snapshot), passages) if former else [News(one, "same") for one in passages]
    remarks = list(reader.remarks.order_by("number"))
    by_key: dict[str, list[Remark]] = {}
    for one in remarks:
        by_key.setdefault(one.key, []).append(one)
    newest: dict[int, Circulated] = {}
    for row in rows:
        newest.setdefault(row.circulation.number, row)
    return Reading(
        reader=reader, rounds=[newest[number] for number in sorted(newest, reverse=True)],
        others=[row for row in rows if row.circulation_id == reader.circulation_id], former=former,
        shown=[Shown(one, by_key.get(one.passage.key, [])) for one in told], now=now, remarks=remarks,
    )  # fmt: skip


def contacts(meeting: Meeting) -> list[Participant]:
    """Return whom a reader can call: the secretaries, with their people."""
    found = meeting.participants.filter(role=Role.SECRETARY).select_related("person")
    return list(found.order_by("pk")[:CONTACTS])


# --- the secretariat's pages


@dataclass(frozen=True)
class Remarked:
    """A block with the remarks on it: as it was circulated, and as it stands now (None: the minutes no longer have it)."""

    passage: Passage
    present: Current | None
    remarks: list[Remark]

    @property
    def is_changed(self) -> bool:
        """Whether it has been written in since it was circulated."""
        return self.present is not None and self.passage.words != Passage.of(self.present).words

    @property
    def waiting(self) -> int:
        """How many remarks have been neither taken nor answered."""
        return sum(1 for one in self.remarks if one.state == State.OPEN)


def rounds_of(minutes: Minutes | None) -> list[Circulation]:
    """Return the rounds there were, newest first, without their words; `waiting`: remarks not dealt with."""
    if minutes is None:
        return []
    waiting = Count("remarks", filter=Q(remarks__state=State.OPEN))
    return list(minutes.circulations.defer("snapshot").annotate(waiting=waiting).order_by("-number"))


def board_of(circulation: Circulation) -> QuerySet[Circulated]:
    """Return the readers of a round with what they have said: those who have said nothing first."""
    stands = ~Q(remarks__state=State.WITHDRAWN)
    return circulation.readers.select_related("bridge_point", "participant").annotate(
        written=Count("remarks", filter=Q(remarks__isnull=False) & stands),
        waiting=Count("remarks", filter=Q(remarks__state=State.OPEN)),
    )


SAID = ("unopened", "opened", "remarked", "agreed")


def said_by(reader: Circulated) -> str:
    """Return how far a reader of the board is, one of SAID."""
    if reader.agreed_at is not None:
        return "agreed"
    if getattr(reader, "written", 0):
        return "remarked"
    return "opened" if reader.opened_at is not None else "unopened"


def counted(readers: Iterable[Circulated]) -> dict[str, int]:
    """Return how many readers are how far."""
    counts = Counter(said_by(one) for one in readers)
    return {name: counts[name] for name in SAID}


def remarked(meeting: Meeting, circulation: Circulation, *, only: str = "") -> list[Remarked]:
    """Return the blocks of a round that were remarked on: those with open remarks first, each set in the order of the paper."""
    found: dict[str, list[Remark]] = {}
    rows = circulation.remarks.select_related("reader").exclude(state=State.WITHDRAWN)
    for one in rows.filter(state=only) if only in State.values else rows:
        found.setdefault(one.key, []).append(one)
    present = {block.key: block for block in standing(current(meeting, circulation.minutes))} if found else {}
    blocks = [
        Remarked(one, present.get(one.key), sorted(found[one.key], key=lambda row: (row.state != State.OPEN, row.number)))
        for one in passages_of(circulation.snapshot)
        if one.key in found
    ]
    return sorted(blocks, key=lambda block: block.waiting == 0)


def remark_of(meeting: Meeting, round_number: int, number: int) -> Remark | None:
    """Return one remark with its reader and its round."""
    found = Remark.objects.filter(circulation__minutes__meeting=meeting, circulation__number=round_number, number=number)
    return found.select_related("reader", "circulation__minutes").first()


def block_of(meeting: Meeting, remark: Remark) -> Remarked:
    """Return the block a remark is about, with all remarks on it of its round."""
    circulation = remark.circulation
    passage = next(one for one in passages_of(circulation.snapshot) if one.key == remark.key)
    present = next((one for one in standing(current(meeting, circulation.minutes)) if one.key == remark.key), None)
    rows = circulation.remarks.select_related("reader").exclude(state=State.WITHDRAWN).filter(key=remark.key)
    return Remarked(passage, present, list(rows.order_by("number")))


def lines_of(circulation: Circulation) -> list[list[object]]:
    """Return the remarks of a round as the lines of a table, in the order of the paper."""
    labels = {one.key: (at, one.label) for at, one in enumerate(passages_of(circulation.snapshot))}
    rows = list(circulation.remarks.select_related("reader").exclude(state=State.WITHDRAWN))
    rows.sort(key=lambda one: (labels[one.key][0], one.number))
    return [
        [
            one.number, one.reader.name, one.author, labels[one.key][1], one.quote, one.text, one.get_state_display(), one.answer,
            one.answered_by, f"{timezone.localtime(one.answered_at):%H:%M %d/%m/%Y}" if one.answered_at else "",
        ]
        for one in rows
    ]  # fmt: skip
