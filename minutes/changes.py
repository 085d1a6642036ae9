"""How the course changed, in the story minutes tell: what was skipped, merged, brought forward, closed, handed over. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minutes.writing import Entry

if TYPE_CHECKING:
    from minutes.story import Story


@dataclass
class Note:
    """One sentence in the course of the meeting, made of one fact."""

    entry: Entry


def _note(story: Story, entry: Entry) -> None:
    """Tell it where it happened: under the open item, or between two."""
    if story.running:
        story.running.happened.append(Note(entry))
    else:
        story.course.append(Note(entry))


def _voted(story: Story, entry: Entry) -> None:
    """Tell a vote that was decided while the meeting lasted; opinion slips decided before or after have a paper of their own."""
    if story.opened is not None and story.adjourned is None:
        _note(story, entry)


def _skipped(story: Story, entry: Entry) -> None:
    story.skipped[entry.payload["item"]] = entry
    story.deferred.pop(entry.payload["item"], None)
    story.programme.pop(entry.payload["item"], None)


def _restored(story: Story, entry: Entry) -> None:
    p = entry.payload
    story.skipped.pop(p["item"], None)
    story.deferred.pop(p["item"], None)
    story.programme.setdefault(p["item"], dict(p))


def _merged(story: Story, entry: Entry) -> None:
    for waiting in (story.programme, story.deferred):
        waiting.pop(entry.payload["item"], None)
    _note(story, entry)


def _advanced(story: Story, entry: Entry) -> None:
    if story.deferred.pop(entry.payload["item"], None):
        story.programme.setdefault(entry.payload["item"], dict(entry.payload))
    _note(story, entry)


def _closed(story: Story, entry: Entry) -> None:
    """Doors that close or open while an item runs are told there; what was planned so is told with its beginning."""
    if story.running and story.running.opened.payload["item"] == entry.payload["item"]:
        _note(story, entry)


def _handed_over(role: str) -> Callable[[Story, Entry], None]:
    """Return the step: who takes over presides, or keeps the minutes, and who did so is told among those who have."""

    def step(story: Story, entry: Entry) -> None:
        who = story.roster.get(entry.payload["participant"])
        if who is not None:
            who["role"] = role
        story.at_the_end[role] = entry.payload["name"]
        _note(story, entry)

    return step


STEPS: dict[str, Callable[[Story, Entry], None]] = {
    "item.skipped": _skipped,
    "item.restored": _restored,
    "item.merged": _merged,
    "item.advanced": _advanced,
    "item.restricted": _closed,
    "item.unrestricted": _closed,
    "chair.handed_over": _handed_over("chair"),
    "secretary.handed_over": _handed_over("secretary"),
    "poll.declared": _voted,
    "poll.cancelled": _voted,
}
