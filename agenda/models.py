"""Items of the programme and its releases; the list of speakers and registered speeches stand in their own rooms."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agenda.speakers.models import FloorRequest, SpeakersList
from agenda.speeches.models import Speech, SpeechCall
from meetings.models import BridgePoint, Meeting, Participant, Sitting

__all__ = [
    "ITEM_LIMIT", "AgendaItem", "FloorRequest", "ProgrammeRelease", "ProgrammeStep", "SeenRelease", "SpeakersList", "Speech",
    "SpeechCall",
]  # fmt: skip
ITEM_LIMIT = 500


class AgendaItem(models.Model):
    """One item of the programme (nội dung). One that has others under it is a heading: only leaves are run."""

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
        SKIPPED = "skipped", _("Not held")
        MERGED = "merged", _("Dealt with together")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    sitting = models.ForeignKey(Sitting, on_delete=models.SET_NULL, null=True, blank=True, related_name="items")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField(help_text="Running order over the whole tree: an item, then what is under it.")
    number = models.CharField(max_length=20, blank=True, help_text="As shown: 1, 2, 2.1; follows from the tree.")
    version = models.PositiveIntegerField(default=1, help_text="Counts the changes of its words.")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    title = models.CharField(max_length=400)
    presenter = models.CharField(max_length=200, blank=True, help_text="Names or offices as they were when it was written.")
    people = models.ManyToManyField(Participant, blank=True, related_name="presents", help_text="Who of the list presents.")
    begins_at = models.TimeField(null=True, blank=True, help_text="A fixed time of day; nothing: after the one before.")
    note = models.CharField(max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(default=10, help_text="Planned duration in minutes.")
    speech_minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Limit of one speech.")
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True, help_text="As it stood when the meeting was opened.")
    planned_until = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it is not held.")
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged")
    ahead = models.PositiveIntegerField(null=True, blank=True, help_text="Brought forward: the highest comes next.")
    in_camera = models.BooleanField(default=False, help_text="A closed item (họp kín): who is not named is out.")
    in_camera_reason = models.CharField(max_length=300, blank=True)
    has_secret_title = models.BooleanField(default=False, help_text="Who is out does not learn its title, before and after.")
    admitted = models.ManyToManyField(BridgePoint, blank=True, related_name="admitted_to", help_text="Beside the central hall.")
    admitted_people = models.ManyToManyField(Participant, blank=True, related_name="admitted_to")

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_camera=True) | Q(has_secret_title=False), name="only_a_closed_item_has_a_secret_title"
            ),
            models.UniqueConstraint(fields=["meeting", "ahead"], condition=Q(ahead__isnull=False), name="one_item_comes_next"),
            models.UniqueConstraint(fields=["meeting", "position"], name="one_item_per_position"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="open"), name="one_open_item"),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "closed"]) | Q(opened_at__isnull=False),
                name="an_item_that_ran_has_its_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}. {self.title}"

    @property
    def label(self) -> str:
        """What people say: the number, or the words of what bears none."""
        return self.number or f"“{self.title}”"


class ProgrammeStep(models.Model):
    """The last change of a programme and what it was before, so that it can be undone. Soft: outside the journal."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="programme_step")
    number = models.PositiveBigIntegerField(help_text="Of its entry in the journal.")
    before = models.JSONField()

    def __str__(self) -> str:
        return f"{self.meeting_id} at {self.number}"


class ProgrammeRelease(models.Model):
    """The programme as it was released under a number; it never changes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    snapshot = models.JSONField()

    class Meta:
        ordering = ["meeting", "-number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_release_per_number")]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"


class SeenRelease(models.Model):
    """Up to which release an account has seen the programme. Soft: outside the journal."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seen_releases")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seen_releases")
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "account"], name="an_account_has_seen_one_release")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.account_id} at {self.number}"
