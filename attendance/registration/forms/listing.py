"""What a unit answers: the lines of its list, and what it says of the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.registration import actions, queries
from attendance.registration.models import AskedUnit, Registration
from attendance.registration.places import terms_of
from attendance.registration.reading import MOST_BYTES, read_list
from meetings.commands import ChoosingForm, CommandForm, command
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup
from meetings.procedure import Ability
from meetings.queries import number_in
from meetings.widgets import SiteSelect
from people.models import Person
from people.spelling import CleanField


class OfUnit(ChoosingForm):
    """One unit."""

    choices_of = {"unit": "asked_units"}
    unit = forms.ModelChoiceField(AskedUnit.objects.none(), widget=forms.HiddenInput)


@command("change.request", actions.request_change, Ability.REGISTER_PEOPLE)
class RequestChange(OfUnit):
    """What shall be changed, and why."""

    wish = forms.CharField(label=_("What shall be changed, and why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


@command("registrations.send", actions.send_registrations, Ability.REGISTER_PEOPLE)
class SendRegistrations(OfUnit):
    """Whose list."""


@command("unit.complete", actions.complete_unit, Ability.REGISTER_PEOPLE)
class CompleteUnit(OfUnit):
    """Whose list; whether nobody comes."""

    nobody = forms.BooleanField(required=False)


@command("unit.resume", actions.resume_unit, Ability.REGISTER_PEOPLE)
class ResumeUnit(OfUnit):
    """Whose list."""


class _LineFields(CommandForm):
    """What a line of a unit's list says; its choices are those of the unit."""

    asked_fields = ("phone", "email", "needs")
    person = forms.ModelChoiceField(Person.objects.none(), required=False, widget=forms.HiddenInput)
    concerns = forms.ModelChoiceField(Participant.objects.none(), required=False, widget=forms.HiddenInput)
    name = CleanField(label=_("Full name"), max_length=120, required=False)
    position = CleanField(label=_("Position"), max_length=160, required=False)
    unit_name = CleanField(label=_("Unit"), max_length=200, required=False)
    bridge_point = forms.ModelChoiceField(
        BridgePoint.objects.none(), label=_("Bridge point"), required=False, empty_label=_("not known yet"), widget=SiteSelect
    )
    mode = forms.ChoiceField(label=_("Takes part"), choices=Participant.Mode.choices, required=False)
    group = forms.ModelChoiceField(ParticipantGroup.objects.none(), label=_("Group"), required=False, empty_label=_("none"))
    phone = CleanField(label=_("Telephone number"), max_length=40, required=False)
    email = forms.EmailField(label=_("Mail address"), max_length=254, required=False)
    needs = CleanField(label=_("Special needs"), max_length=300, required=False)
    reason = CleanField(
        label=_("Reason"), max_length=500, required=False, help_text=_("Only your unit and the secretariat can read it.")
    )
    is_another = forms.BooleanField(label=_("Another person of the same name"), required=False)

    def __init__(self, *args: Any, unit: AskedUnit | None = None, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_unit, self.kind = unit or self.unit_sent(), kind or self.kind_sent()
        terms = terms_of(self.meeting)
        for name in self.asked_fields:
            if not (terms and getattr(terms, f"asks_{name}")):
                del self.fields[name]
        excused = self.kind == Registration.Kind.EXCUSE
        self.fields["name"].required, self.fields["reason"].required = not excused, excused
        modes = [choice for choice in Participant.Mode.choices if self.meeting.mode in (choice[0], Meeting.Mode.HYBRID)]
        self.fields["mode"].choices = modes  # type: ignore[attr-defined]
        self._choose("group", self.meeting.groups.all())
        if self.of_unit:
            self._choose("person", queries.people_of(self.of_unit))
            self._choose("concerns", queries.people_on_the_list(self.of_unit))
            self._choose("bridge_point", queries.sites_of(self.of_unit))

    def _choose(self, name: str, rows: Any) -> None:
        field: forms.ModelChoiceField[Any] = self.fields[name]  # type: ignore[assignment]
        field.queryset = rows

    def unit_sent(self) -> AskedUnit | None:
        """Return the unit whose list is meant, as the body says."""
        raise NotImplementedError

    def kind_sent(self) -> str:
        """Return what kind of line is meant, as the body says."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Who stands in or is excused concerns somebody."""
        data = super().clean() or {}
        if self.kind != Registration.Kind.ATTEND and not data.get("concerns") and "concerns" not in self.errors:
            self.add_error("concerns", _("Choose whom it is about."))
        return data

    def line(self) -> actions.Line:
        """Return the line as it was entered; the unit's own name where none was."""
        data = {name: value for name, value in self.cleaned_data.items() if name in actions.Line.__dataclass_fields__}
        unit = self.of_unit
        assert unit is not None
        data["mode"] = data.get("mode") or self.fields["mode"].choices[0][0]  # type: ignore[attr-defined]
        data["unit_name"] = data["unit_name"] or unit.organisation.name
        data["organisation"] = unit.organisation
        return actions.Line(**data)


@command("registration.add", actions.add_registration, Ability.REGISTER_PEOPLE)
class AddRegistration(_LineFields):
    """Somebody new on a unit's list."""

    unit = forms.ModelChoiceField(AskedUnit.objects.none(), widget=forms.HiddenInput)
    kind_of_line = forms.ChoiceField(choices=Registration.Kind.choices, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("unit", self.meeting.asked_units.select_related("organisation"))

    def unit_sent(self) -> AskedUnit | None:
        """Return the unit the body names."""
        pk = number_in(str(self.data.get("unit", "")))
        return self.meeting.asked_units.select_related("organisation").filter(pk=pk).first() if pk is not None else None

    def kind_sent(self) -> str:
        """Return the kind the body names; who will come, if it names none."""
        return str(self.data.get("kind_of_line") or Registration.Kind.ATTEND)

    def arguments(self) -> dict[str, Any]:
        """Return the unit, the kind and the line."""
        return {"unit": self.cleaned_data["unit"], "kind": self.kind, "line": self.line()}


class _OfLine(ChoosingForm):
    """One line of a list, as it stood when the page was made."""

    choices_of = {"registration": "registrations"}
    registration = forms.ModelChoiceField(Registration.objects.none(), widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


@command("registration.edit", actions.edit_registration, Ability.REGISTER_PEOPLE)
class EditRegistration(_LineFields, _OfLine):
    """New data of a line."""

    def _meant(self) -> Registration | None:
        pk = number_in(str(self.data.get("registration", "")))
        found = self.meeting.registrations.select_related("unit__organisation")
        return found.filter(pk=pk).first() if pk is not None else None

    def unit_sent(self) -> AskedUnit | None:
        """Return the unit of the line."""
        line = self._meant()
        return line.unit if line else None

    def kind_sent(self) -> str:
        """Return the kind of the line; it stays what it is."""
        line = self._meant()
        return line.kind if line else Registration.Kind.ATTEND

    def arguments(self) -> dict[str, Any]:
        """Return the line, the version it had, and its new data."""
        return {name: self.cleaned_data[name] for name in ("registration", "version")} | {"line": self.line()}


@command("registration.remove", actions.remove_registration, Ability.REGISTER_PEOPLE)
class RemoveRegistration(_OfLine):
    """Which line."""


@command("registrations.add", actions.add_registrations, Ability.REGISTER_PEOPLE)
class AddRegistrations(CommandForm):
    """A whole list: pasted from a spreadsheet, or a file; where they sit and how they take part is the same for all."""

    unit = forms.ModelChoiceField(AskedUnit.objects.none(), widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Paste the list"),
        required=False,
        strip=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "From a spreadsheet: name, position, unit in columns; one person a line. A first line with titles may be there."
        ),
    )
    file = forms.FileField(label=_("Or choose a file (XLSX, CSV)"), required=False)
    bridge_point = forms.ModelChoiceField(
        BridgePoint.objects.none(), label=_("Bridge point"), required=False, empty_label=_("not known yet"), widget=SiteSelect
    )
    group = forms.ModelChoiceField(ParticipantGroup.objects.none(), label=_("Group"), required=False, empty_label=_("none"))

    def __init__(self, *args: Any, unit: AskedUnit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.meeting.asked_units.select_related("organisation")
        pk = number_in(str(self.data.get("unit", "")))
        self.of_unit = unit or (units.filter(pk=pk).first() if pk is not None else None)
        sites = queries.sites_of(self.of_unit) if self.of_unit else self.meeting.bridge_points.none()
        for name, rows in {"unit": units, "bridge_point": sites, "group": self.meeting.groups.all()}.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Read the list."""
        data = super().clean() or {}
        if self.errors or self.of_unit is None:
            return data
        terms, file = terms_of(self.meeting), data.get("file")
        asked = [name for name in ("phone", "email", "needs") if terms and getattr(terms, f"asks_{name}")]
        try:
            data["people"] = read_list(
                text=data.get("text") or "", data=file.read(MOST_BYTES + 1) if file else None,
                file_name=file.name if file else "", asked=asked,
            )  # fmt: skip
        except forms.ValidationError as error:
            self.add_error("file" if file else "text", error)
        return data

    def arguments(self) -> dict[str, Any]:
        """Return the unit and the lines."""
        unit, data = self.cleaned_data["unit"], self.cleaned_data
        mode = Participant.Mode.ONLINE if self.meeting.mode == Meeting.Mode.ONLINE else Participant.Mode.IN_PERSON
        same = {"bridge_point": data["bridge_point"], "group": data["group"], "mode": mode, "organisation": unit.organisation}
        lines = [
            actions.Line(**{"unit_name": unit.organisation.name} | {k: v for k, v in row.values.items() if v} | same)
            for row in data["people"]
        ]
        return {"unit": unit, "lines": lines}
