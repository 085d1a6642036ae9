"""The commands on the minutes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.commands import CommandForm, command
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from minutes import actions, proofs
from minutes.layout import rows_of
from minutes.models import MinutesBlock

HEADING_LIMIT = 400
TEXT_LIMIT = 20_000


@command("minutes.draft", actions.draft_minutes, Ability.WRITE_MINUTES)
class DraftMinutes(CommandForm):
    """Nothing but the wish."""


@command("block.edit", actions.edit_block, Ability.WRITE_MINUTES)
class EditBlock(CommandForm):
    """New words of a block, and the version they were written over."""

    block = forms.ModelChoiceField(MinutesBlock.objects.none())
    version = forms.IntegerField(min_value=1)
    heading = forms.CharField(label=_("Heading"), max_length=HEADING_LIMIT, required=False)
    text = forms.CharField(label=_("Text"), max_length=TEXT_LIMIT, required=False, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[MinutesBlock] = self.fields["block"]  # type: ignore[assignment]
        field.queryset = MinutesBlock.objects.filter(minutes__meeting=self.meeting)

    def clean_text(self) -> str:
        """Keep paragraphs as typed, without the space around them; no-break spaces (a number left free) stay."""
        lines = str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(one.strip(" \t") for one in lines).strip("\n")

    def clean(self) -> dict[str, Any]:
        """A part, point or annex has a heading; the lines of a table have as many cells as its titles."""
        data = super().clean() or {}
        block = data.get("block")
        if block is None or "text" not in data:
            return data
        if block.kind in (MinutesBlock.Kind.SECTION, MinutesBlock.Kind.POINT, MinutesBlock.Kind.ANNEX) and not data.get(
            "heading"
        ):
            self.add_error("heading", _("Enter the heading."))
        if block.kind in (MinutesBlock.Kind.TABLE, MinutesBlock.Kind.ANNEX):
            self._check_table(data["text"])
        return data

    def _check_table(self, text: str) -> None:
        rows = rows_of(text)
        for at, row in enumerate(rows, start=1):
            if len(row) != len(rows[0]):
                sentence = _("Line %(line)d has %(found)d cells, the titles are %(wanted)d. Cells are parted by |.")
                self.add_error("text", sentence % {"line": at, "found": len(row), "wanted": len(rows[0])})
                return


@command("minutes.approve", actions.approve_minutes, Ability.APPROVE_MINUTES)
class ApproveMinutes(CommandForm):
    """The revision the actor has read."""

    revision = forms.IntegerField(min_value=1)


def take_proof(meeting: Meeting, *, by: Actor) -> dict[str, Any]:
    """Set the paper in type before the journal is locked."""
    return {"proof": proofs.take(meeting)}


@command("minutes.print", actions.print_minutes, Ability.WRITE_MINUTES, before=take_proof)
class PrintMinutes(CommandForm):
    """Nothing but the wish."""
