"""What one can do about reading: remind those who have not opened what they may read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from mailing.posting import is_address
from meetings.errors import OutOfOrder
from meetings.journal import transition
from meetings.models import Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.rehearsal.rules import refuse_letters
from meetings.rosters import refuse_when_over
from packets.models import Document
from packets.reading import facts, reminding
from packets.reading.board import OPENED, Board, read_board


def remind_papers(
    meeting: Meeting, *, by: Actor, papers: Sequence[Document] = (), participants: Sequence[Participant] = ()
) -> None:
    """Remind those who may read papers now and have not opened them in their newest version; of some papers, or some people.

    A mail goes to who has an account and an address; how many have none is told, so that somebody calls them.
    """
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        refuse_letters(meeting)
        board = read_board(meeting, change.now)
        missing = _missing(board, {one.pk for one in papers}, {one.pk for one in participants})
        if not missing:
            raise OutOfOrder(_("There is nobody to remind: all of them have opened what they may read now."))
        mailed = _reachable(meeting, board, missing)
        if not mailed:
            raise OutOfOrder(_nobody_reached(len(missing)) % {"count": len(missing)})
        numbers = sorted({number for owed in missing.values() for number in owed})
        entry = change.record(facts.PapersReminded(papers=numbers, people=len(missing), mailed=len(mailed)))
        reminding.ask_to_post(meeting, by, [(seat, missing[seat]) for seat in mailed], entry=entry.number)


def _missing(board: Board, documents: Collection[int], people: Collection[int]) -> dict[int, list[int]]:
    """Return the numbers of the papers each participant has not opened: of some papers and people, or (none named) of all."""
    found: dict[int, list[int]] = {}
    for paper in board.papers:
        if documents and paper.document.pk not in documents:
            continue
        for seat in board.seats:
            if seat.pk in paper.readers and (not people or seat.pk in people) and paper.state(seat.pk) != OPENED:
                found.setdefault(seat.pk, []).append(paper.number)
    return found


def _reachable(meeting: Meeting, board: Board, missing: Collection[int]) -> list[int]:
    """Return those of them who can sign in and have a mail address."""
    addresses = dict(meeting.participants.exclude(person__email="").values_list("pk", "person__email"))
    return [
        seat.pk for seat in board.seats
        if seat.pk in missing and board.has_account(seat) and is_address(addresses.get(seat.pk, ""))
    ]  # fmt: skip


def _nobody_reached(count: int) -> Any:
    return ngettext_lazy(
        "%(count)d person has not opened what they may read, without an account with a mail address. The name is on the list: "
        "call them.",
        "%(count)d people have not opened what they may read, none of them with an account and a mail address. Their names are "
        "on the list: call them.",
        count,
    )
