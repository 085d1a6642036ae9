"""A roll call and the answers of the bridge points."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models import BridgePoint, Meeting


class RollCall(models.Model):
    """One pass over the bridge points (điểm danh các điểm cầu)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="roll_calls")
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    opened_by = models.CharField(max_length=200, help_text="By name at that moment.")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_roll_call_per_number"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(closed_at=None), name="one_roll_call_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"


class RollCallAnswer(models.Model):
    """One bridge point in a roll call: waiting, here (said by its console, or noted by hand), or not answering."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not called yet")
        HERE = "here", _("Has answered")
        SILENT = "silent", _("Does not answer")

    roll_call = models.ForeignKey(RollCall, on_delete=models.CASCADE, related_name="answers")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, related_name="roll_call_answers")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    by_console = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True, help_text="By name at that moment.")

    class Meta:
        ordering = ["roll_call", "bridge_point__number"]
        constraints = [models.UniqueConstraint(fields=["roll_call", "bridge_point"], name="a_bridge_point_is_called_once")]

    def __str__(self) -> str:
        return f"{self.roll_call_id}/{self.bridge_point_id} {self.state}"
