"""A letter as the bytes that go out: headers that nothing can be smuggled into, plain text, attachments."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from email import message_from_string
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.utils import timezone

from mailing.models import Attachment, Letter


def composed(letter: Letter, attachments: Sequence[Attachment]) -> bytes:
    """Return the mail, in ASCII alone so that every server takes it. The same letter always gives the same Message-ID."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender()
    message["To"] = Address(letter.name, addr_spec=ascii_address(letter.to))
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(timezone.localtime(letter.posted_at))
    message["Message-ID"] = message_id(letter.key)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(letter.text.replace("\r\n", "\n"), charset="utf-8", cte="base64")
    for one in attachments:
        if is_invitation(one):
            _add_calendar(message, one)
    for one in attachments:
        # As a file too, for who wants to keep it; under a name that mail programs do not take in a second time.
        of_type = "application/ics" if is_invitation(one) else one.content_type.partition(";")[0].strip()
        kind, _slash, rest = of_type.partition("/")
        message.add_attachment(bytes(one.data), maintype=kind or "application", subtype=rest or "octet-stream", filename=one.name)
    return message.as_bytes()


def sender() -> Address:
    """Return who letters come from, by the settings."""
    name, address = parseaddr(settings.MAIL_FROM)
    return Address(name, addr_spec=ascii_address(address))


def message_id(key: str) -> str:
    """Return the name of a letter among all mails of the world: of its key, and without telling it."""
    domain = ascii_address(parseaddr(settings.MAIL_FROM)[1]).rpartition("@")[2]
    return f"<{hashlib.sha256(f'{settings.SECRET_KEY}:{key}'.encode()).hexdigest()[:40]}@{domain}>"


def ascii_address(address: str) -> str:
    """Return an address with its domain as the network writes it (xn--…)."""
    local, _at, domain = address.strip().rpartition("@")
    return f"{local}@{domain.encode('idna').decode() if not domain.isascii() else domain}"


def is_invitation(attachment: Attachment) -> bool:
    """Tell whether an attachment is one a calendar takes in by itself."""
    return attachment.content_type.startswith("text/calendar") and "method=" in attachment.content_type


def _add_calendar(message: EmailMessage, attachment: Attachment) -> None:
    """Show the calendar as another form of the letter: mail programs then offer to take it in."""
    about = message_from_string(f"Content-Type: {attachment.content_type}\n\n")
    method = str(about.get_param("method", "REQUEST")).upper()
    text = bytes(attachment.data).decode()
    message.add_alternative(text, subtype="calendar", charset="utf-8", cte="base64", params={"method": method})
