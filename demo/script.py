"""The walk of the conference as data: who asks for what at which moment of 26/11/2025. Pure and without chance.

Times of day, over-runs, the recess and who is absent are invented for the demonstration; the order of the items is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from demo.communes import connected, province_of
from demo.concluding import concluding
from demo.deciding import deciding
from demo.hand import hand
from demo.moves import Halls, Item, Line, Made, Move, OpenItem, People, Registered, Speech, Step, at
from demo.roster import CENTRAL, seats

COUNTED = ("chair", "secretary", "delegate", "guest")


# --- arrivals, 07:35 to 08:25

FIRST_CONSOLE = at("07:35")
CONSOLES_EVERY = timedelta(seconds=78)  # 34 provinces until 08:19
_LATE = {"04": "08:36:20", "96": "08:39:00"}  # one delegate each comes after the opening
_ABSENT = ("12", "31", "52", "80", "91")  # one delegate each stays away


def _arrivals(codes: list[str]) -> Iterator[Move]:
    """Each site opens its console and marks its people in three steps as they come."""
    sizes = _sizes(codes)
    yield Line(at("07:33"), CENTRAL, up=True)
    for place, (first, last, clock) in enumerate([(1, 9, "07:48"), (10, 24, "08:02:30"), (25, sizes[CENTRAL], "08:17")]):
        yield _marked(at(clock) + timedelta(seconds=place), "secretary", CENTRAL, first, last)
    for turn in range(len(codes)):
        code = codes[turn * 13 % len(codes)]  # here and there over the map, not along the list
        opened = FIRST_CONSOLE + turn * CONSOLES_EVERY
        yield Line(opened, code, up=True)
        yield from _hall(code, sizes[code], opened)


def _hall(code: str, size: int, opened: timedelta) -> Iterator[Step]:
    operator, last = f"operator-{code}", size - (code in _LATE or code in _ABSENT)
    yield _marked(opened + timedelta(seconds=95), operator, code, 1, 3)
    yield _marked(opened + timedelta(seconds=220), operator, code, 4, 6)
    yield _marked(opened + timedelta(seconds=340), operator, code, 7, last)
    if code in _ABSENT:
        yield _marked(at("08:27") + timedelta(seconds=int(code)), operator, code, size, size, "absent")
    if code in _LATE:
        yield _marked(at(_LATE[code]), operator, code, size, size)


def _marked(moment: timedelta, who: str, site: str, first: int, last: int, state: str = "present") -> Step:
    return Step(moment, who, "presence.mark", {"participants": People(site, first, last), "state": state})


def _sizes(codes: list[str]) -> dict[str, int]:
    counted = [seat.site for seat in seats(codes) if seat.role in COUNTED]
    return {site: counted.count(site) for site in (CENTRAL, *codes)}


# --- the course, 08:30 to 11:57

# Item and when it is opened; the one before is closed in the same step.
_ITEMS = (
    (1, "08:30:40"),
    (2, "08:41:30"),
    (3, "08:50:50"),
    (4, "09:12:20"),
    (5, "10:36:40"),
    (6, "10:50:20"),
    (7, "11:17:10"),
    (8, "11:32:30"),
    (9, "11:40:50"),
    (10, "11:44:30"),
)
# Whose registered speech it is, when the site is ready to be told to prepare; when the floor is given and when the speech ends
# (empty: the next one follows directly).
_SPEECHES = (
    ("01", "09:12:50", "09:13:40", "09:21:10"),
    ("38", "09:13:20", "09:21:40", ""),
    ("15", "09:13:35", "09:29:20", "09:39:50"),  # ten and a half minutes: over its time
    ("82", "09:14:10", "09:40:20", "09:47:30"),
    ("22", "09:15:00", "09:58:10", "10:06:20"),
    ("48", "09:16:30", "10:06:50", "10:14:00"),
    ("66", "09:19:00", "10:14:30", ""),
    ("79", "09:23:40", "10:22:40", "10:34:50"),  # the longest
)


def _course() -> Iterator[Move]:
    yield Step(at("08:30:00"), "chair", "meeting.open")
    for position, clock in _ITEMS:
        yield Step(at(clock), "secretary", "item.open", {"item": Item(position), "closing": OpenItem()})
    yield from _floor()
    yield Step(at("09:48:00"), "chair", "meeting.suspend")
    yield Step(at("09:57:40"), "chair", "meeting.resume")
    yield Step(at("11:56:20"), "secretary", "item.close", {"item": OpenItem()})
    yield Step(at("11:57:00"), "chair", "meeting.adjourn")


def _floor() -> Iterator[Step]:
    for code, _ready, given, ended in _SPEECHES:
        yield Step(at(given), "chair", "floor.give", {"request": Registered(code), "ending": Speech()})
        if ended:
            yield Step(at(ended), "chair", "floor.yield", {"request": Registered(code)})
    yield Step(at("09:42:00"), "delegate", "floor.request", makes="delegate")
    yield Step(at("10:26:00"), "delegate", "floor.withdraw", {"request": Made("delegate")})


# --- the communes, where they have been loaded: by the secretary's hand, for their operators have no accounts

_COMMUNES_CONNECT = at("07:36"), at("08:18")
_COMMUNES_LOST = 90  # lines, one every two minutes of the meeting
_FIRST_LOST, _LOST_EVERY, _LOST_FOR = at("08:34:10"), timedelta(minutes=2), timedelta(minutes=13)
_SLOW_EVERY, _SLOW = 60, 2.2  # one in so many answers late by so many seconds


def _communes(names: Sequence[str]) -> Iterator[Move]:
    """One in eight opens a console and is marked present, province by province; lines are lost and come back, some are slow."""
    first, last = _COMMUNES_CONNECT
    chosen = connected(names)
    for turn, name in enumerate(chosen):
        yield Line(first + (last - first) * (turn * 89 % len(chosen)) / len(chosen), name, up=True, lag=_lag(turn))
    for place, code in enumerate(dict.fromkeys(map(province_of, chosen))):
        halls = Halls(tuple(name for name in chosen if province_of(name) == code))
        yield Step(
            at("08:18:30") + timedelta(seconds=place * 3), "secretary", "presence.mark",
            {"participants": halls, "state": "present"},
        )  # fmt: skip
    for turn in range(_COMMUNES_LOST):
        place, since = turn * 67 % len(chosen), _FIRST_LOST + turn * _LOST_EVERY
        yield Line(since, chosen[place], up=False)
        yield Line(since + _LOST_FOR, chosen[place], up=True, lag=_lag(place))


def _lag(place: int) -> float:
    return 0.0 if place % _SLOW_EVERY else _SLOW


def walk(codes: list[str], communes: Sequence[str] = ()) -> list[Move]:
    """Return every move in the order of time.

    `codes`: the provinces' codes in the order of the bridge points; `communes`: the names of the communes' bridge points.
    """
    told = (*_arrivals(codes), *_course(), *concluding(), *deciding(codes, dict.fromkeys(_ABSENT, 1)), *hand(codes, _SPEECHES))
    moves = [*told, *(_communes(communes) if communes else ())]
    return sorted(moves, key=lambda move: move.at)


SPEAKING_SITES = tuple(code for code, *_times in _SPEECHES)
