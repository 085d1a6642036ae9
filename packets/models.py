"""Papers of a meeting: documents and their versions, to whom they are released, who opened and read them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agenda.models import Speech
from attendance.models import AskedUnit
from copies.marking import shown
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup, Role
from packets.folder.models import Folder
from people.spelling import FoldedField

__all__ = [
    "Audience", "Binding", "Bookmark", "Document", "Folder", "HandIn", "HandOut", "Opening", "PageText", "Reading", "Release",
    "Upload", "Version",
]  # fmt: skip


class Document(models.Model):
    """A paper of a meeting (tài liệu), of one of its items or of a registered speech. One that is secret is a placeholder.

    The item is held by its number alone: one taken out of the programme comes back under its own number when that is undone.
    """

    class Secrecy(models.TextChoices):
        """What the law says of the content. Of the last three a networked system may hold nothing (vietnam.md, F)."""

        NORMAL = "normal", _("Ordinary")
        INTERNAL = "internal", _("For internal circulation")
        CONFIDENTIAL = "confidential", _("Confidential (Mật)")
        SECRET = "secret", _("Secret (Tối mật)")
        TOP_SECRET = "top_secret", _("Top secret (Tuyệt mật)")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="documents")
    number = models.PositiveIntegerField(help_text="As people cite it: paper 3. Never given twice.")
    item = models.ForeignKey(
        "agenda.AgendaItem", on_delete=models.DO_NOTHING, null=True, blank=True, db_constraint=False, related_name="documents"
    )
    speech = models.ForeignKey(Speech, on_delete=models.SET_NULL, null=True, blank=True, related_name="documents")
    position = models.PositiveIntegerField(help_text="Order among all papers of the meeting.")
    title = models.CharField(max_length=400, help_text="Of a secret paper: neutral words, never its own title.")
    secrecy = models.CharField(max_length=12, choices=Secrecy, default=Secrecy.NORMAL)
    is_removed = models.BooleanField(default=False, help_text="Taken out by the secretariat; its number is not given again.")
    edition = models.PositiveIntegerField(default=1, help_text="Counts changes, so that a stale form is noticed.")
    folded = FoldedField(of=("title",))

    class Meta:
        ordering = ["meeting", "position", "pk"]
        indexes = [models.Index(fields=["meeting", "folded"], name="document_by_title")]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_document_per_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def is_placeholder(self) -> bool:
        """Whether it is secret: only handed out on paper, never kept here."""
        return self.secrecy not in (self.Secrecy.NORMAL, self.Secrecy.INTERNAL)


class Version(models.Model):
    """One edition of a paper: the untouched original, kept apart for the secretariat, and the harmless reading copy."""

    class State(models.TextChoices):
        """How far it is on its way to the readers. The newest that is released is what they read."""

        DRAFT = "draft", _("Draft")
        CHECKED = "checked", _("Checked")
        APPROVED = "approved", _("Approved")
        RELEASED = "released", _("Released")

    class Copy(models.TextChoices):
        """What has become of the reading copy."""

        WAITING = "waiting", _("Being prepared")
        REBUILT = "rebuilt", _("Rebuilt from what is allowed")
        RASTERISED = "rasterised", _("Turned into pictures")
        REFUSED = "refused", _("Refused")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    note = models.CharField(max_length=500, blank=True, help_text="What is different from the version before, in words.")

    name = models.CharField(max_length=200, help_text="Of the file, made harmless; for people only.")
    kind = models.CharField(max_length=8, blank=True, help_text="By its content: pdf, docx, odt, png, …")
    original = models.FileField(upload_to="papers/originals/", max_length=200)
    original_size = models.PositiveBigIntegerField()
    original_sha256 = models.CharField(max_length=64)

    copy = models.CharField(max_length=10, choices=Copy, default=Copy.WAITING)
    refusal = models.CharField(max_length=30, blank=True, help_text="Why, a word of copies/refusals.py.")
    reading = models.FileField(upload_to="papers/reading/", max_length=200, blank=True)
    reading_size = models.PositiveBigIntegerField(default=0)
    reading_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(default=0)
    anchors = models.JSONField(default=dict, help_text="Where a reader's mark is hung on (copies/marking.py).")
    removed = models.JSONField(default=list, help_text="What was taken out: words of copies/rebuilding.py.")
    contents = models.JSONField(default=list, help_text="Its own table of contents: [[level, title, page], …].")
    stamps = models.JSONField(default=list, help_text="Words of secrecy found in its text: [[word, page], …].")
    stamps_judged_by = models.CharField(max_length=200, blank=True, help_text="Who says that these words make nothing secret.")

    unit = models.ForeignKey(
        AskedUnit, on_delete=models.SET_NULL, null=True, blank=True, related_name="versions",
        help_text="Which has handed it in for its speech; empty: the secretariat has uploaded it.",
    )  # fmt: skip
    uploaded_by = models.CharField(max_length=200)
    uploaded_account = models.BigIntegerField(null=True)
    uploaded_at = models.DateTimeField()
    checked_by = models.CharField(max_length=200, blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    returned_by = models.CharField(max_length=200, blank=True)
    returned_why = models.CharField(max_length=500, blank=True, help_text="Why the newest version was made a draft again.")
    released_by = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False, help_text="Released after the deadline for papers.")

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_per_number"),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False, copy__in=["rebuilt", "rasterised"]),
                name="what_is_released_can_be_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number}"

    @property
    def is_readable(self) -> bool:
        """Whether there is a reading copy."""
        return self.copy in (self.Copy.REBUILT, self.Copy.RASTERISED)

    @property
    def is_unjudged(self) -> bool:
        """Whether words of secrecy stand in its text for which nobody has answered."""
        return bool(self.stamps) and not self.stamps_judged_by


class PageText(models.Model):
    """The text of one page of a reading copy, for searching."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="texts")
    page = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    folded = FoldedField(of=("text",), max_length=100_000)

    class Meta:
        ordering = ["version", "page"]
        constraints = [models.UniqueConstraint(fields=["version", "page"], name="one_text_per_page")]

    def __str__(self) -> str:
        return f"{self.version_id} p. {self.page}"


