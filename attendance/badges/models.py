"""The installation's keys that sign badges, and the credentials of participants."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from meetings.models import Meeting, Participant


class BadgeKey(models.Model):
    """An Ed25519 key of this installation. The newest that is not retired signs; all that are not retired are believed."""

    number = models.PositiveSmallIntegerField(unique=True, help_text="Stands in each code: 1 to 255.")
    public = models.CharField(max_length=64, help_text="Hex; every scanner holds it.")
    sealed = models.TextField(help_text="The private part, sealed under the installation's secret key.")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True, help_text="What it signed is not believed any more.")

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"key {self.number}"


class Credential(models.Model):
    """The right of one participant to enter, under a serial number; what is printed of it is a badge (thẻ đại biểu)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="credentials")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="credentials")
    serial = models.PositiveIntegerField(help_text="By chance: tells nobody how many there are.")
    short_code = models.CharField(max_length=9, help_text="Nine digits that can be typed; the last one checks the others.")
    key = models.ForeignKey(BadgeKey, on_delete=models.PROTECT, related_name="credentials")
    valid_from = models.DateTimeField(help_text="Whole hours.")
    valid_until = models.DateTimeField(help_text="Whole hours.")
    issued_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True, blank=True, help_text="Soft: when its badge was last made.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "serial"], name="one_credential_per_serial"),
            models.UniqueConstraint(fields=["meeting", "short_code"], name="one_credential_per_short_code"),
            models.UniqueConstraint(fields=["participant"], condition=Q(revoked_at=None), name="one_valid_credential"),
        ]

    def __str__(self) -> str:
        return f"{self.serial}"
