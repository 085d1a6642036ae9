"""Registers of numbers, issued papers with their recipients; a meeting's letter of invitation and who was invited by it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from issuing import symbols
from meetings.models import Meeting, Participant
from people.models import Organisation
from people.spelling import FoldedField


class PaperType(models.TextChoices):
    """The kinds of paper that are numbered, by the code that stands in the number."""

    GM = "GM", _("Invitation letter")
    TB = "TB", _("Notice")
    CV = "CV", _("Official letter")
    KL = "KL", _("Conclusion")
    BC = "BC", _("Report")
    KH = "KH", _("Plan")
    CTR = "CTr", _("Programme of work")
    TTR = "TTr", _("Submission")
    BB = "BB", _("Minutes")
    NQ = "NQ", _("Resolution")
    QD = "QĐ", _("Decision")
    HD = "HD", _("Guideline")
    PC = "PC", _("Transfer slip")
    PG = "PG", _("Dispatch slip")


class NumberRegister(models.Model):
    """The numbers of one type of paper of one body in one term (Party) or year (State). Its row is the lock of its numbers."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="registers")
    paper_type = models.CharField(max_length=4, choices=PaperType)
    body = models.CharField(max_length=5, choices=Organisation.Body)
    symbol = models.CharField(max_length=30, help_text="Of the body at that time, such as VPTW.")
    period = models.CharField(max_length=80, help_text="Name of the term, or the year.")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    first = models.PositiveIntegerField(default=1, help_text="Numbers before were given before this system was used.")
    last = models.PositiveIntegerField(default=0, help_text="The number given last.")
    is_disposable = models.BooleanField(default=False, help_text="Of demonstrations and rehearsals; set at creation.")

    class Meta:
        ordering = ["organisation", "paper_type", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "paper_type", "since", "is_disposable"], name="one_register_of_a_type_and_period"
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first") - 1), name="numbers_begin_with_the_first"),
            models.CheckConstraint(condition=Q(first__gte=1), name="no_paper_has_number_nought"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="period_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_type} {self.symbol} {self.period}"

    def written(self, number: int) -> str:
        """Return a number of this register as it stands on a paper."""
        return symbols.written(number, self.body, self.paper_type, self.symbol)

    @property
    def next_written(self) -> str:
        """The number that comes next."""
        return self.written(self.last + 1)


class IssuedDocument(models.Model):
    """A number that was given, and the paper that bears it. A row is never deleted: what was cancelled stays with its reason."""

    class State(models.TextChoices):
        ISSUED = "issued", _("Issued")
        OUTSIDE = "outside", _("Given outside the system")
        CANCELLED = "cancelled", _("Cancelled")

    register = models.ForeignKey(NumberRegister, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField()
    symbol = models.CharField(max_length=60, help_text="Number and symbol as on the paper: 05-GM/VPTW.")
    abstract = models.CharField(max_length=400)
    dated = models.DateField(help_text="The date the paper bears.")
    signer = models.CharField(max_length=160, blank=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="papers")
    state = models.CharField(max_length=9, choices=State, default=State.ISSUED)
    reason = models.CharField(max_length=400, blank=True, help_text="Why it was cancelled, or given outside.")
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")
    code = models.CharField(max_length=26, unique=True, help_text="128 random bits in base 32: who holds the paper asks by it.")
    issued_at = models.DateTimeField(help_text="The machine's time.")
    issued_by = models.CharField(max_length=200, help_text="By name at that moment.")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    folded = FoldedField(of=("symbol", "abstract", "signer"))

    class Meta:
        ordering = ["register", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="a_number_is_given_once"),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(cancelled_at__isnull=False), name="cancelled_papers_know_since_when"
            ),
        ]

    def __str__(self) -> str:
        return self.symbol

    @property
    def is_valid(self) -> bool:
        """Whether the number stands."""
        return self.state != self.State.CANCELLED


class Recipient(models.Model):
    """Who gets a paper (nơi nhận), and when it was sent and seen."""

    class Kind(models.TextChoices):
        BODY = "body", _("Body or unit")
        PERSON = "person", _("Person")
        ARCHIVE = "archive", _("Archive")

    document = models.ForeignKey(IssuedDocument, on_delete=models.CASCADE, related_name="recipients")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.BODY)
    name = models.CharField(max_length=200)
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="one_recipient_per_place")]

    def __str__(self) -> str:
        return self.name


