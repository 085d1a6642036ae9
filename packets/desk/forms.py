"""The commands of papers before their release."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agenda.models import AgendaItem, Speech
from meetings.commands import ChoosingForm, CommandForm, Rows, command
from meetings.procedure import Ability
from packets.desk import actions
from packets.handouts.rules import is_secret, title_of_placeholder
from packets.models import Document, Version
from people.spelling import CleanField

LONGEST_TITLE = 400


class ItemChoice(forms.ModelChoiceField):
    """An item of the programme by its number and words; none: the paper is the meeting's."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what stands in the list of choices."""
        return f"{obj.number} · {obj.title}" if obj.number else str(obj.title)


class SpeechChoice(forms.ModelChoiceField):
    """A registered speech by its title and unit."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what stands in the list of choices."""
        return f"{obj.title} – {obj.unit.organisation.name}"


class AboutForm(ChoosingForm):
    """What a paper says of itself."""

    choices_of = {"item": "items", "speech": "speeches"}
    needs_title: ClassVar[bool] = True
    title = CleanField(label=_("Title of the paper"), max_length=LONGEST_TITLE, required=False)
    item = ItemChoice(
        AgendaItem.objects.none(), label=_("Item of the programme"), required=False, empty_label=_("The whole meeting")
    )
    speech = SpeechChoice(Speech.objects.none(), label=_("Registered speech"), required=False, empty_label=_("None"))
    secrecy = forms.ChoiceField(label=_("Secrecy"), choices=Document.Secrecy.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items: forms.ModelChoiceField[Any] = self.fields["item"]  # type: ignore[assignment]
        speeches: forms.ModelChoiceField[Any] = self.fields["speech"]  # type: ignore[assignment]
        items.queryset = self.meeting.items.exclude(kind=AgendaItem.Kind.BREAK).order_by("position")
        # One that was withdrawn keeps the papers it has.
        standing = ~Q(state=Speech.State.WITHDRAWN) | Q(documents__isnull=False)
        found = self.meeting.speeches.filter(standing).distinct().select_related("unit__organisation")
        speeches.queryset = found.order_by("folded", "pk")

    def clean(self) -> dict[str, Any]:
        """A secret paper whose title nobody has written gets neutral words; every other one needs its title."""
        data = super().clean() or self.cleaned_data
        if is_secret(data.get("secrecy", "")):
            data["title"] = title_of_placeholder(data.get("title", ""))
        elif self.needs_title and not data.get("title") and "title" not in self.errors:
            self.add_error("title", self.fields["title"].error_messages["required"])
        return data

    def clean_secrecy(self) -> str:
        """A paper of which nothing is said is an ordinary one."""
        return self.cleaned_data["secrecy"] or Document.Secrecy.NORMAL


@command("document.add", actions.add_document, Ability.PREPARE)
class AddDocument(AboutForm):
    """A paper without a file: still to come, or the placeholder of a secret one."""


class OneDocument(ChoosingForm):
    """One paper."""

    choices_of = {"document": "documents"}
    document = forms.ModelChoiceField(Document.objects.none(), widget=forms.HiddenInput)


class AsRead(OneDocument):
    """One paper as it stood when the page was made."""

    edition = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


@command("document.edit", actions.edit_document, Ability.PREPARE)
class EditDocument(AboutForm, AsRead):
    """New data of a paper."""

    choices_of = AboutForm.choices_of | AsRead.choices_of


@command("document.move", actions.move_document, Ability.PREPARE)
class MoveDocument(ChoosingForm):
    """One place up or down, or before another paper of an item (none: as its last)."""

    choices_of = {"document": "documents", "before": "documents", "item": "items"}
    document = forms.ModelChoiceField(Document.objects.none())
    way = forms.ChoiceField(choices=[("up", "up"), ("down", "down")], required=False)
    before = forms.ModelChoiceField(Document.objects.none(), required=False)
    item = forms.ModelChoiceField(AgendaItem.objects.none(), required=False)


@command("document.remove", actions.remove_document, Ability.PREPARE)
class RemoveDocument(AsRead):
    """Which paper, and whether its files go for good."""

    erase = forms.BooleanField(label=_("Erase its files for good"), required=False)


class _OfVersions(CommandForm):
    """One or many versions of papers of the meeting."""

    versions = Rows(Version.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelMultipleChoiceField[Any] = self.fields["versions"]  # type: ignore[assignment]
        field.queryset = Version.objects.filter(document__meeting=self.meeting)
        field.error_messages["required"] = _("Choose at least one paper.")
        field.error_messages["invalid_choice"] = _("This has been removed by somebody else in the meantime. Reload the page.")


@command("version.check", actions.check_version, Ability.PREPARE)
class CheckVersion(_OfVersions):
    """Which versions."""


@command("version.approve", actions.approve_version, Ability.APPROVE_PAPERS)
class ApproveVersion(_OfVersions):
    """Which versions."""


@command("version.return", actions.return_version, Ability.APPROVE_PAPERS)
class ReturnVersion(_OfVersions):
    """Which version, and why it is not approved."""

    why = CleanField(label=_("What is to be changed"), max_length=500)

    def clean_versions(self) -> Any:
        """One at a time: the reason is about it."""
        found = self.cleaned_data["versions"]
        if len(found) != 1:
            raise forms.ValidationError(_("Choose one paper: the reason is about it alone."))
        return found

    def arguments(self) -> dict[str, Any]:
        """Return the one version."""
        return {"version": self.cleaned_data["versions"][0], "why": self.cleaned_data["why"]}
