"""The input of the commands on the directory."""

from meetings.directory.forms.entries import (
    AddOrganisation,
    AddPerson,
    AddPosition,
    EditOrganisation,
    EditPerson,
    EditPosition,
    MoveOrganisation,
    Which,
)
from meetings.directory.forms.imports import ImportOrganisations, ImportPeople

__all__ = [
    "AddOrganisation",
    "AddPerson",
    "AddPosition",
    "EditOrganisation",
    "EditPerson",
    "EditPosition",
    "ImportOrganisations",
    "ImportPeople",
    "MoveOrganisation",
    "Which",
]
