"""The input about reading."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.commands import ChoosingForm, Rows, command
from meetings.models import Participant
from meetings.procedure import Ability
from packets.models import Document
from packets.reading import actions, progress
from packets.reading.noting import Report


@command("papers.remind", actions.remind_papers, Ability.PREPARE)
class RemindPapers(ChoosingForm):
    """Of which papers (none: all), and whom (none: everybody who has not opened them)."""

    choices_of = {"papers": "documents", "participants": "participants"}
    papers = Rows(Document.objects.none(), required=False)
    participants = Rows(Participant.objects.none(), required=False)


class ProgressForm(forms.Form):
    """A report of a reader's page (no command: it is soft)."""

    pages = forms.CharField(required=False, max_length=progress.LONGEST_TEXT)
    seconds = forms.IntegerField(min_value=0, max_value=86_400)
    page = forms.IntegerField(min_value=1, max_value=1_000_000)

    def clean_pages(self) -> list[int]:
        """Read the ranges."""
        try:
            return progress.pages_in(self.cleaned_data["pages"])
        except ValueError as error:
            raise forms.ValidationError(_("Pages are written like 1-3,7.")) from error

    def report(self) -> Report:
        """Return what was read."""
        data = self.cleaned_data
        return Report(pages=data["pages"], seconds=data["seconds"], page=data["page"])
