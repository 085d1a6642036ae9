"""The board as a file: one line for each participant. Inert, so that no name is taken for a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from packets.reading.audiences import Seat
from packets.reading.board import OLDER, OPENED, UNOPENED, Board, Paper
from packets.reading.people import lines_of, sums_of
from sheets import Value, write_csv, write_xlsx


def write_board(board: Board, seats: Sequence[Seat], paper: Paper | None, sites: Mapping[int, str], form: str) -> bytes:
    """Return how participants stand to one paper, or (no paper) to each of them, as CSV or XLSX."""
    who = [_("Name"), _("Position and unit"), _("Bridge point"), _("Account")]
    if paper is None:
        columns = [
            *who,
            *(_("Paper %(n)d") % {"n": one.number} for one in board.papers),
            _("Papers opened"),
            _("Papers in all"),
            _("Minutes of reading"),
        ]
        lines = list(_all_papers(board, seats, sites))
    else:
        columns = [*who, _("State"), _("Opened on"), _("Pages read"), _("Pages in all"), _("Minutes of reading"), _("Last page")]
        lines = list(_one_paper(board, seats, paper, sites))
    return write_csv(columns, lines) if form == "csv" else write_xlsx(_("Reading"), columns, lines)


def words_of(state: str) -> str:
    """Return a state in words."""
    return {OPENED: _("Opened"), OLDER: _("Only an older version"), UNOPENED: _("Not opened")}[state]


def _who(board: Board, seat: Seat, sites: Mapping[int, str]) -> list[Value]:
    return [seat.name, seat.office, sites.get(seat.site or 0, ""), _("yes") if board.has_account(seat) else _("no")]


def _one_paper(board: Board, seats: Sequence[Seat], paper: Paper, sites: Mapping[int, str]) -> Iterator[list[Value]]:
    for line in lines_of(board, seats, paper):
        opened = timezone.localtime(line.opened_at).strftime("%H:%M %d/%m/%Y") if line.opened_at else ""
        yield [
            *_who(board, line.seat, sites), words_of(line.state), opened, line.pages, line.of, round(line.seconds / 60),
            line.last_page or None,
        ]  # fmt: skip


def _all_papers(board: Board, seats: Sequence[Seat], sites: Mapping[int, str]) -> Iterator[list[Value]]:
    for one in sums_of(board, seats):
        states = [words_of(paper.state(one.seat.pk)) if one.seat.pk in paper.meant else "" for paper in board.papers]
        yield [*_who(board, one.seat, sites), *states, one.opened, one.of, round(one.seconds / 60)]
