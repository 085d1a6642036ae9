"""The input of applying lists of the directory that were uploaded."""

from __future__ import annotations

from meetings.commands import office_command
from meetings.directory.actions import imports
from meetings.directory.lists import organisations, people  # noqa: F401  # the kinds are known with their commands
from meetings.importing.forms import OfficeRunForm
from meetings.procedure import Ability


@office_command("organisations.import", imports.import_organisations, Ability.MANAGE_DIRECTORY)
class ImportOrganisations(OfficeRunForm):
    """The list of organisations."""

    kind = "organisations"


@office_command("people.import", imports.import_people, Ability.MANAGE_DIRECTORY)
class ImportPeople(OfficeRunForm):
    """The list of people."""

    kind = "people"
