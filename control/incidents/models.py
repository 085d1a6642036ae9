"""An incident at a bridge point, with the times of both sides."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meetings.models import BridgePoint, Meeting


class Incident(models.Model):
    """Something that went wrong with a bridge point's equipment or line (sự cố).

    It is over when the control room says so, or when both sides have said when it ended.
    """

    class Kind(models.TextChoices):
        NO_PICTURE = "no_picture", _("No picture")
        NO_SOUND = "no_sound", _("No sound")
        LOST_CONNECTION = "lost", _("Lost connection")
        OTHER = "other", _("Other")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="incidents")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, related_name="incidents")
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField(help_text="When it was reported: time of the meeting's clock.")
    opened_by = models.CharField(max_length=200, help_text="By name at that moment.")
    opened_by_site = models.BooleanField(help_text="Reported by the bridge point; else by the control room.")
    site_began_at = models.DateTimeField(null=True, blank=True, help_text="When it began, as the bridge point has it.")
    centre_began_at = models.DateTimeField(null=True, blank=True, help_text="When it began, as the control room has it.")
    site_ended_at = models.DateTimeField(null=True, blank=True)
    centre_ended_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=200, blank=True, help_text="By name at that moment.")

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bridge_point", "kind"], condition=Q(closed_at=None), name="one_open_incident_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(site_ended_at=None) | Q(site_began_at=None) | Q(site_ended_at__gte=F("site_began_at")),
                name="incident_ends_after_it_begins_at_the_site",
            ),
            models.CheckConstraint(
                condition=Q(centre_ended_at=None) | Q(centre_began_at=None) | Q(centre_ended_at__gte=F("centre_began_at")),
                name="incident_ends_after_it_begins_at_the_centre",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="") | Q(closed_at__isnull=False) & ~Q(closed_by=""),
                name="incident_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bridge_point_id} {self.kind}"
