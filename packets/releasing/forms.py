"""The input of its commands."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.commands import ChoosingForm, Rows, command
from meetings.forms.moments import Moment
from meetings.models import BridgePoint, Participant, ParticipantGroup, Role
from meetings.procedure import Ability
from packets.models import Document, Release
from packets.releasing import actions

SEEN = re.compile(r"^[0-9]{1,18}:[0-9]{1,9}:[0-9]{1,9}$")
GONE = _("This has been removed by somebody else in the meantime. Reload the page.")


class Editions(forms.CharField):
    """As what papers stood there when the page was made: `12:3:1 13:1:2`, key, edition, and version to be released (0: none)."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return {key: (edition, version)}."""
        told = str(value or "").split()
        if len(told) > 10_000 or not all(SEEN.match(one) for one in told):
            raise forms.ValidationError(_("Reload the page and try again."), code="invalid")
        parts = [tuple(map(int, one.split(":"))) for one in told]
        return {key: (edition, version) for key, edition, version in parts}

    def run_validators(self, value: Any) -> None:
        """What has been read is numbers."""


class _Documents(ChoosingForm):
    """Which papers."""

    choices_of = {"documents": "documents"}
    documents = Rows(Document.objects.none(), error_messages={"required": _("Choose papers in the list first.")})


@command("document.release", actions.release_document, Ability.PREPARE)
class ReleaseDocument(_Documents):
    """Which papers, as they were read (`editions`), to whom, from when until when, and what may be done with them."""

    choices_of = {
        "documents": "documents", "groups": "groups", "bridge_points": "bridge_points", "participants": "participants",
    }  # fmt: skip
    editions = Editions(required=False)
    everyone = forms.BooleanField(label=_("Everybody who takes part"), required=False)
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple)
    groups = Rows(ParticipantGroup.objects.none(), label=_("Groups"), required=False, widget=forms.CheckboxSelectMultiple)
    bridge_points = Rows(BridgePoint.objects.none(), label=_("Bridge points"), required=False)
    participants = Rows(Participant.objects.none(), label=_("Named people"), required=False)
    from_at = Moment(label=_("From"), required=False, help_text=_("Empty: at once."))
    until_at = Moment(label=_("Until"), required=False, help_text=_("Empty: without an end. You can recall it at any time."))
    holds_for_item = forms.BooleanField(
        label=_("Hold it until its item begins"), required=False,
        help_text=_("Nobody sees it before the chair opens the item. From then on it stays open."),
    )  # fmt: skip
    may_download = forms.BooleanField(
        label=_("May be downloaded"), required=False, help_text=_("As pictures of the pages, marked with the reader's name.")
    )
    may_print = forms.BooleanField(label=_("May be printed"), required=False, help_text=_("Marked with the reader's name."))
    recalls_former = forms.BooleanField(
        label=_("Recall the releases so far"), required=False, help_text=_("Only those chosen here see it from now on.")
    )

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        data = super().clean() or {}
        since, until = data.get("from_at"), data.get("until_at")
        if since and until and until <= since:
            self.add_error("until_at", _("The end is before the beginning. Change it."))
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the papers and the openness."""
        data = self.cleaned_data
        everyone = data["everyone"]
        to = actions.Openness(
            to_everyone=everyone, roles=() if everyone else tuple(data["roles"]), groups=() if everyone else list(data["groups"]),
            bridge_points=() if everyone else list(data["bridge_points"]), participants=list(data["participants"]),
            from_at=data["from_at"], until_at=data["until_at"], holds_for_item=data["holds_for_item"],
            may_download=data["may_download"], may_print=data["may_print"],
        )  # fmt: skip
        return {
            "documents": list(data["documents"]), "editions": data["editions"] or {}, "to": to,
            "recalls_former": data["recalls_former"],
        }  # fmt: skip


@command("document.recall", actions.recall_document, Ability.PREPARE)
class RecallDocument(_Documents):
    """Which papers; with a release, that one alone, else all of theirs. It is never too late for this."""

    release = forms.ModelChoiceField(
        Release.objects.none(), to_field_name="token", required=False, widget=forms.HiddenInput,
        error_messages={"invalid_choice": GONE},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Release] = self.fields["release"]  # type: ignore[assignment]
        field.queryset = Release.objects.filter(document__meeting=self.meeting)

    def arguments(self) -> dict[str, Any]:
        """Return the papers and the release."""
        return {"documents": list(self.cleaned_data["documents"]), "release": self.cleaned_data["release"]}


@command("version.judge", actions.judge_version, Ability.APPROVE_PAPERS)
class JudgeVersion(ChoosingForm):
    """Which version of which paper: its words of secrecy make nothing secret."""

    choices_of = {"document": "documents"}
    document = forms.ModelChoiceField(Document.objects.none(), widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
