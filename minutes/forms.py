"""The commands on the minutes as a whole."""

from __future__ import annotations

from typing import Any

from django import forms

from meetings.commands import CommandForm, command
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from minutes import actions, proofs
from minutes.blocks.forms import read_journal


@command("minutes.approve", actions.approve_minutes, Ability.APPROVE_MINUTES, before=read_journal)
class ApproveMinutes(CommandForm):
    """What the actor has read: the revision, and the last entry of the journal that was told."""

    revision = forms.IntegerField(min_value=0)
    up_to = forms.IntegerField(min_value=0)


def take_proof(meeting: Meeting, *, by: Actor) -> dict[str, Any]:
    """Set the paper in type before the journal is locked."""
    return {"proof": proofs.take(meeting)}


@command("minutes.print", actions.print_minutes, Ability.WRITE_MINUTES, before=take_proof)
class PrintMinutes(CommandForm):
    """Nothing but the wish."""
