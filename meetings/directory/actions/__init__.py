"""What one can do to the directory: organisations, people, their positions; two entries of one person become one."""

from meetings.directory.actions.merging import merge_people
from meetings.directory.actions.organisations import (
    NewOrganisation,
    add_organisation,
    close_organisation,
    edit_organisation,
    move_organisation,
    reopen_organisation,
)
from meetings.directory.actions.people import (
    add_person,
    add_position,
    edit_person,
    edit_position,
    erase_contact,
    remove_position,
)

__all__ = [
    "NewOrganisation",
    "add_organisation",
    "add_person",
    "add_position",
    "close_organisation",
    "edit_organisation",
    "edit_person",
    "edit_position",
    "erase_contact",
    "merge_people",
    "move_organisation",
    "remove_position",
    "reopen_organisation",
]
