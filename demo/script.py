"""The walk of the conference as data: who asks for what at which moment of 26/11/2025. Pure and without chance.

Times of day, over-runs, the recess and who is absent are invented for the demonstration; the order of the items is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta

from demo.roster import CENTRAL, seats

COUNTED = ("chair", "secretary", "delegate", "guest")


@dataclass(frozen=True)
class Item:
    """The item at a position of the programme."""

    position: int

    def __str__(self) -> str:
        return f"item {self.position}"


@dataclass(frozen=True)
class OpenItem:
    """The item that is open; nothing when none is."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True)
class People:
    """The delegates of a site from the first-th to the last-th seat."""

    site: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.site} {self.first}–{self.last}"


@dataclass(frozen=True)
class Wish:
    """The request for the floor that an account has made."""

    username: str

    def __str__(self) -> str:
        return self.username


@dataclass(frozen=True)
class Speech:
    """The speech that is running; nothing when the floor is free."""

    def __str__(self) -> str:
        return ""


Ref = Item | OpenItem | People | Wish | Speech | str


@dataclass(frozen=True)
class Step:
    """A command an account gives; `fields` are the fields of the command's form, by reference."""

    at: timedelta
    who: str
    command: str
    fields: Mapping[str, Ref] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """The console of a site is opened or its line breaks; nothing for the journal, but a tile turns."""

    at: timedelta
    site: str
    up: bool


Move = Step | Line


def _at(clock: str) -> timedelta:
    """Return a time of day as the time since midnight."""
    moment = time.fromisoformat(clock)
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)


# --- arrivals, 07:35 to 08:25

FIRST_CONSOLE = _at("07:35")
CONSOLES_EVERY = timedelta(seconds=78)  # 34 provinces until 08:19
_LATE = {"04": "08:36:20", "96": "08:39:00"}  # one delegate each comes after the opening
_ABSENT = ("12", "31", "52", "80", "91")  # one delegate each stays away


def _arrivals(codes: list[str]) -> Iterator[Move]:
    """Each site opens its console and marks its people in three steps as they come."""
    sizes = _sizes(codes)
    yield Line(_at("07:33"), CENTRAL, up=True)
    for place, (first, last, clock) in enumerate([(1, 9, "07:48"), (10, 24, "08:02:30"), (25, sizes[CENTRAL], "08:17")]):
        yield _marked(_at(clock) + timedelta(seconds=place), "secretary", CENTRAL, first, last)
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
        yield _marked(_at("08:27") + timedelta(seconds=int(code)), operator, code, size, size, "absent")
    if code in _LATE:
        yield _marked(_at(_LATE[code]), operator, code, size, size)


def _marked(at: timedelta, who: str, site: str, first: int, last: int, state: str = "present") -> Step:
    return Step(at, who, "presence.mark", {"participants": People(site, first, last), "state": state})


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
# Who asks, when; when the floor is given and when the speech ends (empty: the next one follows directly).
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
    yield Step(_at("08:30:00"), "chair", "meeting.open")
    for position, clock in _ITEMS:
        yield Step(_at(clock), "secretary", "item.open", {"item": Item(position), "closing": OpenItem()})
    yield from _floor()
    yield Step(_at("09:48:00"), "chair", "meeting.suspend")
    yield Step(_at("09:57:40"), "chair", "meeting.resume")
    yield Line(_at("09:25:00"), "96", up=False)
    yield Line(_at("09:31:30"), "96", up=True)
    yield Step(_at("11:56:20"), "secretary", "item.close", {"item": OpenItem()})
    yield Step(_at("11:57:00"), "chair", "meeting.adjourn")


def _floor() -> Iterator[Step]:
    for code, asked, given, ended in _SPEECHES:
        operator = f"operator-{code}"
        yield Step(_at(asked), operator, "floor.request")
        yield Step(_at(given), "chair", "floor.give", {"request": Wish(operator), "ending": Speech()})
        if ended:
            yield Step(_at(ended), "chair", "floor.yield", {"request": Wish(operator)})
    yield Step(_at("09:42:00"), "delegate", "floor.request")
    yield Step(_at("10:26:00"), "delegate", "floor.withdraw", {"request": Wish("delegate")})


def walk(codes: list[str]) -> list[Move]:
    """Return every move in the order of time; `codes` are the provinces' codes in the order of the bridge points."""
    return sorted([*_arrivals(codes), *_course()], key=lambda move: move.at)


SPEAKING_SITES = tuple(code for code, *_times in _SPEECHES)
