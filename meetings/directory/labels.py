"""How an organisation and a person are told from others of the same name, in one line. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from people.models import Organisation, Position
from people.offices import office_line

APART = " – "


def holds_on(position: Position, day: date) -> bool:
    """Whether a position is held on a day; without a first or last day it is open on that side."""
    return (position.since is None or position.since <= day) and (position.until is None or position.until >= day)


def office_of(position: Position) -> str:
    """Title and unit of a position in one line."""
    return office_line(position.title, position.organisation.name)


def label_of_person(full_name: str, positions: Iterable[Position], day: date) -> str:
    """Return a name with the positions held on a day: Giàng A Đại – Phó Bí thư, Tỉnh ủy Lào Cai."""
    offices = "; ".join(office_of(position) for position in positions if holds_on(position, day))
    return f"{full_name}{APART}{offices}" if offices else full_name


def label_of_organisation(organisation: Organisation) -> str:
    """Return a name with the body above, where it is one of many of its name: Xã Tân Lập – Lào Cai."""
    return f"{organisation.name}{APART}{organisation.parent.short_name}" if organisation.parent else organisation.name
