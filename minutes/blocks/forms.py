"""The commands on blocks, and what a browser keeps of typed words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.commands import CommandForm, command
from meetings.models import Meeting, Participant
from meetings.procedure import Ability, Actor
from minutes.blocks import actions
from minutes.blocks.fields import RichText
from minutes.blocks.overlay import ONE_LINE
from minutes.blocks.saying import says
from minutes.blocks.telling import told_of
from minutes.drafted import ANNEX, HEAD, POINT, SECTION, TEXT
from minutes.models import MinutesBlock
from texts.reading import from_plain

HEADING_LIMIT = 400
KEY_LIMIT = 40
SERIAL_LIMIT = 2**53  # what a browser can count to
NEEDS_HEADING = (SECTION, POINT, ANNEX)


def read_journal(meeting: Meeting, *, by: Actor) -> dict[str, Any]:
    """Read what the journal tells before it is locked: only what comes in between is read under the lock."""
    return {"told": told_of(meeting)}


class Keyed(CommandForm):
    """Which block is meant, and the version one has read; 0: nobody has written in it."""

    key = forms.CharField(max_length=KEY_LIMIT)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)


@command("block.edit", actions.edit_block, Ability.WRITE_MINUTES, before=read_journal)
class EditBlock(Keyed):
    """New words of a block. One line comes as `text`; a document as `body`, or as `text` from a page without scripts."""

    heading = forms.CharField(label=_("Heading"), max_length=HEADING_LIMIT, required=False)
    body = RichText(label=_("Text"), plain="text", required=False)
    seen = forms.CharField(max_length=16, required=False)
    settles = forms.BooleanField(required=False)
    serial = forms.IntegerField(min_value=0, max_value=SERIAL_LIMIT, required=False)

    def clean(self) -> dict[str, Any]:
        """A part, point or annex has a heading; the head of the paper and its signatures are lines, all else a document."""
        data = super().clean() or {}
        kind = self._kind(str(data.get("key", "")))
        if kind in NEEDS_HEADING and not data.get("heading"):
            self.add_error("heading", _("Enter the heading."))
        if kind in ONE_LINE:
            self._one_line(data, kind)
        elif data.get("body") is None and "body" not in self.errors:
            data["body"] = from_plain("")
        data["serial"] = data.get("serial") or 0
        return data

    def _one_line(self, data: dict[str, Any], kind: str) -> None:
        limit, lines = 2_000, str(self.data.get("text", "")).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        text = "\n".join(one.strip(" \t") for one in lines if one.strip(" \t\n") or "\u00a0" in one)
        text = text if kind == HEAD else text.replace("\n", " ")
        self.errors.pop("body", None)
        if len(text) > limit or "\x00" in text:
            self.add_error("body", _("This is too long for one line of the paper."))
        data |= {"text": text, "body": None}

    def _kind(self, key: str) -> str:
        """Return what kind of block is meant; the journal's own kinds follow from their keys."""
        stored = MinutesBlock.objects.filter(minutes__meeting=self.meeting, key=key).values_list("kind", flat=True).first()
        return stored or _KINDS.get(key.partition(":")[0], TEXT)


#: What the keys of the journal's blocks begin with (minutes/drafting.py), where it is not running text.
_KINDS = {
    "issuer": "head", "number": "head", "place": "head", "abstract": "head", "writer": "signature", "chair": "signature",
    "time": "section", "composition": "section", "course": "section", "end": "section", "attendance": "table",
    "conclusions": "section", "item": "point", "annex-outages": "annex", "annex-checks": "annex",
    "annex-incidents": "annex",
}  # fmt: skip


@command("block.add", actions.add_block, Ability.WRITE_MINUTES, before=read_journal)
class AddBlock(CommandForm):
    """A block of one's own: behind which one; perhaps what somebody says, who is then named in its words."""

    after = forms.CharField(max_length=KEY_LIMIT)
    is_last = forms.BooleanField(required=False)
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in (TEXT, POINT, SECTION)], required=False)
    heading = forms.CharField(label=_("Heading"), max_length=HEADING_LIMIT, required=False)
    body = RichText(label=_("Text"), plain="text", required=False)
    speaker: forms.ModelChoiceField[Participant] = forms.ModelChoiceField(Participant.objects.none(), required=False)
    serial = forms.IntegerField(min_value=0, max_value=SERIAL_LIMIT, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Participant] = self.fields["speaker"]  # type: ignore[assignment]
        field.queryset = self.meeting.participants.select_related("bridge_point")
        field.error_messages["invalid_choice"] = _("This has been removed by somebody else in the meantime. Reload the page.")

    def clean(self) -> dict[str, Any]:
        """Words are needed, or somebody who says them; a part or a point has a heading."""
        data = super().clean() or {}
        data["kind"] = data.get("kind") or TEXT
        if data["kind"] in NEEDS_HEADING and not data.get("heading"):
            self.add_error("heading", _("Enter the heading."))
        if data.get("body") is None and not self.errors:
            if data.get("speaker") is None and not data.get("heading"):
                self.add_error("body", _("Write something first."))
            else:
                data["body"] = from_plain(says(data["speaker"]) if data.get("speaker") else "")
        data["serial"] = data.get("serial") or 0
        return data


@command("block.exclude", actions.exclude_block, Ability.WRITE_MINUTES, before=read_journal)
class ExcludeBlock(Keyed):
    """The block to be left out."""


@command("block.include", actions.include_block, Ability.WRITE_MINUTES, before=read_journal)
class IncludeBlock(Keyed):
    """The block to be told again."""


class Sealed(Keyed):
    """A block, and which words of the journal one has read."""

    seen = forms.CharField(max_length=16)


@command("block.take", actions.take_block, Ability.WRITE_MINUTES, before=read_journal)
class TakeBlock(Sealed):
    """The journal's words instead of the written ones."""


@command("block.dismiss", actions.dismiss_block, Ability.WRITE_MINUTES, before=read_journal)
class DismissBlock(Sealed):
    """The written words instead of the journal's."""


@command("block.restore", actions.restore_block, Ability.WRITE_MINUTES, before=read_journal)
class RestoreBlock(Keyed):
    """The earlier version whose words are put back."""

    of = forms.IntegerField(min_value=0, max_value=2**31 - 1)


class TypedWords(forms.Form):
    """What a browser keeps of a block while somebody types: no command, nothing is recorded."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    serial = forms.IntegerField(min_value=0, max_value=SERIAL_LIMIT)
    heading = forms.CharField(max_length=HEADING_LIMIT, required=False, strip=False)
    body = RichText(plain="text", required=False)
    gone = forms.BooleanField(required=False)
