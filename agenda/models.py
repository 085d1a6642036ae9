"""Items of the programme and the list of speakers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models import BridgePoint, Meeting, Participant, Sitting

ITEM_LIMIT = 500


class AgendaItem(models.Model):
    """One item of the programme (nội dung)."""

    class Kind(models.TextChoices):
        CEREMONY = "ceremony", _("Ceremony")
        OPENING = "opening", _("Opening")
        REPORT = "report", _("Report")
        SPEECHES = "speeches", _("Speeches")
        DISCUSSION = "discussion", _("Discussion")
        DIRECTIVE = "directive", _("Directive speech")
        AWARDS = "awards", _("Awards")
        LAUNCH = "launch", _("Launch")
        VOTE = "vote", _("Vote")
        CONCLUSION = "conclusion", _("Conclusion")
        BREAK = "break", _("Break")
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        DEFERRED = "deferred", _("Deferred")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    sitting = models.ForeignKey(Sitting, on_delete=models.SET_NULL, null=True, blank=True, related_name="items")
    position = models.PositiveIntegerField(help_text="Order in the programme; also the number that is shown.")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    title = models.CharField(max_length=400)
    presenter = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(default=10, help_text="Planned duration in minutes.")
    speech_minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Limit of one speech.")
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="one_item_per_position"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="open"), name="one_open_item"),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "closed"]) | Q(opened_at__isnull=False),
                name="an_item_that_ran_has_its_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class FloorRequest(models.Model):
    """A wish to speak under an item, and the speech when the floor is given: one line of the list of speakers."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SPEAKING = "speaking", _("Speaking")
        DONE = "done", _("Has spoken")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Not reached")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="floor_requests")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="floor_requests")
    participant = models.ForeignKey(Participant, on_delete=models.RESTRICT, null=True, blank=True, related_name="floor_requests")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, null=True, blank=True, related_name="floor_requests")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    requested_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="speaking"), name="one_speaker_at_a_time"),
            models.UniqueConstraint(
                fields=["item", "participant"],
                condition=Q(state__in=["waiting", "speaking"], participant__isnull=False),
                name="a_person_waits_once",
            ),
            models.UniqueConstraint(
                fields=["item", "bridge_point"],
                condition=Q(state__in=["waiting", "speaking"], participant__isnull=True),
                name="a_bridge_point_waits_once",
            ),
            models.CheckConstraint(condition=Q(participant__isnull=False) | Q(bridge_point__isnull=False), name="somebody_asks"),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.state}"

    @property
    def who(self) -> str:
        """The speaker as announced: the person, or the representative of a bridge point not yet named."""
        if self.participant:
            return self.participant.name
        return self.bridge_point.name if self.bridge_point else ""

    @property
    def office(self) -> str:
        """Position and unit of the person; empty while nobody is named."""
        return self.participant.office if self.participant else ""
