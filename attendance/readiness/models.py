"""Checks of a bridge point and what was found, point by point."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models import BridgePoint, Meeting


class Point(models.TextChoices):
    """What is checked, in the order in which a technician goes (guidance for communes and wards, 2025)."""

    POWER = "power", _("Power, with its reserve")
    PICTURE = "picture", _("Picture from the hall, both ways")
    CAMERA = "camera", _("Camera angle, fixed")
    SOUND = "sound", _("Sound, both ways")
    MICROPHONES = "microphones", _("Microphones off until invited to speak")
    LINE = "line", _("Main line")
    BACKUP_LINE = "backup_line", _("Backup line, tried")
    DISPLAY = "display", _("Display in the hall")
    SCANNER = "scanner", _("Reading of badges at the door")
    PRINTER = "printer", _("Printer and paper")


class ReadinessCheck(models.Model):
    """One run through the list at one bridge point, begun at a time and signed off by who is answerable there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="readiness_checks")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, related_name="readiness_checks")
    number = models.PositiveSmallIntegerField(help_text="Of this bridge point: 1 is the first run.")
    began_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    began_by = models.CharField(max_length=200, help_text="By name at that moment.")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.CharField(max_length=200, blank=True, help_text="By name at that moment.")
    on_behalf = models.BooleanField(default=False, help_text="Signed off by the secretariat for who has told it by telephone.")
    note = models.CharField(max_length=500, blank=True, help_text="How the meeting goes on with what has a fault still.")

    class Meta:
        ordering = ["meeting", "bridge_point__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["bridge_point", "number"], name="one_check_per_number"),
            models.UniqueConstraint(fields=["bridge_point"], condition=Q(signed_off_at=None), name="one_check_at_a_time"),
            models.CheckConstraint(
                condition=Q(signed_off_at=None, signed_off_by="") | Q(signed_off_at__isnull=False) & ~Q(signed_off_by=""),
                name="signed_off_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bridge_point_id}/{self.number}"


class CheckMark(models.Model):
    """What one point of a check came to."""

    class State(models.TextChoices):
        GOOD = "good", _("Good")
        FAULT = "fault", _("Fault")
        WITHOUT = "without", _("There is none here")

    check_run = models.ForeignKey(ReadinessCheck, on_delete=models.CASCADE, related_name="marks")
    point = models.CharField(max_length=11, choices=Point)
    state = models.CharField(max_length=7, choices=State)
    note = models.CharField(max_length=300, blank=True)
    marked_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    marked_by = models.CharField(max_length=200, help_text="By name at that moment.")

    class Meta:
        ordering = ["check_run", "pk"]
        constraints = [models.UniqueConstraint(fields=["check_run", "point"], name="one_mark_per_point")]

    def __str__(self) -> str:
        return f"{self.check_run_id} {self.point} {self.state}"
