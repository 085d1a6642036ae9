"""The commands on the programme and the floor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda import actions
from agenda.models import ITEM_LIMIT, AgendaItem
from agenda.pasting import read_lines
from meetings.commands import ChoosingForm, CommandForm, Rows, command
from meetings.models import BridgePoint, Participant, Sitting
from meetings.procedure import Ability

TIMES = ["%H:%M", "%Hh%M", "%H.%M", "%H:%M:%S"]


class ItemFields(ChoosingForm):
    """The data of an item."""

    choices_of = {"people": "participants"}

    title = forms.CharField(label=_("Item"), max_length=400)
    kind = forms.ChoiceField(label=_("Kind"), choices=AgendaItem.Kind.choices, initial=AgendaItem.Kind.REPORT)
    presenter = forms.CharField(label=_("Presenter"), max_length=200, required=False)
    people = Rows(Participant.objects.none(), required=False, widget=forms.MultipleHiddenInput)
    minutes = forms.IntegerField(label=_("Duration in minutes"), min_value=1, max_value=1440, initial=10)
    speech_minutes = forms.IntegerField(label=_("Minutes for a speech"), min_value=1, max_value=240, required=False)
    begins_at = forms.TimeField(label=_("Fixed start"), required=False, input_formats=TIMES)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class Destination(ChoosingForm):
    """Where something goes: under `parent`, before another item, or to the end of a sitting."""

    choices_of = {"parent": "items", "before": "items", "sitting": "sittings"}
    parent = forms.ModelChoiceField(AgendaItem.objects.none(), required=False, widget=forms.HiddenInput)
    before = forms.ModelChoiceField(AgendaItem.objects.none(), required=False, widget=forms.HiddenInput)
    sitting = forms.ModelChoiceField(Sitting.objects.none(), required=False, widget=forms.HiddenInput)


@command("item.add", actions.add_item, Ability.PREPARE)
class AddItem(Destination, ItemFields):
    """A new item: at the end, unless a place is named."""

    choices_of = {**ItemFields.choices_of, **Destination.choices_of}


@command("items.add", actions.add_items, Ability.PREPARE)
class AddItems(Destination):
    """Many items, one a line, as they stand in a letter or a table."""

    text = forms.CharField(label=_("Lines"), max_length=100_000, widget=forms.Textarea, strip=False)

    def clean_text(self) -> str:
        """Read the lines; name those that cannot be taken."""
        self.lines = read_lines(self.cleaned_data["text"])
        if not self.lines:
            raise forms.ValidationError(_("There is no line here."))
        if len(self.lines) > ITEM_LIMIT:
            raise forms.ValidationError(_("A programme holds at most %(limit)d items.") % {"limit": ITEM_LIMIT})
        faults = [_LINE_FAULTS[line.problem] % {"n": at} for at, line in enumerate(self.lines, start=1) if line.problem]
        if faults:
            raise forms.ValidationError(faults)
        text: str = self.cleaned_data["text"]
        return text

    def arguments(self) -> dict[str, Any]:
        """Return the lines as they were read."""
        return {name: self.cleaned_data[name] for name in ("parent", "before", "sitting")} | {"lines": self.lines}


_LINE_FAULTS = {
    "no_title": _("Line %(n)d has no title."),
    "too_long": _("Line %(n)d is too long: 400 characters for the item, 200 for who presents it."),
    "minutes": _("Line %(n)d: an item takes 1 to 1,440 minutes."),
}


class OneItem(ChoosingForm):
    """Which item."""

    choices_of = {"item": "items"}
    item = forms.ModelChoiceField(AgendaItem.objects.none())


@command("item.edit", actions.edit_item, Ability.PREPARE)
class EditItem(OneItem, ItemFields):
    """New data of an item; `version`: which ones the actor has read."""

    choices_of = {**ItemFields.choices_of, **OneItem.choices_of}
    version = forms.IntegerField(min_value=1, required=False)


@command("items.retime", actions.retime_items, Ability.PREPARE)
class RetimeItems(ChoosingForm):
    """Which items get another length."""

    choices_of = {"items": "items"}
    items = Rows(AgendaItem.objects.none())
    minutes = forms.IntegerField(label=_("Duration in minutes"), min_value=1, max_value=1440)


@command("item.move", actions.move_item, Ability.PREPARE)
class MoveItem(Destination, OneItem):
    """Where an item goes: one step, a position of the running order (from 1), or a place in the tree."""

    choices_of = {**Destination.choices_of, **OneItem.choices_of}
    position = forms.IntegerField(min_value=1, required=False)
    way = forms.ChoiceField(choices=[(way, way) for way in ("up", "down", "in", "out")], required=False)


@command("item.remove", actions.remove_item, Ability.PREPARE)
class RemoveItem(OneItem):
    """Which item goes."""


@command("programme.undo", actions.undo_programme, Ability.PREPARE)
class UndoProgramme(CommandForm):
    """Which change is undone: the number of its entry in the journal."""

    step = forms.IntegerField(min_value=1, max_value=2**62)


@command("programme.release", actions.release_programme, Ability.PREPARE)
class ReleaseProgramme(CommandForm):
    """A word to the release, and which one the actor saw as the last."""

    note = forms.CharField(label=_("What is new, in a few words"), max_length=300, required=False)
    after = forms.IntegerField(min_value=0, max_value=2**31, required=False)


@command("item.open", actions.open_item, Ability.RUN_PROGRAMME)
class OpenItem(OneItem):
    """Which item begins, and which one the actor sees open."""

    choices_of = {"item": "items", "closing": "items"}
    closing = forms.ModelChoiceField(AgendaItem.objects.none(), required=False)


@command("item.close", actions.close_item, Ability.RUN_PROGRAMME)
class CloseItem(OneItem):
    """Which item ends."""


@command("item.defer", actions.defer_item, Ability.RUN_PROGRAMME)
class DeferItem(OneItem):
    """Which item is put off."""


@command("item.skip", actions.skip_item, Ability.RUN_PROGRAMME)
class SkipItem(OneItem):
    """Which item is not held, and why."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


@command("item.restore", actions.restore_item, Ability.RUN_PROGRAMME)
class RestoreItem(OneItem):
    """Which item goes back to its place in the programme."""


@command("item.merge", actions.merge_item, Ability.RUN_PROGRAMME)
class MergeItem(OneItem):
    """Which item is dealt with together with the open one, as the actor sees it."""

    choices_of = {"item": "items", "into": "items"}
    into = forms.ModelChoiceField(AgendaItem.objects.none())


@command("item.advance", actions.advance_item, Ability.RUN_PROGRAMME)
class AdvanceItem(OneItem):
    """Which item comes next, and which one the actor sees as the next one."""

    choices_of = {"item": "items", "before": "items"}
    before = forms.ModelChoiceField(AgendaItem.objects.none(), required=False)


@command("item.restrict", actions.restrict_item, Ability.RUN_PROGRAMME)
class RestrictItem(OneItem):
    """Which item is a closed one, why, and who is in."""

    choices_of = {"item": "items", "sites": "bridge_points", "people": "participants"}
    reason = forms.CharField(label=_("Reason"), max_length=300)
    sites = Rows(BridgePoint.objects.none(), required=False)
    people = Rows(Participant.objects.none(), required=False)
    has_secret_title = forms.BooleanField(label=_("Keep its title secret too, before and after"), required=False)
    version = forms.IntegerField(min_value=1, required=False)


@command("item.unrestrict", actions.unrestrict_item, Ability.RUN_PROGRAMME)
class UnrestrictItem(OneItem):
    """Which item is an ordinary one again."""

    version = forms.IntegerField(min_value=1, required=False)
