"""Polls, their options, and the mandates that may vote."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agenda.models import AgendaItem
from attendance.models import Body
from meetings.models import BridgePoint, Meeting, Participant


class Poll(models.Model):
    """A question put to a vote (biểu quyết): in the room, or by opinion slips until a deadline."""

    class Kind(models.TextChoices):
        MOTION = "motion", _("For, against, abstain")
        CHOICE = "choice", _("A choice among several")

    class Occasion(models.TextChoices):
        """Where it is answered."""

        ROOM = "room", _("In the meeting")
        SLIP = "slip", _("By opinion slips")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("poll", "In preparation")
        OPEN = "open", pgettext_lazy("poll", "Open")
        CLOSED = "closed", pgettext_lazy("poll", "Closed, not yet declared")
        DECLARED = "declared", pgettext_lazy("poll", "Declared")
        CANCELLED = "cancelled", pgettext_lazy("poll", "Cancelled")

    class Base(models.TextChoices):
        """Of whom the majority is taken."""

        PRESENT = "present", _("of those present")
        ENTITLED = "entitled", _("of all who are entitled")
        CAST = "cast", _("of the ballots cast")
        DECISIVE = "decisive", _("of those for or against")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="polls")
    number = models.PositiveSmallIntegerField()
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="polls")
    again_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="again")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.MOTION)
    occasion = models.CharField(max_length=4, choices=Occasion, default=Occasion.ROOM)
    is_secret = models.BooleanField(default=False)
    question = models.CharField(max_length=400)
    note = models.TextField(max_length=2000, blank=True)
    body = models.ForeignKey(
        Body, on_delete=models.RESTRICT, null=True, blank=True, related_name="polls",
        help_text="Whose members vote; nothing: the chair and all delegates.",
    )  # fmt: skip
    base = models.CharField(max_length=8, choices=Base, default=Base.PRESENT)
    numerator = models.PositiveSmallIntegerField(default=1)
    denominator = models.PositiveSmallIntegerField(default=2)
    is_strict = models.BooleanField(default=True, help_text="More than the part; else at least the part.")
    least_choices = models.PositiveSmallIntegerField(default=1)
    most_choices = models.PositiveSmallIntegerField(default=1)
    seats = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many options can be chosen; empty: all.")
    proxies_at_most = models.PositiveSmallIntegerField(default=0, help_text="For how many others one may vote.")
    takes_remarks = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1, help_text="Counts the changes of its words while it is prepared.")
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    entitled = models.PositiveIntegerField(default=0, help_text="How many mandates were frozen when it was opened.")
    breadth = models.PositiveSmallIntegerField(default=0, help_text="How many options it had when it was opened.")
    is_shuffled = models.BooleanField(default=False, help_text="Whether the box was written anew in another order.")
    is_cleared = models.BooleanField(default=False, help_text="Whether no trace of the box before it is left in the database.")
    closes_at = models.DateTimeField(null=True, blank=True, help_text="Ballots that come later are refused.")
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text="Why it was cancelled.")
    result = models.JSONField(null=True, blank=True, help_text="As it was declared; it never changes.")

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_poll_per_number"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state="open", occasion="room"), name="one_poll_in_the_room_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(denominator__gt=0, numerator__gt=0, numerator__lte=F("denominator")), name="majority_is_a_part"
            ),
            models.CheckConstraint(
                condition=Q(least_choices__gte=1, most_choices__gte=F("least_choices")), name="choices_from_to"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(opened_at__isnull=False), name="a_poll_that_ran_was_opened"
            ),
            models.CheckConstraint(
                condition=~Q(state="declared") | Q(result__isnull=False, declared_at__isnull=False),
                name="what_is_declared_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"

    def get_absolute_url(self) -> str:
        """Address of the poll's page."""
        return reverse("voting:poll", args=[self.meeting.slug, self.number])


class PollOption(models.Model):
    """What can be voted for. Of a motion there are three, whose code says which."""

    class Code(models.TextChoices):
        """What an option of a motion means."""

        FOR = "for", pgettext_lazy("ballot", "For")
        AGAINST = "against", _("Against")
        ABSTAIN = "abstain", _("Abstain")

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(help_text="From 1; ballots name it.")
    code = models.CharField(max_length=7, choices=Code, blank=True)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["poll", "position"]
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="one_option_per_position")]

    def __str__(self) -> str:
        return self.text


class Mandate(models.Model):
    """One vote in one poll, frozen when it was opened: whose it is, who may cast it, where, under names of that time."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="mandates")
    participant = models.ForeignKey(Participant, on_delete=models.RESTRICT, related_name="mandates")
    voter = models.ForeignKey(
        Participant, on_delete=models.RESTRICT, related_name="mandates_to_cast", help_text="Oneself, a substitute or a proxy."
    )
    name = models.CharField(max_length=120)
    office = models.CharField(max_length=400, blank=True)
    voter_name = models.CharField(max_length=120, blank=True, help_text="Where somebody else votes.")
    bridge_point = models.ForeignKey(
        BridgePoint, on_delete=models.RESTRICT, null=True, related_name="mandates", help_text="Where the voter belongs or is."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text="Why it was withdrawn.")
    was_present = models.BooleanField(null=True, help_text="Whether the voter was there at the closing; empty before.")

    class Meta:
        ordering = ["poll", "pk"]
        constraints = [models.UniqueConstraint(fields=["poll", "participant"], name="one_mandate_each")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.name}"
