"""The board's people: who stands where with one paper or with all, narrowed as the page is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from meetings.queries import number_in
from packets.models import Binding, Opening, Reading
from packets.reading.audiences import Seat
from packets.reading.board import OPENED, Board, Paper, Unit
from packets.reading.progress import count_of
from people.spelling import fold, words

#: What the address of the list may say.
WORDS = ("q", "paper", "unit", "state")
NAMED_AT_MOST = 500
#: Who belongs to no bridge point.
NOWHERE = "none"


@dataclass(frozen=True)
class Line:
    """One participant before one paper: pages and seconds of the newest version."""

    seat: Seat
    state: str
    has_account: bool
    opened_at: datetime | None
    pages: int
    of: int
    seconds: int
    last_page: int


@dataclass(frozen=True)
class Sum:
    """One participant before all papers: how many are meant for them, and the numbers of those not opened yet."""

    seat: Seat
    has_account: bool
    of: int
    opened: int
    missing: Sequence[int]
    seconds: int

    @property
    def state(self) -> str:
        """Tell how it stands with all of them."""
        return OPENED if self.opened == self.of else "unopened"


def unit_meant(board: Board, wanted: Mapping[str, str]) -> Unit | None:
    """Return the unit an address names."""
    asked = wanted.get("unit", "")
    key = None if asked == NOWHERE else number_in(asked)
    if key is None and asked != NOWHERE:
        return None
    return next((unit for unit in board.units if unit.site == key), None)


def seats_found(board: Board, wanted: Mapping[str, str], paper: Paper | None) -> list[Seat]:
    """Return the participants for whom a paper (or any) is meant, by unit and words, and by how they stand."""
    unit, sought, state = unit_meant(board, wanted), words(wanted.get("q", "")), wanted.get("state", "")
    papers = [paper] if paper else list(board.papers)
    meant = frozenset().union(*(one.meant for one in papers)) if papers else frozenset()
    found = [seat for seat in board.seats if seat.pk in meant and (unit is None or seat.top == unit.site)]
    if sought:
        found = [seat for seat in found if all(word in fold(f"{seat.name} {seat.office}") for word in sought)]
    match state:
        case "unreachable":
            return [seat for seat in found if not board.has_account(seat)]
        case "left":
            return [seat for seat in found if not _is_done(seat, papers)]
        case "opened":
            return [seat for seat in found if _is_done(seat, papers)]
    return found


def _is_done(seat: Seat, papers: Sequence[Paper]) -> bool:
    return all(paper.state(seat.pk) == OPENED for paper in papers if seat.pk in paper.meant)


def lines_of(board: Board, seats: Sequence[Seat], paper: Paper) -> list[Line]:
    """Return how participants stand to one paper. Two queries, or three."""
    rows = _of_some(Reading.objects.filter(version=paper.version), seats)
    read = {row.participant_id: row for row in rows}
    opened = _opened_at(seats, paper)
    return [
        Line(
            seat=seat, state=paper.state(seat.pk), has_account=board.has_account(seat), opened_at=opened.get(seat.pk),
            pages=count_of(row.pages_seen) if row else 0, of=paper.version.pages, seconds=row.seconds if row else 0,
            last_page=row.last_page if row else 0,
        )
        for seat in seats
        for row in [read.get(seat.pk)]
    ]  # fmt: skip


def _opened_at(seats: Sequence[Seat], paper: Paper) -> dict[int, datetime]:
    """Return when participants opened the newest version last, on its own or in a bound packet."""
    key, meeting = paper.version.pk, paper.document.meeting_id
    bound = [pk for pk, held in Binding.objects.filter(meeting=meeting).values_list("pk", "versions") if key in held]
    rows = Opening.objects.filter(Q(version=key) | Q(version=None, binding__in=bound), meeting=meeting, participant__isnull=False)
    if len(seats) <= NAMED_AT_MOST:
        rows = rows.filter(participant__in=[seat.pk for seat in seats])
    last = rows.order_by().values("participant").annotate(last=Max("opened_at"))
    return {participant or 0: at for participant, at in last.values_list("participant", "last")}


def _of_some(rows: QuerySet[Reading], seats: Sequence[Seat]) -> QuerySet[Reading]:
    """Return the rows of a page of participants; of very many all rows are read, for a database takes so many words only."""
    return rows.filter(participant__in=[seat.pk for seat in seats]) if len(seats) <= NAMED_AT_MOST else rows


def sums_of(board: Board, seats: Sequence[Seat]) -> list[Sum]:
    """Return how participants stand to all papers. One query."""
    rows = _of_some(Reading.objects.filter(version__in=[paper.version.pk for paper in board.papers]), seats)
    seconds: dict[int, int] = {}
    for participant, spent in rows.values_list("participant_id", "seconds"):
        seconds[participant or 0] = seconds.get(participant or 0, 0) + spent
    return [_sum(board, seat, seconds.get(seat.pk, 0)) for seat in seats]


def _sum(board: Board, seat: Seat, seconds: int) -> Sum:
    meant = [paper for paper in board.papers if seat.pk in paper.meant]
    missing = [paper.number for paper in meant if paper.state(seat.pk) != OPENED]
    return Sum(
        seat=seat, has_account=board.has_account(seat), of=len(meant), opened=len(meant) - len(missing), missing=missing,
        seconds=seconds,
    )  # fmt: skip
