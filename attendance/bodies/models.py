"""Bodies and their rule of quorum."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Participant


class Body(models.Model):
    """A body that meets here, its members (the entitled), and how many of them must be present."""

    class Measure(models.TextChoices):
        """How the quorum is given."""

        AT_LEAST = "at_least", _("at least a part of the entitled")
        MORE_THAN = "more_than", _("more than a part of the entitled")
        NUMBER = "number", _("a number of people")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="bodies")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    measure = models.CharField(max_length=9, choices=Measure, default=Measure.AT_LEAST)
    numerator = models.PositiveSmallIntegerField(default=2, help_text="Of a part: 2 of 2/3.")
    denominator = models.PositiveSmallIntegerField(default=3, help_text="Of a part: 3 of 2/3.")
    least = models.PositiveIntegerField(null=True, blank=True, help_text="Of a number: how many.")
    counts_substitutes = models.BooleanField(default=True, help_text="Whether who stands in for a member counts for the member.")
    is_met = models.BooleanField(default=False, help_text="Whether so many were there when presence last changed.")
    members = models.ManyToManyField(Participant, blank=True, related_name="bodies")

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_body_per_number"),
            models.UniqueConstraint(fields=["meeting", "name"], name="one_body_of_a_name"),
            models.CheckConstraint(
                condition=Q(denominator__gt=0, numerator__gt=0, numerator__lte=models.F("denominator")), name="quorum_is_a_part"
            ),
            models.CheckConstraint(condition=~Q(measure="number") | Q(least__gt=0), name="quorum_number_is_given"),
        ]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name
