"""The list of speakers of an item, and its lines: a wish to speak, and the speech when the floor is given."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from control.models import SiteCommand
from meetings.models import BridgePoint, Meeting, Participant

REASON_LIMIT = 200


class SpeakersList(models.Model):
    """The list of one item. An item that nobody has closed the list of, and nobody has set a place in, needs none."""

    item = models.OneToOneField("agenda.AgendaItem", on_delete=models.CASCADE, related_name="speakers")
    is_closed = models.BooleanField(default=False, help_text="Nobody is put on the list but for a point of order.")
    version = models.PositiveIntegerField(default=1, help_text="Counts the places set by hand, so that a stale one is noticed.")

    def __str__(self) -> str:
        return f"{self.item_id}: {'closed' if self.is_closed else 'open'}, {self.version}"


class FloorRequest(models.Model):
    """A wish to speak under an item, and the speech when the floor is given: one line of the list of speakers."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SPEAKING = "speaking", _("Speaking")
        DONE = "done", _("Has spoken")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Not reached")

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("Registered speech")
        DISCUSSION = "discussion", pgettext_lazy("kind of speech", "Discussion")
        POINT_OF_ORDER = "point_of_order", _("Point of order")
        REPLY = "reply", pgettext_lazy("kind of speech", "Reply")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="floor_requests")
    item = models.ForeignKey("agenda.AgendaItem", on_delete=models.CASCADE, related_name="floor_requests")
    participant = models.ForeignKey(Participant, on_delete=models.RESTRICT, null=True, blank=True, related_name="floor_requests")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, null=True, blank=True, related_name="floor_requests")
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.DISCUSSION)
    speech = models.ForeignKey(
        "agenda.Speech", on_delete=models.SET_NULL, null=True, blank=True, related_name="lines", help_text="That was registered."
    )
    rank = models.PositiveIntegerField(null=True, blank=True, help_text="Place among the registered ones.")
    answers = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replies", help_text="The speech replied to."
    )
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Limit of this speech; nothing: that of the item."
    )
    pin = models.PositiveIntegerField(null=True, blank=True, help_text="Place among those who wait, set by the chair.")
    pin_reason = models.CharField(max_length=REASON_LIMIT, blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True, help_text="When they were told to prepare.")
    reminded_at = models.DateTimeField(null=True, blank=True, help_text="When they were last reminded of the time.")
    site_command = models.ForeignKey(
        SiteCommand, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="That told them so."
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    requested_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="speaking"), name="one_speaker_at_a_time"),
            models.UniqueConstraint(
                fields=["item", "participant", "kind"],
                condition=Q(state__in=["waiting", "speaking"], participant__isnull=False, speech__isnull=True),
                name="a_person_waits_once",
            ),
            models.UniqueConstraint(
                fields=["item", "bridge_point", "kind"],
                condition=Q(state__in=["waiting", "speaking"], participant__isnull=True, speech__isnull=True),
                name="a_bridge_point_waits_once",
            ),
            models.UniqueConstraint(
                fields=["item", "speech"], condition=Q(speech__isnull=False), name="a_registered_speech_stands_once"
            ),
            models.UniqueConstraint(
                fields=["item", "pin"], condition=Q(state="waiting", pin__isnull=False), name="one_line_holds_a_place"
            ),
            models.CheckConstraint(
                condition=Q(pin__isnull=True, pin_reason="") | Q(state="waiting", pin__gte=1) & ~Q(pin_reason=""),
                name="a_place_is_held_by_who_waits_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(answers__isnull=True) | Q(kind="reply"), name="a_reply_answers_a_speech"),
            models.CheckConstraint(condition=Q(answers__isnull=True) | ~Q(answers=F("id")), name="nobody_replies_to_oneself"),
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
