"""What can happen to the directory. Facts hold names, never a telephone number or a mail address."""

from __future__ import annotations

from typing import Any

from meetings.accounts.facts import OfficeFact
from meetings.fact_kinds import fact


@fact("organisation.added")
class OrganisationAdded(OfficeFact):
    """An organisation was entered; `above`: the name of the one it belongs to."""

    organisation: int
    name: str
    kind_of_organisation: str
    above: str


@fact("organisation.edited")
class OrganisationEdited(OfficeFact):
    """It was given these data; `was`: its name before."""

    organisation: int
    name: str
    was: str
    symbol: str
    code: str


@fact("organisation.moved")
class OrganisationMoved(OfficeFact):
    """It belongs to another one now; the names of both, nothing for the top."""

    organisation: int
    name: str
    above: str
    was_above: str


@fact("organisation.closed")
class OrganisationClosed(OfficeFact):
    """It is no longer picked; what refers to it stays."""

    organisation: int
    name: str


@fact("organisation.reopened")
class OrganisationReopened(OfficeFact):
    """It is picked again."""

    organisation: int
    name: str


@fact("person.added")
class PersonAdded(OfficeFact):
    """A person was entered, perhaps with a first position."""

    person: int
    name: str
    office: str


@fact("person.edited")
class PersonEdited(OfficeFact):
    """A person's name or contact was changed; `was`: the name before, `contact_changed`: whether the rest was."""

    person: int
    name: str
    was: str
    contact_changed: bool


@fact("contact.erased")
class ContactErased(OfficeFact):
    """Telephone number and mail address of a person are no longer kept."""

    person: int
    name: str


@fact("position.added")
class PositionAdded(OfficeFact):
    """A person was given an office; `ended`: how many earlier ones in the same unit ended with it."""

    person: int
    name: str
    position: int
    title: str
    unit: str
    since: str
    until: str
    ended: int


@fact("position.edited")
class PositionEdited(OfficeFact):
    """An office was given these data; participants and papers keep the words of their time."""

    person: int
    name: str
    position: int
    title: str
    unit: str
    since: str
    until: str


@fact("position.removed")
class PositionRemoved(OfficeFact):
    """An office that was entered by mistake was taken out."""

    person: int
    name: str
    title: str
    unit: str


@fact("people.merged")
class PeopleMerged(OfficeFact):
    """Two entries of one person became one: what went over from `merged` to `kept`, and what the merged one was called.

    `meetings`: titles of the meetings whose participant went over; `sites`: names of the bridge points headed; `others`:
    how many rows of other kinds, by kind.
    """

    kept: int
    name: str
    merged: int
    was: str
    positions: list[str]
    meetings: list[str]
    sites: list[str]
    account: str
    others: dict[str, Any]


@fact("organisations.imported")
class OrganisationsImported(OfficeFact):
    """A list was read in as a whole: [{id, name}, …] of those that are new, and of those that were changed."""

    added: list[dict[str, Any]]
    changed: list[dict[str, Any]]


@fact("people.imported")
class PeopleImported(OfficeFact):
    """A list was read in as a whole: [{id, name}, …] new and changed; how many positions were entered or changed."""

    added: list[dict[str, Any]]
    changed: list[dict[str, Any]]
    positions: int
