"""What shall become of a file that is sent: a new paper (of the meeting, an item, a speech), or a new version of one."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from packets.desk.forms import LONGEST_TITLE, AboutForm
from packets.handouts.rules import NO_FILE
from packets.models import Document
from packets.uploading.names import LONGEST, title_from
from people.spelling import CleanField


class WishForm(AboutForm):
    """Metadata of an upload, or the fields beside the files of a plain form."""

    choices_of = AboutForm.choices_of | {"document": "documents"}
    word: ClassVar[str] = "secret"
    needs_title = False
    title = CleanField(
        label=_("Title of the paper"), max_length=LONGEST_TITLE, required=False, help_text=_("Left empty: the name of the file.")
    )
    document = forms.ModelChoiceField(Document.objects.none(), required=False, widget=forms.HiddenInput)
    waits = forms.BooleanField(
        required=False, help_text="Taken in when that is asked for, not with the last byte: files in order."
    )
    note = CleanField(label=_("What is new in this version"), max_length=500, required=False)

    def clean_document(self) -> Document | None:
        """A paper that was taken out gets no new version."""
        found: Document | None = self.cleaned_data["document"]
        if found is not None and found.is_removed:
            raise forms.ValidationError(_("Paper %(number)d has been taken out.") % {"number": found.number})
        return found

    def require_fit(self, size: int = 0) -> None:
        """Raise OutOfOrder where a file may not be at all: nothing of a secret paper is kept here."""
        document: Document | None = self.cleaned_data["document"]
        about = document or Document(secrecy=self.cleaned_data["secrecy"])
        if about.is_placeholder:
            raise OutOfOrder(NO_FILE)

    def kept(self) -> dict[str, Any]:
        """Return the wishes as plain values."""
        data = self.cleaned_data
        rows = {name: data[name].pk if data[name] else None for name in ("document", "item", "speech")}
        return rows | {name: data[name] for name in ("title", "secrecy", "note", "waits")}


def title_of(wishes: dict[str, Any], name: str) -> str:
    """Return the title a new paper gets."""
    return str(wishes.get("title") or title_from(name))[:LONGEST_TITLE] or name[:LONGEST]
