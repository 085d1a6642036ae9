"""Presence as it stands, the stays it came from, contradictions to settle, and halls that are counted by head."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from attendance.scanning.models import Scan
from meetings.models import BridgePoint, Meeting, Participant


class Presence(models.Model):
    """What is known of a participant's presence now; no row: not yet marked."""

    class State(models.TextChoices):
        PRESENT = "present", _("Present")
        ONLINE = "online", _("Present online")
        LEFT = "left", _("Left")
        ABSENT = "absent", _("Absent")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presences")
    participant = models.OneToOneField(Participant, on_delete=models.RESTRICT, related_name="presence")
    state = models.CharField(max_length=8, choices=State)
    bridge_point = models.ForeignKey(
        BridgePoint,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="presences",
        help_text="Through which one: where they are, or were last.",
    )
    marked_at = models.DateTimeField(help_text="Since when it is so: time of the meeting's clock.")
    by_hand_at = models.DateTimeField(
        null=True, blank=True, help_text="When a person last said so; what was scanned before that does not change it."
    )
    reason = models.CharField(
        max_length=300, blank=True, help_text="Why absent: for the secretariat and the own bridge point, never in a fact."
    )
    before = models.JSONField(
        null=True, blank=True, help_text="How they stood before the scan that made it so, for taking that back; never in a fact."
    )

    class Meta:
        ordering = ["meeting", "participant"]
        indexes = [models.Index(fields=["meeting", "state"])]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.state}"


#: Who is there, in person or online.
THERE = (Presence.State.PRESENT, Presence.State.ONLINE)


class Stay(models.Model):
    """One time somebody was there without leaving: from – until – through which bridge point."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="stays")
    participant = models.ForeignKey(Participant, on_delete=models.RESTRICT, related_name="stays")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, null=True, blank=True, related_name="stays")
    is_online = models.BooleanField(default=False)
    began_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "participant", "began_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["participant"], condition=Q(ended_at=None), name="one_stay_at_a_time"),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="stay_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.began_at}–{self.ended_at or ''}"


class PresenceConflict(models.Model):
    """Two records of one person that cannot both be true; the later one stands until a person settles it."""

    class Kind(models.TextChoices):
        TWO_PLACES = "two_places", _("At two bridge points")
        TWO_DOORS = "two_doors", _("At two doors within seconds")
        CORRECTED = "corrected", _("Scanned before it was corrected by hand")
        REVOKED = "revoked", _("Admitted off line with a badge that was not valid any more")
        DEVICE = "device", _("Sent by a device whose permission had been taken back")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presence_conflicts")
    participant = models.ForeignKey(Participant, on_delete=models.RESTRICT, related_name="presence_conflicts")
    kind = models.CharField(max_length=10, choices=Kind)
    scan = models.ForeignKey(Scan, on_delete=models.RESTRICT, related_name="conflicts", help_text="The scan that contradicts.")
    stood = models.CharField(max_length=8, blank=True, choices=Presence.State, help_text="What was known before; empty: nothing.")
    stood_at = models.DateTimeField(null=True, blank=True)
    stood_where = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True, help_text="By name at that moment.")

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [models.UniqueConstraint(fields=["scan", "participant"], name="a_scan_contradicts_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.participant_id}"


class HallCount(models.Model):
    """How many people an operator has counted in a hall without accounts, of how many expected."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="hall_counts")
    bridge_point = models.OneToOneField(BridgePoint, on_delete=models.RESTRICT, related_name="hall_count")
    present = models.PositiveIntegerField()
    expected = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: as many as stand on the list.")
    counted_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    counted_by = models.CharField(max_length=200, help_text="By name at that moment.")

    class Meta:
        ordering = ["meeting", "bridge_point__number"]

    def __str__(self) -> str:
        return f"{self.bridge_point_id}: {self.present}"
