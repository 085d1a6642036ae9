"""For which item speeches are registered, and what the units offer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attendance.models import AskedUnit
from meetings.models import Meeting, Participant
from people.spelling import FoldedField


class SpeechCall(models.Model):
    """Units are asked to offer speeches for an item: until when, how long, how many.

    The item is held by its number alone: one taken out of the programme comes back under its own number when that is undone.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speech_calls")
    item = models.OneToOneField(
        "agenda.AgendaItem", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="speech_call"
    )
    deadline = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=8, help_text="Limit of one speech.")
    per_unit = models.PositiveSmallIntegerField(default=1, help_text="Offers a unit may make.")
    message = models.TextField(max_length=2000, blank=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.item_id} until {self.deadline}"


class Speech(models.Model):
    """A speech a unit offers. The outline is for the unit and the secretariat: it stands in no fact."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        PICKED = "picked", _("Picked")
        RETURNED = "returned", _("To be mended")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speeches")
    call = models.ForeignKey(SpeechCall, on_delete=models.CASCADE, related_name="speeches")
    unit = models.ForeignKey(AskedUnit, on_delete=models.CASCADE, related_name="speeches")
    title = models.CharField(max_length=300)
    outline = models.TextField(max_length=5000, blank=True)
    speaker = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="speeches")
    minutes = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.OFFERED)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it was sent back: for the unit, never in a fact.")
    rank = models.PositiveIntegerField(null=True, blank=True, help_text="Place among those picked.")
    item = models.OneToOneField(
        "agenda.AgendaItem", on_delete=models.DO_NOTHING, null=True, db_constraint=False, related_name="speech"
    )
    version = models.PositiveIntegerField(default=1, help_text="Counts changes, so that a stale form is noticed.")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)
    folded = FoldedField(of=("title",))

    class Meta:
        verbose_name_plural = "speeches"
        ordering = ["call", "pk"]
        indexes = [models.Index(fields=["call", "state"], name="speech_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="picked", rank__isnull=False) | ~Q(state="picked") & Q(rank__isnull=True),
                name="a_picked_speech_has_its_place",
            )
        ]

    def __str__(self) -> str:
        return self.title