class Upload(models.Model):
    """A file on its way, chunk by chunk; it becomes a version when its last byte is there. Soft: outside the journal."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="uploads")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    wishes = models.JSONField(default=dict, help_text="What shall become of it: document, item, speech, secrecy, title.")
    version = models.ForeignKey(Version, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.name} {self.offset}/{self.size}"


class Release(models.Model):
    """To whom a paper is open, from when until when. Recalled or over, it never comes back; a new one is made."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="releases")
    token = models.UUIDField(default=uuid.uuid4, unique=True, help_text="Names it on open pages and says nothing.")
    to_everyone = models.BooleanField(default=False, help_text="Everybody who takes part.")
    to_readers = models.BooleanField(default=False, help_text="Of a bridge point to who reads there for all, nobody else.")
    from_at = models.DateTimeField(null=True, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    holds_for_item = models.BooleanField(default=False, help_text="Not before its item has been opened.")
    may_download = models.BooleanField(default=False)
    may_print = models.BooleanField(default=False)
    released_at = models.DateTimeField()
    released_by = models.CharField(max_length=200)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["document", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(from_at__isnull=True) | Q(until_at__gt=F("from_at")),
                name="a_release_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.token}"


class Audience(models.Model):
    """One of those to whom a release is open: a role, a group, a bridge point with all under it, or one participant."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="audiences")
    role = models.CharField(max_length=10, choices=Role, blank=True)
    group = models.ForeignKey(ParticipantGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["release", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    ~Q(role="") & Q(group=None, bridge_point=None, participant=None)
                    | Q(role="", group__isnull=False, bridge_point=None, participant=None)
                    | Q(role="", group=None, bridge_point__isnull=False, participant=None)
                    | Q(role="", group=None, bridge_point=None, participant__isnull=False)
                ),
                name="an_audience_is_one_of_four",
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.role or self.group_id or self.bridge_point_id or self.participant_id}"


class Binding(models.Model):
    """One PDF with all papers that a class of readers may read (bộ tài liệu), made once for the class. Soft."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="bindings")
    key = models.CharField(max_length=64, help_text="Hash of the versions in it, their order and the language.")
    file = models.FileField(upload_to="papers/bound/", max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    anchors = models.JSONField(default=dict)
    versions = models.JSONField(default=list, help_text="Ids of the versions in it, in order.")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "key"], name="one_binding_per_key")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.key[:8]}"


