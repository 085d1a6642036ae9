"""What the secretariat holds in its hand: displays, announcements, site commands, messages; and the outages of the lines."""

from __future__ import annotations

from hashlib import sha256

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import BridgePoint, Meeting
from meetings.nonces import fresh_nonce

TEXT_LIMIT = 500  # characters of an announcement or a site command: it is read from a wall
MESSAGE_LIMIT = 1000
STANDING_LIMIT = 12  # announcements, and site commands, that stand at a time: screens show them all
LINE_LIMIT = 2000  # messages on one line of one bridge point


class Announcement(models.Model):
    """A sentence for everybody, or for some bridge points (thông báo). It is public within the meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="announcements")
    text = models.CharField(max_length=TEXT_LIMIT)
    sites = models.ManyToManyField(BridgePoint, blank=True, related_name="announcements", help_text="None: for all.")
    published_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    published_by = models.CharField(max_length=200, help_text="By name at that moment.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "-pk"]

    def __str__(self) -> str:
        return self.text


class Display(models.Model):
    """A screen on a wall, opened by a signed address without an account, revocable, steered from the control room."""

    class Mode(models.TextChoices):
        AUTO = "auto", _("Follow the meeting")
        ITEM = "item", _("Item")
        SPEAKER = "speaker", _("Speaker and timer")
        ANNOUNCEMENT = "announcement", _("Announcement")
        COUNT = "count", _("Head count")
        CONCLUSION = "conclusion", _("Conclusion")
        POLL = "poll", pgettext_lazy("display", "Vote")
        WELCOME = "welcome", _("Welcome")
        BLANK = "blank", pgettext_lazy("display", "Blank")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="displays")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="displays")
    name = models.CharField(max_length=120)
    nonce = models.CharField(
        max_length=16, default=fresh_nonce, blank=True, help_text="Stands in its address; empty in an old one."
    )
    mode = models.CharField(max_length=12, choices=Mode, default=Mode.AUTO)
    announcement = models.ForeignKey(
        Announcement, on_delete=models.SET_NULL, null=True, blank=True, related_name="displays", help_text="Shown in its mode."
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "name"], condition=Q(revoked_at=None), name="one_open_display_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class SiteCommand(models.Model):
    """Something a person at each addressed bridge point must acknowledge (hiệu lệnh)."""

    class Kind(models.TextChoices):
        PREPARE = "prepare", _("Prepare to speak")
        RECESS = "recess", _("Recess")
        OTHER = "other", _("Other")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="site_commands")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.OTHER)
    text = models.CharField(max_length=TEXT_LIMIT)
    issued_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    issued_by = models.CharField(max_length=200, help_text="By name at that moment.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "-pk"]

    def __str__(self) -> str:
        return self.text


class Receipt(models.Model):
    """One bridge point's answer to one site command: brought to its console, seen there, acknowledged by a person.

    Delivered and seen are noted by the live room outside the journal; an acknowledgement is a fact.
    """

    site_command = models.ForeignKey(SiteCommand, on_delete=models.CASCADE, related_name="receipts")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, related_name="receipts")
    delivered_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=200, blank=True, help_text="By name at that moment.")

    class Meta:
        ordering = ["site_command", "bridge_point__number"]
        constraints = [
            models.UniqueConstraint(fields=["site_command", "bridge_point"], name="one_receipt_of_a_site_command"),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None, acknowledged_by="") | Q(acknowledged_at__isnull=False) & ~Q(acknowledged_by=""),
                name="acknowledged_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_command_id}/{self.bridge_point_id}"


class Line(models.TextChoices):
    """The two lines between the control room and a bridge point: they never mix."""

    TECHNICAL = "technical", _("Technical line")
    CHAIR = "chair", _("Chair's line")


class Message(models.Model):
    """One message on a line between the control room (or the chair) and a bridge point."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="messages")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, related_name="messages")
    line = models.CharField(max_length=9, choices=Line)
    from_site = models.BooleanField(help_text="Written at the bridge point; else in the hall's control room.")
    text = models.CharField(max_length=MESSAGE_LIMIT)
    salt = models.CharField(max_length=32, help_text="With the text it makes the digest that the journal holds.")
    author = models.CharField(max_length=200, help_text="By name at that moment.")
    sent_at = models.DateTimeField(help_text="Time of the meeting's clock.")

    class Meta:
        ordering = ["meeting", "pk"]
        indexes = [models.Index(fields=["bridge_point", "line"], name="message_by_line")]

    def __str__(self) -> str:
        return f"{self.line} {self.bridge_point_id} {self.pk}"

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of salt and text: what the journal holds."""
        return sha256(f"{self.salt}{self.text}".encode()).hexdigest()


class ReadMark(models.Model):
    """Up to which message one side of a line has read: soft, outside the journal."""

    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.CASCADE, related_name="read_marks")
    line = models.CharField(max_length=9, choices=Line)
    at_site = models.BooleanField(help_text="What the bridge point has read; else what the control room has.")
    up_to = models.PositiveBigIntegerField(default=0, help_text="Key of the last message read.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bridge_point", "line", "at_site"], name="one_read_mark_of_a_side")]

    def __str__(self) -> str:
        return f"{self.line} {self.bridge_point_id} {self.up_to}"


class Outage(models.Model):
    """A time in which a bridge point that had been connected was not (mất kết nối), while the meeting ran."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="outages")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, related_name="outages")
    began_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bridge_point"], condition=Q(ended_at=None), name="one_outage_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")), name="outage_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bridge_point_id} {self.began_at}–{self.ended_at or ''}"


from control.incidents.models import Incident  # noqa: E402,F401  # a row of this app
from control.video.models import VideoAddress  # noqa: E402,F401  # a row of this app
