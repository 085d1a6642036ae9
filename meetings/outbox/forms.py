"""The input of what is decided about letters."""

from __future__ import annotations

from typing import Any

from mailing.models import Letter
from meetings.commands import OfficeForm, Rows, office_command
from meetings.outbox import actions
from meetings.procedure import Ability


class _OfLetters(OfficeForm):
    """Which letters."""

    letters = Rows(Letter.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letters"].queryset = Letter.objects.defer("text")  # type: ignore[attr-defined]


@office_command("letters.release", actions.release_letters, Ability.SEE_OUTBOX)
class ReleaseLetters(_OfLetters):
    """Which letters are to be sent."""


@office_command("letters.discard", actions.discard_letters, Ability.SEE_OUTBOX)
class DiscardLetters(_OfLetters):
    """Which letters are not to be sent."""


@office_command("letters.settle", actions.settle_letters, Ability.SEE_OUTBOX)
class SettleLetters(_OfLetters):
    """Which letters have arrived."""
