"""Which public display shows what: packed into few bytes for all of them, and for one display at its first load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from control.models import Display
from live.hand import AnnouncementState, DisplayState, Hand

Mode = Display.Mode
# Modes whose part is empty when it has nothing to show (of announcements, each is looked for by itself).
PARTS = (Mode.ITEM, Mode.SPEAKER, Mode.COUNT, Mode.CONCLUSION, Mode.POLL, Mode.WELCOME)
ANNOUNCEMENTS_CARRIED = 100  # on all displays at once: a frame has a limit; a display beyond it follows the meeting
GRID_LIMIT = 40  # bridge points whose head counts can be read from afar
UNDER_WAY, JUST_DECLARED = "now", "lately"  # of a vote, for displays that follow the meeting
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Content(NamedTuple):
    """What a display has been told to show."""

    mode: str
    announcement: int | None = None


@dataclass(frozen=True)
class Exceptions:
    """The displays that show something else than most: their keys as gaps in base 36, smallest first."""

    content: Content
    displays: str


@dataclass(frozen=True)
class Steering:
    """What most displays show, and which show something else."""

    default: Content
    exceptions: tuple[Exceptions, ...]


def content_of(display: DisplayState) -> Content:
    """Return what a display has been told to show; an announcement that is none is no content."""
    if display.mode != Mode.ANNOUNCEMENT:
        return Content(display.mode)
    return Content(display.mode, display.announcement_id) if display.announcement_id else Content(Mode.AUTO)


def steering(displays: Iterable[DisplayState]) -> Steering:
    """Say which display shows what: 3,321 displays in nearly as many different hands fit into 16 KiB."""
    keys: dict[Content, list[int]] = {}
    for display in displays:
        keys.setdefault(content_of(display), []).append(display.id)
    counts = Counter({content: len(of) for content, of in keys.items()})
    default = max(counts, key=lambda content: (counts[content], content == Content(Mode.AUTO)), default=Content(Mode.AUTO))
    others = sorted(
        (content for content in keys if content != default), key=lambda content: (content.mode, content.announcement or 0)
    )
    return Steering(default=default, exceptions=tuple(Exceptions(content, pack(keys[content])) for content in others))


def pack(keys: Collection[int]) -> str:
    """Write keys as the gaps between them: 812, 813, 840 are "mk 1 r"."""
    rising = sorted(keys)
    return " ".join(_base_36(key - before) for before, key in zip([0, *rising], rising, strict=False))


def _base_36(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text or "0"


@dataclass(frozen=True)
class Walls:
    """What the parts of the displays' screen need, and what one display shows at its first load."""

    displays: tuple[DisplayState, ...]
    steer: Steering
    modes: frozenset[str]
    announcements: tuple[AnnouncementState, ...]
    is_concluding: bool = False
    voting: str = ""
    grid_limit: int = GRID_LIMIT

    def first_content(self, display_id: int, parts: Mapping[str, str]) -> dict[str, Any]:
        """Return what a display shows at first, by the rule of the page: what has nothing to show follows the meeting.

        Following the meeting, it shows a vote that is under way, else a conclusion while one is being worded, else a result
        that has just been declared.
        `parts`: those of the displays' screen, rendered.
        """
        mode, key = next((content_of(display) for display in self.displays if display.id == display_id), self.steer.default)
        said = next((a for a in self.announcements if mode == Mode.ANNOUNCEMENT and a.id == key), None)
        nothing = said is None if mode == Mode.ANNOUNCEMENT else mode in PARTS and not parts[mode]
        follows = Mode.CONCLUSION.value if self.is_concluding else Mode.POLL.value if self.voting else Mode.AUTO.value
        if self.voting == UNDER_WAY:
            follows = Mode.POLL.value
        return {"shows": follows if nothing or mode == Mode.AUTO else mode, "said": said}


def walls_of(hand: Hand, *, is_concluding: bool = False, voting: str = "") -> Walls:
    """Return the displays with what they show: the steering, the modes in use, the announcements that some display shows.

    `is_concluding`: the wording of a conclusion is on the displays; `voting`: a vote is under way, or its result just declared.
    """
    told = {content_of(display) for display in hand.displays}
    said = [a for a in hand.announcements if Content(Mode.ANNOUNCEMENT, a.id) in told]
    return Walls(
        displays=hand.displays, steer=steering(hand.displays), modes=frozenset(content.mode for content in told),
        announcements=tuple(said[:ANNOUNCEMENTS_CARRIED]), is_concluding=is_concluding, voting=voting,
    )  # fmt: skip
