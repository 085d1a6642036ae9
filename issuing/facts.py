"""What can happen to registers and numbers. A fact holds no reason: it may name a person."""

from meetings.accounts.facts import OfficeFact
from meetings.fact_kinds import Fact, fact


@fact("register.opened")
class RegisterOpened(Fact):
    """A register of numbers was begun, by hand or with the first paper of a year."""

    register: int
    organisation: str
    paper_type: str
    period: str
    first: int


@fact("number.given")
class NumberGiven(Fact):
    """A paper was given the next number; in the journal of the meeting it belongs to, else of the office."""

    document: int
    register: int
    number: int
    symbol: str
    abstract: str


@fact("number.reserved")
class NumberReserved(OfficeFact):
    """The next number was written down for a paper that was issued outside the system."""

    document: int
    register: int
    number: int
    symbol: str
    abstract: str


@fact("number.cancelled")
class NumberCancelled(OfficeFact):
    """A paper was cancelled; its number stays in the register and is never given again."""

    document: int
    symbol: str
    replaced_by: str
