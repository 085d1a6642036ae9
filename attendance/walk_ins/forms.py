"""The input of the commands on walk-ins."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from attendance.presence.models import THERE
from attendance.walk_ins import actions
from meetings.commands import ChoosingForm, command
from meetings.directory.picking import PersonField
from meetings.forms.moments import Moment, MomentInput
from meetings.models import COUNTED_ROLES, BridgePoint, Meeting, Participant, ParticipantGroup, Role
from meetings.procedure import Ability
from people.directory import unit_called
from people.spelling import CleanField

#: As what somebody may come unasked; whoever chairs, writes or operates is entered by the secretariat.
ROLES = (Role.DELEGATE, Role.GUEST)


def replaceable(meeting: Meeting, bridge_point: int | None) -> QuerySet[Participant]:
    """Return whom somebody may stand in for at a bridge point: on its list, not there, without a substitute."""
    found = meeting.participants.filter(bridge_point=bridge_point, role__in=COUNTED_ROLES, substitute__isnull=True)
    return found.exclude(Q(presence__state__in=THERE)).order_by("pk")


@command("walk_in.add", actions.add_walk_in, Ability.MARK_PRESENCE)
class AddWalkIn(ChoosingForm):
    """Who has come, where, and in whose place."""

    choices_of = {"bridge_point": "bridge_points", "group": "groups"}
    field_order = ["bridge_point", "person", "name", "position", "unit", "substitute_for", "role", "group", "mode", "at"]
    bridge_point = forms.ModelChoiceField(BridgePoint.objects.none(), widget=forms.HiddenInput)
    person = PersonField(
        label=_("From the directory"), required=False, fills={"name": "name", "position": "title", "unit": "unit"},
        help_text=_("Who is known is picked here, with name, position and unit; else leave it empty."),
    )  # fmt: skip
    name = CleanField(label=_("Full name"), max_length=120)
    position = CleanField(label=_("Position"), max_length=160, required=False)
    unit = CleanField(label=_("Unit"), max_length=200, required=False)
    substitute_for = forms.ModelChoiceField(
        Participant.objects.none(), label=_("Stands in for"), required=False, empty_label=_("nobody: comes in addition"),
        help_text=_("Somebody of this list who did not come; they are then excused."),
    )  # fmt: skip
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, role.label) for role in ROLES], required=False)
    group = forms.ModelChoiceField(ParticipantGroup.objects.none(), label=_("Group"), required=False, empty_label=_("none"))
    mode = forms.ChoiceField(label=_("Takes part"), choices=Participant.Mode.choices, required=False)
    at = Moment(
        label=_("There since"), required=False, widget=MomentInput,
        help_text=_("Leave it empty for now; an earlier time when it was noted on paper."),
    )  # fmt: skip
    is_another = forms.BooleanField(label=_("Another person of the same name"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.by.may(Ability.PREPARE):
            del self.fields["person"]  # the directory is the secretariat's
        if not self.meeting.groups.exists():
            del self.fields["group"]
        self.fields["substitute_for"].queryset = self.meeting.participants.filter(role__in=COUNTED_ROLES)  # type: ignore[attr-defined]

    def offer(self, bridge_point: BridgePoint) -> AddWalkIn:
        """Offer only those of a bridge point to be replaced; what is sent is judged anew."""
        self.fields["substitute_for"].queryset = replaceable(self.meeting, bridge_point.pk)  # type: ignore[attr-defined]
        return self

    def arguments(self) -> dict[str, Any]:
        """Return where, who and since when; the unit is the organisation that is called so, if there is just one."""
        data = self.cleaned_data
        came = actions.Came(
            name=data["name"], position=data["position"], unit=data["unit"], role=data["role"] or Role.DELEGATE,
            group=data.get("group"), organisation=unit_called(data["unit"]), person=data.get("person"),
            substitute_for=data["substitute_for"], is_online=data["mode"] == Participant.Mode.ONLINE,
            is_another=data["is_another"],
        )  # fmt: skip
        return {"bridge_point": data["bridge_point"], "came": came, "at": data["at"]}


@command("walk_in.remove", actions.remove_walk_in, Ability.PREPARE)
class RemoveWalkIn(ChoosingForm):
    """Which participant."""

    choices_of = {"participant": "participants"}
    participant = forms.ModelChoiceField(Participant.objects.none(), widget=forms.HiddenInput)
