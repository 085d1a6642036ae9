"""What can happen to the paper copies of secret papers. A paper's title is neutral words; receivers are names of that moment."""

from __future__ import annotations

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("copy.issued")
class CopyIssued(Fact):
    """Numbered paper copies were handed out. `document`: number of the paper.

    `copies`: [{number, participant, bridge_point, receiver}, …].
    """

    document: int
    title: str
    copies: list[dict[str, Any]]


@fact("copy.collected")
class CopyCollected(Fact):
    """Paper copies came back. `document`: number of the paper; `copies`: [{number, receiver}, …]."""

    document: int
    title: str
    copies: list[dict[str, Any]]


@fact("copy.lost")
class CopyLost(Fact):
    """Paper copies were reported lost. `document`: number of the paper; `copies`: [{number, receiver}, …]; `why`: how.

    What is found again is collected, as any other.
    """

    document: int
    title: str
    copies: list[dict[str, Any]]
    why: str
