"""What has changed in a block since it was sent out: its heading before and now, its words piece by piece. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from minutes.review.passages import Passage
from texts.comparing import Changed, compare


@dataclass(frozen=True)
class Marked:
    """A heading as it was (nothing: as it is) and as it is, and the pieces of the words with what became of each."""

    former: str
    heading: str
    pieces: list[Changed]


def marked(former: Passage, present: Passage) -> Marked:
    """Return the words of a block with what has changed in them."""
    was = former.heading if former.heading != present.heading else ""
    return Marked(was, present.heading, compare(former.body, present.body))
