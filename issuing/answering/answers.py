"""What an answer is, whether it says anything new, and how often one may answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from issuing.models import Invitation
from meetings.errors import OutOfOrder

#: Times one link may be used to change an answer; after that one telephones.
LINK_ANSWERS = 30


@dataclass(frozen=True)
class Answer:
    """What somebody says: the state it leads to; why not; who comes instead. All but the state stay in the row."""

    state: str
    reason: str = ""
    substitute_name: str = ""
    substitute_position: str = ""
    substitute_phone: str = ""


def is_said(row: Invitation, answer: Answer) -> bool:
    """Tell whether an invitation has this very answer already."""
    said = (row.state, row.reason, row.substitute_name, row.substitute_position, row.substitute_phone)
    return said == (answer.state, answer.reason, answer.substitute_name, answer.substitute_position, answer.substitute_phone)


def refuse_too_often(row: Invitation) -> None:
    """Raise OutOfOrder when a link was used too often; asked before the lock as well, which nobody's mouse shall hold."""
    if row.link_answers >= LINK_ANSWERS:
        raise OutOfOrder(_("This answer was changed too often. Please telephone the office that invited you."))
