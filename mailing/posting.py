"""Posting a letter: one row in the transaction that wants it. Nothing leaves the machine here."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from mailing.delivery import is_delivering
from mailing.models import Attachment, Letter
from people.models import User

#: Attachments of one letter, in bytes together: more than most mail servers take.
LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True)
class Enclosure:
    """A file for a letter: its name, its type (`application/pdf`, `text/calendar; method=REQUEST`), what it holds."""

    name: str
    content_type: str
    data: bytes


def post(
    *,
    key: str,
    to: str,
    name: str,
    subject: str,
    text: str,
    attachments: Sequence[Enclosure] = (),
    by: User | None = None,
    keep: bool = False,
) -> Letter:
    """Put a letter into the outbox within the caller's transaction; the same key again gives the letter there is already.

    `keep`: it is shown in the outbox and never sent by itself (a rehearsal). Raises ValueError for an address that cannot be
    one (see `is_address`) and for attachments that are too large together.
    """
    found = Letter.objects.filter(key=key).first()
    if found is not None:
        return found
    if not is_address(to):
        raise ValueError("this is no mail address")
    if sum(len(one.data) for one in attachments) > LARGEST:
        raise ValueError("the attachments are too large")
    now = timezone.now()
    letter, made = Letter.objects.get_or_create(
        key=key,
        defaults={
            "to": to.strip(), "name": one_line(name, 120), "subject": one_line(subject, 300), "text": text, "by": by,
            "state": Letter.State.WAITING if is_delivering() and not keep else Letter.State.KEPT,
            "due_at": now, "posted_at": now,
        },
    )  # fmt: skip
    if made:
        Attachment.objects.bulk_create(
            Attachment(
                letter=letter, name=one_line(one.name, 150), content_type=one.content_type, data=one.data, size=len(one.data)
            )
            for one in attachments
        )
    return letter


def is_address(text: str) -> bool:
    """Tell whether a text can be the address of one mailbox."""
    try:
        validate_email(text.strip())
    except ValidationError:
        return False
    return text.strip().isprintable() and text.strip().rpartition("@")[0].isascii()


def one_line(text: str, length: int) -> str:
    """Return text as one line without control characters: nothing in it can begin another header."""
    composed = unicodedata.normalize("NFC", str(text))
    return " ".join("".join(letter if letter.isprintable() else " " for letter in composed).split())[:length].rstrip()
