"""What one can do: the secretariat asks, a unit answers with its list, the secretariat decides."""

from attendance.registration.actions.asking import (
    ask_units,
    decline_change,
    edit_unit,
    extend_units,
    grant_change,
    remind_units,
    set_terms,
    withdraw_units,
)
from attendance.registration.actions.deciding import approve_registrations, refuse_registrations
from attendance.registration.actions.listing import (
    Line,
    add_registration,
    add_registrations,
    complete_unit,
    edit_registration,
    remove_registration,
    request_change,
    resume_unit,
    send_registrations,
)

__all__ = [
    "Line",
    "add_registration",
    "add_registrations",
    "approve_registrations",
    "ask_units",
    "complete_unit",
    "decline_change",
    "edit_registration",
    "edit_unit",
    "extend_units",
    "grant_change",
    "refuse_registrations",
    "remind_units",
    "remove_registration",
    "request_change",
    "resume_unit",
    "send_registrations",
    "set_terms",
    "withdraw_units",
]
