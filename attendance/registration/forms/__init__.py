"""The commands of registration: what the secretariat asks and decides, what a unit answers."""

from attendance.registration.forms.asking import (
    AskUnits,
    DeclineChange,
    EditUnit,
    ExtendUnits,
    GrantChange,
    RefuseRegistrations,
    SetTerms,
)
from attendance.registration.forms.listing import AddRegistration, AddRegistrations, EditRegistration, RequestChange

__all__ = [
    "AddRegistration",
    "AddRegistrations",
    "AskUnits",
    "DeclineChange",
    "EditRegistration",
    "EditUnit",
    "ExtendUnits",
    "GrantChange",
    "RefuseRegistrations",
    "RequestChange",
    "SetTerms",
]
