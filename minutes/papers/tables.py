"""The tables of official papers: the papers, whom they go to, and what an office has changed in templates and layouts."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from issuing.models import IssuedDocument, Recipient
from meetings.models import BridgePoint, Meeting, Participant
from people.models import Organisation


class OfficialPaper(models.Model):
    """One official paper of a meeting, from draft to issue; what was issued is never changed, only recalled or replaced."""

    class Kind(models.TextChoices):
        """Which paper it is; the code of its number where it has one."""

        MINUTES = "BB", _("Minutes")
        NOTICE = "TB", _("Notice of conclusions")
        RESOLUTION = "NQ", _("Resolution")
        PROGRAMME = "CTr", _("Programme of the conference")
        INVITATION = "GM", _("Invitation letter")
        DELEGATES = "DS", _("List of delegates")

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")
        ISSUED = "issued", _("Issued")
        RECALLED = "recalled", _("Recalled")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="official_papers")
    number = models.PositiveIntegerField(help_text="Within the meeting, for its address; not the number on the paper.")
    kind = models.CharField(max_length=3, choices=Kind)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    profile = models.CharField(max_length=20, help_text="Layout profile (printing/profiles.py).")
    template = models.ForeignKey("minutes.PaperTemplate", on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    abstract = models.CharField(max_length=400)
    words = models.JSONField(default=dict, help_text="What people have written in it, by field: plain or rich text.")
    place = models.CharField(max_length=120, blank=True)
    dated = models.DateField(null=True, blank=True, help_text="The date it bears; empty before it is issued.")
    authority = models.CharField(max_length=160, blank=True, help_text="T/M, K/T, T/L with whose; TM., KT. in State bodies.")
    post = models.CharField(max_length=160, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    recipients = models.JSONField(default=list, help_text="Nơi nhận: [{kind, id, name}, …] in their order.")
    data = models.JSONField(null=True, blank=True, help_text="Frozen at approval: all it was made of (minutes/papers/data).")
    content_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the frozen data, template and layout.")
    changed_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    changed_by = models.CharField(max_length=200)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=26, blank=True, help_text="128 random bits in base 32, from its issue on.")
    issued_at = models.DateTimeField(null=True, blank=True, help_text="Time of the meeting's clock.")
    issued_by = models.CharField(max_length=200, blank=True)
    by_mail = models.BooleanField(default=False, help_text="A mail goes to every recipient with an address.")
    with_file = models.BooleanField(default=False, help_text="The mail brings the PDF along.")
    issued = models.OneToOneField(IssuedDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="official_paper")
    pdf = models.FileField(upload_to="official/", max_length=200, blank=True)
    docx = models.FileField(upload_to="official/", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the PDF's bytes.")
    filed_at = models.DateTimeField(null=True, blank=True, help_text="When its file was there and it went out.")
    trouble = models.CharField(max_length=300, blank=True, help_text="Why its file could not be made, in words.")
    document = models.PositiveIntegerField(null=True, blank=True, help_text="Its number among the meeting's papers (packets).")
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.CharField(max_length=200, blank=True)
    recalled_why = models.CharField(max_length=400, blank=True)
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces")

    class Meta:
        ordering = ["meeting", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_official_paper_of_a_number"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_official_paper_of_a_code"),
            models.CheckConstraint(
                condition=~Q(state="issued") | Q(dated__isnull=False) & ~Q(code=""), name="what_is_issued_has_date_and_code"
            ),
            models.CheckConstraint(condition=~Q(state="approved") | Q(data__isnull=False), name="what_is_approved_is_frozen"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.kind} {self.number}"


class Delivery(models.Model):
    """One recipient of an issued paper: sent how and when, seen by whom and when."""

    class Channel(models.TextChoices):
        """How it goes there."""

        SYSTEM = "system", _("in the system")
        MAIL = "mail", _("by mail")
        PAPER = "paper", _("on paper")

    paper = models.ForeignKey(OfficialPaper, on_delete=models.CASCADE, related_name="deliveries")
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    line = models.CharField(max_length=200, blank=True, help_text="The line of the recipients it stands under.")
    channel = models.CharField(max_length=6, choices=Channel, default=Channel.SYSTEM)
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.CharField(max_length=200, blank=True, help_text="By name at that moment.")
    is_by_hand = models.BooleanField(default=False, help_text="The clerk has ticked it: handed over, or told by telephone.")
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["paper", "pk"]

    def __str__(self) -> str:
        return self.name


class PaperTemplate(models.Model):
    """A template an office has changed: one kind of paper under one layout profile. Older ones stay, papers name theirs."""

    kind = models.CharField(max_length=3, choices=OfficialPaper.Kind)
    profile = models.CharField(max_length=20)
    revision = models.PositiveIntegerField()
    source = models.TextField(max_length=60_000)
    note = models.CharField(max_length=400, blank=True)
    is_current = models.BooleanField(default=False, help_text="What papers are made with; none: the system's own.")
    made_at = models.DateTimeField(help_text="The machine's time.")
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["kind", "profile", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "profile", "revision"], name="one_template_of_a_revision"),
            models.UniqueConstraint(fields=["kind", "profile"], condition=Q(is_current=True), name="one_template_is_current"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.profile} r{self.revision}"


class LayoutSetting(models.Model):
    """A number of a layout profile that an office sets otherwise than the system."""

    profile = models.CharField(max_length=20)
    name = models.CharField(max_length=60, help_text="Field of printing.profiles.Profile, with its part: body_text.size.")
    value = models.JSONField()
    source = models.CharField(max_length=300, help_text="Where the office has it from.")
    set_at = models.DateTimeField(help_text="The machine's time.")
    set_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["profile", "name"]
        constraints = [models.UniqueConstraint(fields=["profile", "name"], name="a_number_is_set_once")]

    def __str__(self) -> str:
        return f"{self.profile} {self.name}"
