"""The outbox: letters and what is attached to them. A letter is written once under its key and sent once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.spelling import FoldedField


class Letter(models.Model):
    """One mail to one person.

    waiting → sending → sent. Before the words themselves go out, `sending` is committed: if the service is killed then, nobody
    knows whether they arrived, and the letter is `unsure` until a person decides.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")
        UNSURE = "unsure", _("Perhaps sent")
        KEPT = "kept", _("Kept, no mail server")
        DISCARDED = "discarded", _("Discarded")

    key = models.CharField(max_length=200, unique=True, help_text="Posted once under it, however often it is asked.")
    to = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True, help_text="Why it was not sent, in words.")
    claim = models.UUIDField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    posted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    folded = FoldedField(of=("name", "to", "subject"))

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="letters_to_be_sent"),
            models.Index(fields=["state", "-id"], name="letters_in_a_state"),
            models.Index(fields=["sent_at"], name="letters_by_their_sending"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class Attachment(models.Model):
    """A file that goes with a letter: kept beside it, so that both are posted in one transaction."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=120)
    data = models.BinaryField()
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