class Opening(models.Model):
    """The access record of one opened copy: who, of which unit, when, which way; its trace code stands across the pages.

    Append-only and outside the journal: openings come by the thousand. Names stand as they were at that moment.
    """

    class Way(models.TextChoices):
        """How the copy went out."""

        SCREEN = "screen", _("Read on screen")
        DOWNLOAD = "download", _("Downloaded")
        PRINT = "print", _("Printed")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="openings")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, null=True, blank=True, related_name="openings")
    binding = models.ForeignKey(Binding, on_delete=models.SET_NULL, null=True, blank=True, related_name="openings")
    binding_versions = models.JSONField(default=list, help_text="Of a bound packet: ids of the versions in it.")
    code = models.CharField(max_length=12, unique=True, help_text="Twelve letters of Crockford's base 32.")
    account = models.BigIntegerField(help_text="A plain number, kept when the account goes.")
    participant = models.BigIntegerField(null=True)
    reader = models.CharField(max_length=200)
    unit = models.CharField(max_length=300, blank=True)
    way = models.CharField(max_length=8, choices=Way, default=Way.SCREEN)
    opened_at = models.DateTimeField(help_text="Time of the meeting's clock, as the mark says it.")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["meeting", "pk"]
        indexes = [models.Index(fields=["meeting", "account", "version"], name="opening_by_reader")]

    def __str__(self) -> str:
        return self.code

    @property
    def shown(self) -> str:
        """Its code as people read it: XXXX-XXXX-XXXX."""
        return shown(self.code)


class Reading(models.Model):
    """How far an account has read a version: soft, outside the journal; the reader sees it too."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="readings")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="readings")
    participant = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="readings")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    pages_seen = models.TextField(blank=True, help_text="One character for each page: 1 seen, 0 not.")
    seconds = models.PositiveIntegerField(default=0)
    last_page = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["version", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "account"], name="an_account_reads_a_version_once")]

    def __str__(self) -> str:
        return f"{self.account_id} reads {self.version_id}"


class Bookmark(models.Model):
    """A reader's own mark at a page of a paper; it stays when a new version comes. Soft."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="bookmarks")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bookmarks")
    page = models.PositiveIntegerField()
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["document", "page"]
        constraints = [models.UniqueConstraint(fields=["document", "account", "page"], name="one_bookmark_per_page")]

    def __str__(self) -> str:
        return f"{self.document_id} p. {self.page}"


class HandOut(models.Model):
    """A numbered paper copy of a secret paper: to whom it was given, and that it came back, or was reported lost.

    What was lost and came back after all has both moments.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="hand_outs")
    number = models.PositiveIntegerField(help_text="Of the copy, as written on it.")
    participant = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="hand_outs")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="hand_outs")
    receiver = models.CharField(max_length=300, help_text="Name and office as they were.")
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=200)
    collected_at = models.DateTimeField(null=True, blank=True)
    collected_by = models.CharField(max_length=200, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True, help_text="When its loss was reported.")
    lost_by = models.CharField(max_length=200, blank=True, help_text="Who entered the report.")
    lost_why = models.CharField(max_length=500, blank=True, help_text="How it was lost, in words.")

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.CheckConstraint(condition=Q(lost_at=None) | ~Q(lost_why=""), name="a_loss_has_its_reason"),
            models.UniqueConstraint(
                fields=["document", "number"], condition=Q(collected_at=None), name="a_copy_is_in_one_hand_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.number}"

    @property
    def is_lost(self) -> bool:
        """Whether its loss was reported and it has not come back since."""
        return self.lost_at is not None and self.collected_at is None


class HandIn(models.Model):
    """Leave to hand in the paper of a speech after the deadline: asked for by its unit, granted until a moment or declined."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="hand_ins")
    speech = models.OneToOneField(Speech, on_delete=models.CASCADE, related_name="hand_in")
    wish = models.TextField(max_length=1000, blank=True, help_text="What is to come, and why so late: in no fact.")
    wished_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(max_length=500, blank=True, help_text="Why the last such wish was declined.")
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return f"{self.speech_id} until {self.until}"
