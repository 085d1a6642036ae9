"""What a printed paper is worth today: its standing in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from minutes.models import Minutes, Print


@dataclass(frozen=True)
class Standing:
    """What to say of a paper: the tone of its chip (ok, warn, bad), one word, one sentence. `name` is for programs."""

    name: str
    tone: str
    word: object
    sentence: object


APPROVED = Standing(
    "approved",
    "ok",
    _("Approved"),
    _("These minutes were approved. This is the paper as the system printed it after the approval."),
)
DRAFT = Standing("draft", "warn", _("Draft"), _("This is a draft. The minutes have not been approved yet and may still change."))
SUPERSEDED = Standing(
    "superseded",
    "bad",
    _("Superseded"),
    _("This paper is out of date: the minutes were changed or approved after it was printed."),
)
DEMONSTRATION = Standing(
    "demonstration",
    "bad",
    _("Demonstration"),
    _("This paper comes from a demonstration or rehearsal. It has no validity."),
)


def standing(paper: Print, minutes: Minutes, *, demonstration: bool, newest: int) -> Standing:
    """Return what a print is worth, now that its minutes stand as they do. `newest`: last entry the minutes draw from."""
    if demonstration:
        return DEMONSTRATION
    if (paper.revision, paper.state) != (minutes.revision, minutes.state):
        return SUPERSEDED
    if paper.state == Minutes.State.DRAFT and newest > paper.journal_number:
        return SUPERSEDED  # the journal has gone on, and the draft with it
    return APPROVED if paper.state == Minutes.State.APPROVED else DRAFT


def grouped(digest: str) -> str:
    """Return a hash in groups of eight, so that eyes can compare it."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
