"""The minutes of a meeting in blocks, and the papers printed from them."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.hashing import canonical
from meetings.models import Meeting


class Minutes(models.Model):
    """The minutes of a meeting (biên bản): a draft made from the journal and corrected, then approved."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0, help_text="Goes up with every change of a word.")
    drafted_up_to = models.PositiveBigIntegerField(default=0, help_text="Journal entry the draft was made up to.")
    drafted_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=200, blank=True, help_text="By name at that moment.")

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", approved_at__isnull=True) | Q(state="approved", approved_at__isnull=False),
                name="approved_minutes_know_since_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.state} {self.revision}"


class MinutesBlock(models.Model):
    """One block of the minutes. Its version goes up with each change, so that two people never overwrite each other."""

    class Kind(models.TextChoices):
        HEAD = "head", _("head of the paper")
        SECTION = "section", _("part")
        POINT = "point", _("point")
        TEXT = "text", _("text")
        TABLE = "table", _("table")
        SIGNATURE = "signature", _("signature")
        ANNEX = "annex", _("annex")

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="blocks")
    key = models.CharField(max_length=40, help_text="What it tells of, the same in every draft.")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    heading = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True, help_text="Plain text, a paragraph a line; a table: a row a line, cells parted by bars.")
    version = models.PositiveIntegerField(default=1)
    edited = models.BooleanField(default=False, help_text="Holds words that are not the journal's; a new draft keeps them.")
    editor = models.CharField(max_length=200, blank=True, help_text="Who changed it last, by name at that moment.")
    changed_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    drafted_heading = models.CharField(max_length=400, blank=True, help_text="What the last draft had here.")
    drafted_text = models.TextField(blank=True, help_text="What the last draft had here.")
    source_first = models.PositiveBigIntegerField(default=0, help_text="First journal entry it tells of; 0: none.")
    source_last = models.PositiveBigIntegerField(default=0, help_text="Last journal entry it tells of.")

    class Meta:
        ordering = ["minutes", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["minutes", "key"], name="one_block_of_a_key")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def meeting(self) -> Meeting:
        """The meeting it belongs to."""
        return self.minutes.meeting

    @property
    def digest(self) -> str:
        """SHA-256 of its words: the journal holds it, `check_journal` compares."""
        return hashlib.sha256(canonical([self.kind, self.heading, self.text]).encode()).hexdigest()

    @property
    def differs(self) -> bool:
        """Whether the last draft had other words here."""
        return (self.heading, self.text) != (self.drafted_heading, self.drafted_text)


def print_path(paper: Print, name: str) -> str:
    """Where the file of a print is kept, under FILES_DIR."""
    return f"minutes/{paper.minutes_id}/{paper.code}.pdf"


class Print(models.Model):
    """A printed paper: a PDF kept as it was made, under a code nobody guesses, with what proves it."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="prints")
    code = models.CharField(max_length=26, unique=True, help_text="128 random bits in base 32.")
    sha256 = models.CharField(max_length=64, help_text="Of the file's bytes.")
    content_hash = models.CharField(max_length=64, help_text="Of all that was set in type, without the code.")
    revision = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=Minutes.State)
    profile = models.CharField(max_length=20, help_text="Layout profile of printing.profiles.")
    journal_number = models.PositiveBigIntegerField(help_text="Its own entry, which seals all before it.")
    journal_hash = models.CharField(max_length=64)
    printed_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    recorded_at = models.DateTimeField(help_text="Time of the machine.")
    printed_by = models.CharField(max_length=200, help_text="By name at that moment.")
    file = models.FileField(upload_to=print_path, max_length=200)

    class Meta:
        ordering = ["minutes", "-journal_number"]

    def __str__(self) -> str:
        return self.code