class InvitationText(models.Model):
    """The words of a meeting's invitations: on paper and in the mail. Words in braces stand for what differs."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="invitation_text")
    version = models.PositiveIntegerField(default=1)
    abstract = models.CharField(max_length=400)
    opening = models.CharField(max_length=300)
    invited = models.CharField(max_length=300)
    attending = models.CharField(max_length=400, blank=True)
    chair = models.CharField(max_length=300, blank=True)
    time = models.CharField(max_length=300)
    place = models.CharField(max_length=400)
    content = models.TextField(max_length=4000, blank=True)
    requirements = models.TextField(max_length=4000, blank=True)
    reply = models.TextField(max_length=1000, blank=True)
    closing = models.CharField(max_length=300, blank=True)
    dated_at = models.CharField(max_length=80, help_text="The town the paper is dated at.")
    authority = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=120, blank=True)
    signer = models.CharField(max_length=120, blank=True)
    recipients = models.TextField(max_length=2000, blank=True)
    mail_subject = models.CharField(max_length=200)
    mail_text = models.TextField(max_length=6000)
    answer_by = models.DateTimeField(null=True, blank=True, help_text="Until when answers are asked for.")
    answers_until = models.DateTimeField(null=True, blank=True, help_text="When the links end; empty: as the meeting opens.")

    def __str__(self) -> str:
        return f"{self.meeting_id} v{self.version}"


class Invitation(models.Model):
    """One participant's invitation: its link, what was sent, what was answered."""

    class State(models.TextChoices):
        ISSUED = "issued", _("Issued")
        SENT = "sent", _("Sent")
        SEEN = "seen", _("Received")
        ACCEPTED = "accepted", _("Will come")
        DECLINED = "declined", _("Cannot come")
        SUBSTITUTED = "substituted", _("Sends a substitute")
        RECALLED = "recalled", _("Recalled")

    class Way(models.TextChoices):
        LINK = "link", _("by the link")
        TELEPHONE = "telephone", _("by telephone")
        UNIT = "unit", _("by the unit")

    class Channel(models.TextChoices):
        MAIL = "mail", _("by mail")
        PAPER = "paper", _("on paper")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="invitation")
    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="invitations")
    state = models.CharField(max_length=11, choices=State, default=State.ISSUED)
    round = models.PositiveSmallIntegerField(default=0, help_text="How often it was sent as something new.")
    letters = models.PositiveSmallIntegerField(default=0, help_text="How many letters were posted, reminders too.")
    nonce = models.CharField(max_length=26, help_text="Of the link; with the installation's key it makes the token.")
    link_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token.")
    told = models.CharField(max_length=64, blank=True, help_text="Hash of time and place as they were sent last.")
    channel = models.CharField(max_length=5, choices=Channel, blank=True)
    issued_at = models.DateTimeField(help_text="Time of the meeting's clock.")
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True, help_text="By name at that moment.")
    way = models.CharField(max_length=9, choices=Way, blank=True)
    link_answers = models.PositiveSmallIntegerField(default=0, help_text="How often the link was used to answer.")
    reason = models.CharField(max_length=300, blank=True)
    substitute_name = models.CharField(max_length=120, blank=True)
    substitute_position = models.CharField(max_length=160, blank=True)
    substitute_phone = models.CharField(max_length=40, blank=True)
    substitute_approved = models.BooleanField(default=False)
    substitute_refused = models.BooleanField(default=False)

    class Meta:
        ordering = ["meeting", "participant"]
        indexes = [models.Index(fields=["meeting", "state"], name="invitations_by_state")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.state}"

    @property
    def is_answered(self) -> bool:
        """Whether the invited has said something for good or for now."""
        return self.state in (self.State.ACCEPTED, self.State.DECLINED, self.State.SUBSTITUTED)

    @property
    def awaits_approval(self) -> bool:
        """Whether a substitute was named whom nobody has looked at."""
        return self.state == self.State.SUBSTITUTED and not self.substitute_approved
