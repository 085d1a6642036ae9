"""When those who have not answered opinion slips were reminded."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from voting.polls.models import Poll


class SlipReminder(models.Model):
    """Who had not answered was reminded, by somebody or by the service: by the service once for each deadline."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="reminders")
    closes_at = models.DateTimeField(help_text="The deadline that was told.")
    at = models.DateTimeField()
    is_by_itself = models.BooleanField(default=False, help_text="By the service, one working day before the deadline.")
    asked = models.PositiveIntegerField(help_text="How many had not answered.")
    mailed = models.PositiveIntegerField(help_text="How many of them could be written to.")

    class Meta:
        ordering = ["poll", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "closes_at"], condition=Q(is_by_itself=True), name="one_reminder_by_itself_per_deadline"
            )
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.mailed}/{self.asked}"
