"""What can happen to traces: that somebody looked for whose copy it was is itself on record."""

from __future__ import annotations

from meetings.fact_kinds import Fact, fact


@fact("copy.traced")
class CopyTraced(Fact):
    """Somebody looked for the opened copies that a trace code, or a part of one, leads to.

    `letters`: what was known of the code, ? for a letter that could not be made out; `found`: how many copies; `copies`: the
    codes of those that were shown.
    """

    letters: str
    found: int
    copies: list[str]
