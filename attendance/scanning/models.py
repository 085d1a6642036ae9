"""Doors, the devices at them, the append-only ledger of scans, and the seals that bind it to the journal."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from attendance.badges.models import Credential
from meetings.models import BridgePoint, Meeting, Participant
from meetings.nonces import fresh_nonce


class Direction(models.TextChoices):
    """Which way people go."""

    IN = "in", _("In")
    OUT = "out", _("Out")


class Door(models.Model):
    """A place at a bridge point where badges are read."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="doors")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, related_name="doors")
    name = models.CharField(max_length=60)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "bridge_point__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bridge_point", "name"], condition=Q(closed_at=None), name="one_open_door_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Scanner(models.Model):
    """A device that may read badges at one door and nothing else: an operator's telephone, or a kiosk. Revocable."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="scanners")
    door = models.ForeignKey(Door, on_delete=models.RESTRICT, related_name="scanners")
    name = models.CharField(max_length=120)
    nonce = models.CharField(max_length=16, default=fresh_nonce, help_text="Stands in its address; no fact tells it.")
    is_kiosk = models.BooleanField(default=False, help_text="Stands at the door by itself, full screen.")
    opened_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    opened_by = models.CharField(max_length=200, help_text="By name at that moment.")
    revoked_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="Soft: when it was last heard of (machine's time).")
    unsent = models.PositiveIntegerField(default=0, help_text="Soft: how many scans it last said that it had not sent.")

    class Meta:
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return self.name


class Scan(models.Model):
    """One reading of a badge. Triggers refuse changes (guards.py); what it means for presence is worked out when it is sealed."""

    class Way(models.TextChoices):
        CAMERA = "camera", _("camera")
        WEDGE = "wedge", _("scanner")
        TYPED = "typed", _("short code")
        LIST = "list", _("from the list")

    class Verdict(models.TextChoices):
        """What the person at the door was told."""

        ADMITTED = "admitted", _("Admitted")
        MOVED = "moved", _("Admitted, moved here")
        OUT = "out", _("Left")
        REFUSED = "refused", _("Not admitted")
        UNDONE = "undone", _("Taken back")

    class Reason(models.TextChoices):
        """Why not, or what was special."""

        NONE = "", ""
        FORGED = "forged", _("This is not a badge of this installation.")
        OTHER_MEETING = "other_meeting", _("The badge is for another meeting.")
        REVOKED = "revoked", _("The badge has been replaced by a newer one, or taken back.")
        EXPIRED = "expired", _("The badge is not valid today.")
        OTHER_PLACE = "other_place", _("Expected at another bridge point.")
        INSIDE = "inside", _("Is inside already.")
        OUTSIDE = "outside", _("Is not inside.")
        NOT_APPROVED = "not_approved", _("Is not on the list of the meeting.")
        EXCUSED = "excused", _("Is excused, or replaced by somebody else.")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="scans")
    scanner = models.ForeignKey(Scanner, on_delete=models.RESTRICT, related_name="scans")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, related_name="scans")
    key = models.UUIDField(unique=True, help_text="Made by the device: the same scan sent twice counts once.")
    turn = models.PositiveIntegerField(help_text="Counts up on the device, whatever its clock does.")
    direction = models.CharField(max_length=3, choices=Direction)
    way = models.CharField(max_length=6, choices=Way)
    participant = models.ForeignKey(Participant, on_delete=models.RESTRICT, null=True, related_name="scans")
    credential = models.ForeignKey(Credential, on_delete=models.RESTRICT, null=True, related_name="scans")
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = models.CharField(max_length=13, blank=True, choices=Reason)
    was_offline = models.BooleanField(default=False, help_text="The device answered by itself and sent it later.")
    was_revoked = models.BooleanField(default=False, help_text="Sent by a device whose permission had been taken back.")
    undoes = models.UUIDField(null=True, help_text="Key of the scan that this one takes back.")
    at = models.DateTimeField(help_text="When it was read: the device's moment, set right by the server, in the meeting's time.")
    received_at = models.DateTimeField(help_text="Time of the machine.")

    class Meta:
        ordering = ["meeting", "pk"]
        indexes = [models.Index(fields=["meeting", "id"], name="scan_in_order")]

    def __str__(self) -> str:
        return f"{self.pk} {self.verdict}"


class ScanSeal(models.Model):
    """A part of a meeting's ledger that an entry of the journal vouches for: from scan to scan, how many, their hash."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="scan_seals")
    number = models.PositiveIntegerField()
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, help_text="SHA-256 (hex) over the hash before and the rows.")

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_seal_per_number")]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"
