"""The input of the commands on bodies."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attendance.bodies import actions
from attendance.bodies.models import Body
from attendance.bodies.quorum import MORE_THAN, NUMBER, Rule
from meetings.commands import ChoosingForm, CommandForm, Rows, command
from meetings.models import COUNTED_ROLES, Participant, ParticipantGroup, Role
from meetings.procedure import Ability

_PART = re.compile(r"\s*(\d{1,3})\s*/\s*(\d{1,3})\s*")
_ROLES = [(role.value, role.label) for role in Role if role in COUNTED_ROLES]


class _RuleFields(CommandForm):
    """Name and rule of a body."""

    name = forms.CharField(label=_("Name of the body"), max_length=120)
    measure = forms.ChoiceField(label=_("There must be"), choices=Body.Measure.choices, initial=Body.Measure.AT_LEAST)
    part = forms.CharField(
        label=_("Part of the entitled"), max_length=9, required=False, initial="2/3", help_text=_("Such as 2/3 or 1/2.")
    )
    least = forms.IntegerField(
        label=_("Number of people"), required=False, min_value=1, max_value=100_000, help_text=_("For a number of people only.")
    )
    counts_substitutes = forms.BooleanField(
        label=_("Who stands in for a member counts for the member"), required=False, initial=True
    )

    def clean(self) -> dict[str, Any]:
        """A part is a fraction of at most 1 (of less than 1 when more than it must come); a number is given."""
        data = super().clean() or {}
        measure, found = data.get("measure"), _PART.fullmatch(data.get("part") or "")
        if measure == NUMBER:
            if data.get("least") is None and "least" not in self.errors:
                self.add_error("least", _("Say how many people must be there."))
        elif measure and "part" not in self.errors:
            top, bottom = (int(found[1]), int(found[2])) if found else (0, 0)
            if not 0 < top <= bottom or (measure == MORE_THAN and top == bottom):
                self.add_error("part", _("Write the part as a fraction of less than 1, such as 2/3."))
            data |= {"numerator": top, "denominator": bottom}
        return data

    def rule(self) -> Rule:
        """Return the rule that was given."""
        data = self.cleaned_data
        return Rule(
            data["measure"], data.get("numerator", 2), data.get("denominator", 3),
            data["least"] if data["measure"] == NUMBER else None, data["counts_substitutes"],
        )  # fmt: skip


class _MemberFields(ChoosingForm):
    """Whom to choose: all of some groups, all of some roles, and single people."""

    choices_of = {"groups": "groups", "participants": "participants"}
    groups = Rows(
        ParticipantGroup.objects.none(), label=_("All of these groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    roles = forms.MultipleChoiceField(
        label=_("All of these roles"), choices=_ROLES, required=False, widget=forms.CheckboxSelectMultiple
    )
    participants = Rows(Participant.objects.none(), required=False, widget=forms.MultipleHiddenInput)

    def chosen(self) -> list[Participant]:
        """Return everybody who is meant, once."""
        data = self.cleaned_data
        people = [one.pk for one in data["participants"]]
        wanted = Q(group__in=data["groups"]) | Q(role__in=data["roles"]) | Q(pk__in=people)
        return list(self.meeting.participants.filter(wanted).order_by("bridge_point__number", "pk"))

    def clean(self) -> dict[str, Any]:
        """A name that nobody has is not asked for."""
        data = super().clean() or {}
        if self.must_choose and not self.errors and not any(data[name] for name in ("groups", "roles", "participants")):
            self.add_error(None, _("Choose groups, roles or people."))
        return data

    must_choose = True


@command("body.add", actions.add_body, Ability.PREPARE)
class AddBody(_RuleFields, _MemberFields):
    """A new body and its first members."""

    field_order = ["name", "measure", "part", "least", "counts_substitutes", "groups", "roles"]
    must_choose = False

    def arguments(self) -> dict[str, Any]:
        """Return name, rule and members."""
        return {"name": self.cleaned_data["name"], "rule": self.rule(), "members": self.chosen()}


@command("body.edit", actions.edit_body, Ability.PREPARE)
class EditBody(_RuleFields, ChoosingForm):
    """Another name or rule of a body."""

    choices_of = {"body": "bodies"}
    body = forms.ModelChoiceField(Body.objects.none(), widget=forms.HiddenInput)

    def arguments(self) -> dict[str, Any]:
        """Return the body, its name and its rule."""
        return {"body": self.cleaned_data["body"], "name": self.cleaned_data["name"], "rule": self.rule()}


@command("body.remove", actions.remove_body, Ability.PREPARE)
class RemoveBody(ChoosingForm):
    """Which body."""

    choices_of = {"body": "bodies"}
    body = forms.ModelChoiceField(Body.objects.none())


@command("body_members.add", actions.add_body_members, Ability.PREPARE)
class AddBodyMembers(_MemberFields):
    """Which body, and whom."""

    choices_of = {"body": "bodies", **_MemberFields.choices_of}
    body = forms.ModelChoiceField(
        Body.objects.none(), widget=forms.HiddenInput, error_messages={"required": _("Choose the body.")}
    )

    def arguments(self) -> dict[str, Any]:
        """Return the body and the chosen people."""
        return {"body": self.cleaned_data["body"], "participants": self.chosen()}


@command("body_members.remove", actions.remove_body_members, Ability.PREPARE)
class RemoveBodyMembers(ChoosingForm):
    """Which body, and which of its members."""

    choices_of = {"body": "bodies", "participants": "participants"}
    body = forms.ModelChoiceField(Body.objects.none())
    participants = Rows(Participant.objects.none(), error_messages={"required": _("Choose at least one person.")})

    def arguments(self) -> dict[str, Any]:
        """Return the chosen people as a list."""
        return self.cleaned_data | {"participants": list(self.cleaned_data["participants"])}
