"""What a script is made of: steps that accounts take, lines that are lost and come back, and what their fields refer to. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta


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
class Halls:
    """All delegates of some sites."""

    sites: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.sites[0]} … {self.sites[-1]}"


@dataclass(frozen=True)
class Site:
    """A bridge point by its code."""

    code: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True)
class Sites:
    """Several bridge points by their codes."""

    codes: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.codes)


@dataclass(frozen=True)
class Made:
    """What an earlier step has made, by the name it was given."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Speech:
    """The speech that is running; nothing when the floor is free."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True)
class Body:
    """The body whose quorum is watched."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True)
class Registered:
    """The line of a site's registered speech in the list of speakers; it stands there from the beginning of its item."""

    code: str

    def __str__(self) -> str:
        return self.code


Ref = Registered | Body | Item | OpenItem | People | Halls | Site | Sites | Made | Speech | str


@dataclass(frozen=True)
class Step:
    """A command an account gives; `fields` are the fields of the command's form, by reference.

    `makes`: the name under which later steps refer to what it makes.
    """

    at: timedelta
    who: str
    command: str
    fields: Mapping[str, Ref] = field(default_factory=dict)
    makes: str = ""


@dataclass(frozen=True)
class Line:
    """The console of a site is opened or its line breaks: a tile turns; while the meeting runs, an outage is kept.

    `lag`: by how many seconds of real time its answers come late.
    """

    at: timedelta
    site: str
    up: bool
    lag: float = 0.0


@dataclass(frozen=True)
class Ballot:
    """An account votes on its own device. `poll`: the name under which it was made; `choice`: the position of an option."""

    at: timedelta
    who: str
    poll: str
    choice: int


Move = Step | Line | Ballot


def at(clock: str) -> timedelta:
    """Return a time of day as the time since midnight."""
    moment = time.fromisoformat(clock)
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
