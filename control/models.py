"""Public displays of a meeting."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from meetings.models import BridgePoint, Meeting


class Display(models.Model):
    """A screen on a wall, opened by a signed address without an account, revocable."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="displays")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.CASCADE, null=True, blank=True, related_name="displays")
    name = models.CharField(max_length=120)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "name"], condition=Q(revoked_at=None), name="one_open_display_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name
