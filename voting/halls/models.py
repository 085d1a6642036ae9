"""What was counted in a hall whose people vote by show of hands or on paper."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import BridgePoint
from voting.polls.models import Poll


class HallTally(models.Model):
    """The votes of one hall in one poll, entered by its operator; they count when the chair has accepted them."""

    class State(models.TextChoices):
        ENTERED = "entered", _("To be accepted")
        ACCEPTED = "accepted", pgettext_lazy("count of a hall", "Accepted")
        RETURNED = "returned", _("Returned to be counted again")

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="hall_tallies")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, related_name="hall_tallies")
    votes = models.JSONField(help_text="How many for each option, by its position as text.")
    voters = models.PositiveIntegerField(help_text="How many voted in the hall; of a motion the sum of the votes.")
    invalid = models.PositiveIntegerField(default=0, help_text="Ballot papers that are not valid, among the voters.")
    state = models.CharField(max_length=8, choices=State, default=State.ENTERED)
    version = models.PositiveIntegerField(default=1, help_text="Counts the corrections; the chair accepts the one seen.")
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=200, help_text="By name at that moment.")
    why = models.CharField(max_length=300, blank=True, help_text="Why it was returned, or corrected.")

    class Meta:
        ordering = ["poll", "bridge_point__number"]
        constraints = [models.UniqueConstraint(fields=["poll", "bridge_point"], name="one_count_per_hall")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.bridge_point_id} {self.state}"
