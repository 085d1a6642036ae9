"""Rules of the office for deadlines, days that are not what the calendar says, and deadlines of a meeting set by hand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeadlineKind(models.TextChoices):
    """What has a deadline, in the order of the work."""

    REGISTRATION = "registration", _("Registration of delegates by the units")
    PROGRAMME = "programme", _("Release of the programme")
    INVITATIONS = "invitations", _("Invitations sent")
    PAPERS = "papers", _("Papers sent to the delegates")
    BRIDGE_POINTS = "bridge_points", _("Bridge points ready and tested")
    CONCLUSION = "conclusion", _("Notice of the conclusions")


#: What is due after the meeting; everything else is due before its opening.
AFTER = frozenset({DeadlineKind.CONCLUSION})


class DeadlineRule(models.Model):
    """How many days before the opening (or after the end) something is due in every meeting; missing: the built-in rule."""

    kind = models.CharField(max_length=16, choices=DeadlineKind, unique=True)
    days = models.PositiveSmallIntegerField()
    in_working_days = models.BooleanField(default=True)
    is_on = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.days}"


class Holiday(models.Model):
    """A day that is off though the calendar does not say so, or a day at a weekend on which work is made up."""

    day = models.DateField(unique=True)
    title = models.CharField(max_length=120)
    is_working = models.BooleanField(default=False, help_text=_("Work is made up on this day."))

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.title}"


class Deadline(models.Model):
    """A deadline of one meeting that was set by hand; it stays when the sitting moves."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=16, choices=DeadlineKind)
    due_at = models.DateTimeField(null=True, blank=True, help_text="Empty: this meeting has no such deadline.")

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "kind"], name="one_deadline_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_at}"
