"""Who votes for whom."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from meetings.models import Meeting, Participant


class Proxy(models.Model):
    """A participant votes for another one in the polls of a meeting that allow it, from the next one opened on."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="proxies")
    giver = models.ForeignKey(Participant, on_delete=models.RESTRICT, related_name="proxies_given")
    holder = models.ForeignKey(Participant, on_delete=models.RESTRICT, related_name="proxies_held")
    document = models.CharField(max_length=200, blank=True, help_text="What it rests on: number and date of the letter.")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["giver"], condition=Q(ended_at=None), name="one_proxy_each"),
            models.CheckConstraint(condition=~Q(giver=F("holder")), name="nobody_is_ones_own_proxy"),
        ]

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.holder_id}"
