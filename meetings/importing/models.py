"""Lists that were uploaded: kept until they are applied, then only their counts remain."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One uploaded list: its rows as plain values, and what was judged of them at one state of the journals."""

    class State(models.TextChoices):
        OPEN = "open", _("to be looked at")
        APPLIED = "applied", _("imported")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, null=True, related_name="import_runs")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="import_runs")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    table = models.JSONField(default=dict, help_text="The rows of the list; emptied when they are applied.")
    judged = models.JSONField(default=dict, help_text="{heads, language, digest, rows}; emptied with the table.")
    counts = models.JSONField(default=dict)
    applied_number = models.PositiveBigIntegerField(null=True, help_text="Number of its fact in the journal.")

    class Meta:
        ordering = ["-uploaded_at"]
        indexes = [models.Index(fields=["kind", "meeting", "uploaded_by"], name="import_run_of_somebody")]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
