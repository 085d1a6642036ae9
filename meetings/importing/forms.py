"""The input of uploading and of applying a list."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings import actions
from meetings.commands import CommandForm, OfficeForm, command
from meetings.importing.models import ImportRun
from meetings.procedure import Ability


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("The list, as XLSX or CSV"),
        help_text=_("At most 10 MB and 20,000 rows. Nothing is changed before you have looked at what would be."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )


class OfficeRunForm(OfficeForm):
    """Which uploaded list of the office, as it was seen; a subclass says of which `kind`."""

    kind: ClassVar[str] = ""
    run = forms.ModelChoiceField(ImportRun.objects.none())
    seen = forms.CharField(max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[ImportRun] = self.fields["run"]  # type: ignore[assignment]
        found = ImportRun.objects.filter(kind=self.kind, meeting=getattr(self, "meeting", None))
        field.queryset = found.defer("table", "judged")
        field.error_messages["invalid_choice"] = _("This uploaded list is no longer kept. Upload it again.")


class RunForm(CommandForm, OfficeRunForm):
    """Which uploaded list of the meeting, as it was seen."""


@command("participants.import", actions.import_participants, Ability.PREPARE)
class ImportParticipants(RunForm):
    """The list of participants."""

    kind = "participants"
