"""The append-only ledger of ballots, its seals, and the box that holds what was voted in secret.

A row of the ledger says that a mandate has voted, and in a named poll what. In a secret one what was voted lies in the box
alone: under a random key, without a time, without a reference to the ledger; closing the poll writes the box anew in another
order (shuffling.py).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from voting.polls.models import Mandate, Poll

KEY_BITS = 63  # of the random keys of secret ballots


class Ballot(models.Model):
    """A mandate has voted: the one ballot it has. Triggers refuse changes (guards.py)."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    mandate = models.OneToOneField(Mandate, on_delete=models.CASCADE, related_name="ballot")
    key = models.UUIDField(unique=True, help_text="Made by the browser: the same ballot sent twice counts once.")
    is_secret = models.BooleanField(help_text="As the poll is.")
    choices = models.JSONField(null=True, help_text="Positions of options; of a secret ballot nothing.")
    remark = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField(null=True, help_text="Time of the meeting's clock; of a secret ballot nothing.")

    class Meta:
        ordering = ["poll", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_secret=False, choices__isnull=False, at__isnull=False)
                | Q(is_secret=True, choices__isnull=True, at__isnull=True, remark=""),
                name="a_secret_ballot_tells_nothing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.mandate_id}"


class SecretBallot(models.Model):
    """A ballot in the box: what was voted, under a receipt code that the voter's browser made and nobody else knows."""

    id = models.BigIntegerField(primary_key=True, help_text="Random.")
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="box")
    code = models.CharField(max_length=40)
    choices = models.JSONField()
    remark = models.TextField(max_length=2000, blank=True)

    class Meta:
        # With a condition, which always holds, SQLite gets an index of its own: it is built in order when the table is written
        # anew (clearing.py). One that belongs to the table is filled in the order of the keys, and the pages that it splits on
        # the way keep copies of the codes.
        constraints = [
            models.UniqueConstraint(fields=["poll", "code"], condition=models.Q(code__gt=""), name="one_ballot_per_receipt")
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: a secret ballot"


class BallotSeal(models.Model):
    """A part of a poll's ledger that an entry of the journal vouches for: from ballot to ballot, how many, their hash."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="seals")
    number = models.PositiveIntegerField()
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, help_text="SHA-256 (hex) over the hash before and the rows.")

    class Meta:
        ordering = ["poll", "number"]
        constraints = [models.UniqueConstraint(fields=["poll", "number"], name="one_ballot_seal_per_number")]

    def __str__(self) -> str:
        return f"{self.poll_id}/{self.number}"
