"""What a person decided about letters. No address stands in a fact: `letters` are [{id, name, subject}, …]."""

from typing import Any

from meetings.accounts.facts import OfficeFact
from meetings.fact_kinds import fact


@fact("letters.released")
class LettersReleased(OfficeFact):
    """They are to be sent, once more or after all."""

    letters: list[dict[str, Any]]


@fact("letters.discarded")
class LettersDiscarded(OfficeFact):
    """They are not to be sent."""

    letters: list[dict[str, Any]]


@fact("letters.settled")
class LettersSettled(OfficeFact):
    """They have arrived, somebody has found out: they count as sent."""

    letters: list[dict[str, Any]]
