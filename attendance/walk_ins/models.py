"""Who came without prior registration."""

from __future__ import annotations

from django.db import models

from meetings.models import Meeting, Participant


class WalkIn(models.Model):
    """A participant who was added at a bridge point when they came (bổ sung tại chỗ)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="walk_ins")
    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="walk_in")
    added_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    added_by = models.CharField(max_length=200, help_text="By name at that moment.")

    class Meta:
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return f"{self.participant_id} by {self.added_by}"
