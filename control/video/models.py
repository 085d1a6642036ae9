"""Addresses of the video conference: of the whole meeting, and of single bridge points."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import BridgePoint, Meeting
from meetings.sites.video import LONGEST, Address, as_written


class VideoAddress(models.Model):
    """One way into the conference. The PIN is kept apart from the address: it stands in no fact, no log and no file."""

    class Use(models.TextChoices):
        """What an address is for."""

        MAIN = "main", pgettext_lazy("video", "Main")
        BACKUP = "backup", pgettext_lazy("video", "Backup")
        VIEW = "view", pgettext_lazy("video", "To watch only")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="video_addresses")
    bridge_point = models.ForeignKey(
        BridgePoint, on_delete=models.CASCADE, null=True, blank=True, related_name="video_addresses",
        help_text="Whose own it is; nothing: for all.",
    )  # fmt: skip
    number = models.PositiveIntegerField()
    use = models.CharField(max_length=6, choices=Use, default=Use.MAIN)
    address = models.CharField(max_length=LONGEST)
    pin = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_video_address_per_number"),
            models.UniqueConstraint(
                fields=["meeting", "address"], condition=Q(bridge_point=None), name="one_video_address_for_all"
            ),
            models.UniqueConstraint(fields=["bridge_point", "address"], name="one_video_address_of_a_bridge_point"),
            models.CheckConstraint(condition=~Q(use="view") | Q(bridge_point=None), name="watching_is_for_all"),
        ]

    def __str__(self) -> str:
        return f"video address {self.number}"

    @property
    def read(self) -> Address:
        """The address with its kind."""
        return as_written(self.address)


WORDS = {
    VideoAddress.Use.MAIN: _("Join the video conference"),
    VideoAddress.Use.BACKUP: _("Join by the backup"),
    VideoAddress.Use.VIEW: _("Watch the video conference"),
}
