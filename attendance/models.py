"""Presence of participants, and their registration by units."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from attendance.registration.models import AskedUnit, GroupQuota, Registration, RegistrationTerms
from meetings.models import Meeting, Participant

__all__ = ["AskedUnit", "GroupQuota", "Presence", "Registration", "RegistrationTerms"]


class Presence(models.Model):
    """What is known of a participant's presence now; no row: not yet marked."""

    class State(models.TextChoices):
        PRESENT = "present", _("Present")
        ABSENT = "absent", _("Absent")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presences")
    participant = models.OneToOneField(Participant, on_delete=models.RESTRICT, related_name="presence")
    state = models.CharField(max_length=8, choices=State)
    marked_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "participant"]
        indexes = [models.Index(fields=["meeting", "state"])]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.state}"
