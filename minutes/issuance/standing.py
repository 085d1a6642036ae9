"""What an official paper is worth today, in words: for its recipients, the office, and whoever holds it in the hand."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minutes.checking import DEMONSTRATION, Standing
from minutes.models import OfficialPaper

State = OfficialPaper.State


VALID = Standing("valid", "ok", _("Valid"), _("This paper was issued and is valid."))
MAKING = Standing(
    "making", "warn", _("Being made"), _("This paper has been issued; its file is just being made. Look again in a minute.")
)
RECALLED = Standing("recalled", "bad", _("Recalled"), _("This paper was recalled. It is no longer valid and must not be used."))
REPLACED = Standing(
    "replaced", "bad", _("Replaced"), _("This paper was recalled and replaced by another one. It is no longer valid.")
)


def standing_of(row: OfficialPaper, *, demonstration: bool = False) -> Standing:
    """Return what an issued paper is worth; of a demonstration: nothing, before whoever checks it from outside."""
    if demonstration:
        return DEMONSTRATION
    if row.state == State.RECALLED:
        return REPLACED if row.replaced_by_id else RECALLED
    return VALID if row.filed_at is not None else MAKING
