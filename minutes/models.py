"""The record of a meeting: minutes in blocks with all their revisions, remarks on them, conclusions, official papers."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.hashing import canonical
from meetings.models import BridgePoint, Meeting, Participant
from minutes.papers.tables import Delivery, LayoutSetting, OfficialPaper, PaperTemplate

__all__ = [
    "BlockRevision", "Circulated", "Circulation", "Conclusion", "ConclusionRevision", "Delivery", "LayoutSetting", "Minutes",
    "MinutesBlock", "OfficialPaper", "PaperTemplate", "Print", "Remark", "WorkingCopy", "print_path",
]  # fmt: skip


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

    @property
    def has_begun(self) -> bool:
        """Whether anything was ever recorded of them: a row is made as soon as somebody begins to type."""
        return bool(self.revision or self.drafted_up_to or self.state != Minutes.State.DRAFT)


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
    body = models.JSONField(null=True, blank=True, help_text="Its rich text (texts/nodes.py); empty: plain text alone.")
    anchor = models.CharField(max_length=40, blank=True, help_text="Of one added by hand: the key of the block it stands after.")
    speaker = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who said what it tells."
    )
    is_left_out = models.BooleanField(default=False, help_text="The journal has it, the minutes do not tell it.")
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
        words = [self.kind, self.heading, self.text]
        words += [*([self.body] if self.body else []), *(["left out"] if self.is_left_out else [])]
        return hashlib.sha256(canonical(words).encode()).hexdigest()

    @property
    def differs(self) -> bool:
        """Whether the last draft had other words here."""
        return (self.heading, self.text) != (self.drafted_heading, self.drafted_text)


class BlockRevision(models.Model):
    """What a block said under one version; none is ever changed or thrown away."""

    class Way(models.TextChoices):
        """How these words came to stand there."""

        DRAFTED = "drafted", _("From the journal")
        WRITTEN = "written", _("Written")
        TAKEN = "taken", _("Taken from the journal")
        RESTORED = "restored", _("Restored")
        REMARKED = "remarked", _("After a remark")

    block = models.ForeignKey(MinutesBlock, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    way = models.CharField(max_length=8, choices=Way, default=Way.WRITTEN)
    heading = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    body = models.JSONField(null=True, blank=True)
    editor = models.CharField(max_length=200, blank=True, help_text="By name at that moment; nobody: the journal.")
    at = models.DateTimeField(help_text="Time of the meeting's clock.")

    class Meta:
        ordering = ["block", "-version"]
        constraints = [models.UniqueConstraint(fields=["block", "version"], name="one_revision_of_a_version")]

    def __str__(self) -> str:
        return f"{self.block_id} v{self.version}"


class WorkingCopy(models.Model):
    """What somebody is typing in a block and has not saved: kept so that a cut line or a lost browser loses no word."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="working_copies")
    key = models.CharField(max_length=40)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=0, help_text="Of the block when the typing began; 0: nobody had written.")
    serial = models.PositiveBigIntegerField(default=0, help_text="Counts in the browser: an older copy replaces no newer one.")
    heading = models.CharField(max_length=400, blank=True)
    body = models.JSONField(null=True)
    at = models.DateTimeField(help_text="The machine's time.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["minutes", "key", "account"], name="one_working_copy_a_person")]

    def __str__(self) -> str:
        return f"{self.key} {self.account_id}"


class Circulation(models.Model):
    """One round in which the minutes are read and remarked on: the words as they stood, to whom, until when."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="circulations")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(help_text="Of the minutes.")
    snapshot = models.JSONField(help_text="The blocks as they were circulated.")
    note = models.CharField(max_length=1000, blank=True, help_text="What the readers are asked.")
    deadline = models.DateTimeField()
    opened_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    opened_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["minutes", "-number"]
        constraints = [models.UniqueConstraint(fields=["minutes", "number"], name="one_circulation_of_a_number")]

    def __str__(self) -> str:
        return f"{self.minutes_id} round {self.number}"

    @property
    def meeting(self) -> Meeting:
        """The meeting whose minutes are read."""
        return self.minutes.meeting


class Circulated(models.Model):
    """Who is asked in a circulation: a bridge point, whoever reads for it, or one person; and how far they are."""

    circulation = models.ForeignKey(Circulation, on_delete=models.CASCADE, related_name="readers")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, help_text="At that moment.")
    opened_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="When they said that they have no further remark.")
    agreed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["circulation", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bridge_point__isnull=False, participant__isnull=True)
                | Q(bridge_point__isnull=True, participant__isnull=False),
                name="a_reader_is_a_place_or_a_person",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def meeting(self) -> Meeting:
        """The meeting whose minutes are read."""
        return self.circulation.meeting


class Remark(models.Model):
    """What a reader says of a passage, and what became of it."""

    class State(models.TextChoices):
        """Whether the secretariat has dealt with it."""

        OPEN = "open", _("Open")
        TAKEN = "taken", _("Taken")
        ANSWERED = "answered", _("Answered")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    circulation = models.ForeignKey(Circulation, on_delete=models.CASCADE, related_name="remarks")
    reader = models.ForeignKey(Circulated, on_delete=models.CASCADE, related_name="remarks")
    number = models.PositiveIntegerField(help_text="Within its circulation.")
    key = models.CharField(max_length=40, help_text="Of the block.")
    quote = models.TextField(max_length=2000, blank=True, help_text="The passage as it was circulated; empty: the whole block.")
    text = models.TextField(max_length=4000)
    author = models.CharField(max_length=200, help_text="By name at that moment.")
    account = models.BigIntegerField(null=True)
    at = models.DateTimeField(help_text="Time of the meeting's clock.")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    answer = models.TextField(max_length=4000, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_version = models.PositiveIntegerField(null=True, blank=True, help_text="Of the block that says what is asked.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["circulation", "number"]
        constraints = [models.UniqueConstraint(fields=["circulation", "number"], name="one_remark_of_a_number")]

    def __str__(self) -> str:
        return f"{self.circulation_id}/{self.number}"

    @property
    def meeting(self) -> Meeting:
        """The meeting whose minutes it is about."""
        return self.circulation.meeting

    @property
    def digest(self) -> str:
        """SHA-256 of what the reader says, of which passage; the journal holds it."""
        return hashlib.sha256(canonical([self.key, self.quote, self.text]).encode()).hexdigest()


class Conclusion(models.Model):
    """What the meeting concludes: proposed, worded on the wall while it is agreed, then adopted under a number."""

    class State(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed", _("Proposed")
        ADOPTED = "adopted", _("Adopted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="conclusions")
    item = models.ForeignKey(
        "agenda.AgendaItem", on_delete=models.DO_NOTHING, null=True, blank=True, db_constraint=False, related_name="conclusions"
    )
    position = models.PositiveIntegerField(help_text="Order among all of the meeting.")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="Given at adoption, never twice.")
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    text = models.TextField(max_length=4000, help_text="What is to be done or is held, as it is worded.")
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who leads."
    )
    who = models.CharField(max_length=300, blank=True, help_text="Who leads, in words.")
    along = models.CharField(max_length=600, blank=True, help_text="Who takes part.")
    due = models.DateField(null=True, blank=True)
    product = models.CharField(max_length=400, blank=True, help_text="What there shall be when it is done.")
    shown_at = models.DateTimeField(null=True, blank=True, help_text="Since when the walls show it; empty: they do not.")
    changed_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    changed_by = models.CharField(max_length=200, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text="Why it was withdrawn.")

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_conclusion_of_a_number"),
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(number__isnull=False, adopted_at__isnull=False),
                name="adopted_ones_are_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number or '-'}"


class ConclusionRevision(models.Model):
    """How a conclusion was worded under one version."""

    conclusion = models.ForeignKey(Conclusion, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    words = models.JSONField(help_text="text, who, along, due, product.")
    editor = models.CharField(max_length=200)
    at = models.DateTimeField(help_text="Time of the meeting's clock.")

    class Meta:
        ordering = ["conclusion", "-version"]
        constraints = [models.UniqueConstraint(fields=["conclusion", "version"], name="one_wording_of_a_version")]

    def __str__(self) -> str:
        return f"{self.conclusion_id} v{self.version}"


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
