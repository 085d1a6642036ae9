"""How the provinces vote on the report: some delegates on devices, most as their halls are counted. Pure, invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from demo.moves import Ballot, Body, Item, Made, Move, Ref, Site, Step, at
from demo.roster import READING, seats

ITEM, POLL = 9, "vote"  # Biểu quyết thông qua Báo cáo
QUESTION = "Đồng chí có tán thành thông qua dự thảo Báo cáo không?"
FOR, AGAINST, ABSTAIN = 1, 2, 3
#: Who is not for it, by bridge point and number; 0 does not vote at all.
_OTHERWISE = {("15", 7): ABSTAIN, ("22", 4): AGAINST, ("48", 5): 0}
_HALLS_OTHERWISE = {"04": ABSTAIN, "38": AGAINST, "68": ABSTAIN, "92": ABSTAIN}  # one delegate each
_OPENED, _ENDED, _DECLARED = "11:41:20", "11:43:30", "11:43:50"


def deciding(codes: list[str], absent: Mapping[str, int]) -> Iterator[Move]:
    """Return every step of the vote; `absent`: how many delegates of a province stay away."""
    question: dict[str, Ref] = {
        "question": QUESTION, "item": Item(ITEM), "occasion": "room", "kind": "motion", "body": Body(), "majority": "half",
        "base": "present", "least_choices": "1", "most_choices": "1",
    }  # fmt: skip
    which: dict[str, Ref] = {"poll": Made(POLL)}
    yield Step(at("11:20"), "secretary", "poll.add", question, makes=POLL)
    yield Step(at(_OPENED), "chair", "poll.open", {**which, "version": "1"})
    yield from _devices(codes)
    for turn, code in enumerate(code for code in codes if code not in READING):
        yield from _counted(code, _size(codes, code) - absent.get(code, 0), at(_OPENED) + timedelta(seconds=25 + turn * 2))
    yield Step(at(_ENDED), "chair", "poll.close", which)
    yield Step(at(_DECLARED), "chair", "poll.declare", which)


def _devices(codes: list[str]) -> Iterator[Ballot]:
    """Who has an account votes within half a minute."""
    voters = [seat for seat in seats(codes) if seat.site in READING and seat.role == "delegate"]
    for turn, seat in enumerate(voters):
        number = int(seat.name[-2:])
        choice = _OTHERWISE.get((seat.site, number), FOR)
        if choice:
            yield Ballot(at(_OPENED) + timedelta(seconds=6 + turn * 29 % 31), seat.account, POLL, choice)


def _counted(code: str, there: int, moment: timedelta) -> Iterator[Step]:
    """The operator counts the hands of a hall, and the chair accepts the count."""
    votes = {FOR: there, AGAINST: 0, ABSTAIN: 0}
    if code in _HALLS_OTHERWISE:
        votes[FOR] -= 1
        votes[_HALLS_OTHERWISE[code]] += 1
    name = f"hall-{code}"
    fields: dict[str, Ref] = {f"votes_{position}": str(n) for position, n in votes.items()}
    fields |= {"poll": Made(POLL), "bridge_point": Site(code), "version": "0"}
    yield Step(moment, f"operator-{code}", "hall_tally.enter", fields, makes=name)
    yield Step(moment + timedelta(seconds=15), "chair", "hall_tally.accept", {"tally": Made(name), "version": "1"})


def _size(codes: list[str], code: str) -> int:
    return sum(seat.site == code and seat.role == "delegate" for seat in seats(codes))
