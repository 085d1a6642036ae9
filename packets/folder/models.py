"""The folder that was made last for a bridge point: by what it is seen that programme or list have changed since."""

from __future__ import annotations

from django.db import models

from meetings.models import BridgePoint, Meeting


class Folder(models.Model):
    """When a bridge point's emergency folder was made last, and the digests of what stood in it then."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="folders")
    bridge_point = models.OneToOneField(BridgePoint, on_delete=models.CASCADE, related_name="folder")
    made_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    made_by = models.CharField(max_length=200, help_text="By name at that moment.")
    number = models.PositiveBigIntegerField(help_text="Where the journal stood.")
    programme = models.CharField(max_length=16, help_text="Digest of the programme in it.")
    people = models.CharField(max_length=16, help_text="Digest of the list in it.")

    class Meta:
        ordering = ["meeting", "bridge_point__number"]

    def __str__(self) -> str:
        return f"{self.bridge_point_id} at {self.number}"
