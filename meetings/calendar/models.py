"""Secret addresses of calendars, and what is left of sittings that were taken out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class CalendarAddress(models.Model):
    """Where a calendar program asks for the meetings of an account, or for one meeting.

    The address is made from `nonce` with the installation's key and stands nowhere: who reads the table alone cannot ask. A new
    nonce is a new address; the one before is dead at once.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_address"
    )
    meeting = models.OneToOneField(
        "meetings.Meeting", on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_address"
    )
    nonce = models.CharField(max_length=43)
    renewals = models.PositiveIntegerField(default=1, help_text="How many addresses there have been, this one included.")
    made_at = models.DateTimeField()

    class Meta:
        app_label = "meetings"
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False, meeting__isnull=True) | Q(account__isnull=True, meeting__isnull=False),
                name="a_calendar_is_of_an_account_or_a_meeting",
            )
        ]

    def __str__(self) -> str:
        return f"calendar {self.pk}"


class RemovedSitting(models.Model):
    """A sitting that was taken out of a meeting: calendars that had taken it in are told that it is cancelled."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="removed_sittings")
    sitting = models.BigIntegerField(unique=True, help_text="Key the row had.")
    title = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "meetings"
        ordering = ["meeting", "sitting"]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.sitting}"
