"""One conversation with the mail server. It says for certain that a letter was taken or refused, or that nobody knows."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Callable
from email.utils import parseaddr
from types import TracebackType

from django.conf import settings
from django.utils.translation import gettext as _

from mailing.composing import ascii_address

#: Seconds the server may take for one answer; longer after the words themselves, as RFC 5321 asks.
ANSWER, TAKEN = 20.0, 120.0


class Later(Exception):
    """Not now (the server is busy or cannot be reached): the letter has certainly not been taken. The text is for people."""


class Broken(Later):
    """The line broke before the words went out: not taken, and this line takes nothing more."""


class Refused(Exception):
    """The server does not take this letter. The text is for people."""


class Unsure(Exception):
    """The line broke after the words had gone out: nobody knows whether they were taken."""


class Session:
    """An open line to the mail server, for many letters one after the other."""

    def __enter__(self) -> Session:
        """Connect, encrypt, sign in; raise Later when that cannot be done now, whatever the reason."""
        try:
            self._line = self._connect()
        except smtplib.SMTPAuthenticationError as error:
            raise Later(_("The mail server does not accept user name and password (%(answer)s).") % _said(error)) from error
        except smtplib.SMTPResponseException as error:
            raise Later(_("The mail server does not let us in (%(answer)s).") % _said(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Later(_("The mail server cannot be reached (%(answer)s).") % {"answer": str(error)[:200]}) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Hang up."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._line.quit()

    def send(self, to: str, mail: bytes, *, about_to_send: Callable[[], bool]) -> str:
        """Hand over one letter; return what the server says. Raises Later, Refused or Unsure.

        `about_to_send` is asked when the server has agreed to everything but the words themselves: it writes that down, and
        nothing is sent when it says no.
        """
        line = self._line
        try:
            _agree(line.mail(ascii_address(parseaddr(settings.MAIL_FROM)[1])))
            _agree(line.rcpt(ascii_address(to)))
        except (Later, Refused):
            with contextlib.suppress(OSError, smtplib.SMTPException):
                line.rset()
            raise
        except (OSError, smtplib.SMTPException) as error:
            raise Broken(_("The line to the mail server broke (%(answer)s).") % {"answer": str(error)[:200]}) from error
        if not about_to_send():
            with contextlib.suppress(OSError, smtplib.SMTPException):
                line.rset()
            return ""
        return self._hand_over(mail)

    def _hand_over(self, mail: bytes) -> str:
        line = self._line
        try:
            if line.sock is not None:
                line.sock.settimeout(TAKEN)
            code, answer = line.data(mail)
        except smtplib.SMTPDataError as error:  # it did not even want to hear
            _agree((error.smtp_code, _bytes(error.smtp_error)))
            raise Refused(str(error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unsure(str(error)[:200]) from error
        finally:
            if line.sock is not None:
                line.sock.settimeout(ANSWER)
        return _agree((code, answer))

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        where = (settings.SMTP_HOST, settings.SMTP_PORT)
        if settings.SMTP_TLS == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=ANSWER, context=context)
        else:
            line = smtplib.SMTP(*where, timeout=ANSWER)
        try:
            line.ehlo_or_helo_if_needed()
            if settings.SMTP_TLS == "starttls":
                line.starttls(context=context)
                line.ehlo()
            if settings.SMTP_USER:
                line.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
        except BaseException:
            line.close()
            raise
        return line


def _agree(said: tuple[int, bytes]) -> str:
    """Return a good answer in words; raise Later for a temporary refusal, Refused for another."""
    code, words = said
    text = f"{code} {words.decode(errors='replace')}"[:300]
    if 200 <= code < 400:
        return text
    if 400 <= code < 500:
        raise Later(_("The mail server asks to wait (%(answer)s).") % {"answer": text})
    raise Refused(_("The mail server refuses this letter (%(answer)s).") % {"answer": text})


def _said(error: smtplib.SMTPResponseException) -> dict[str, str]:
    return {"answer": f"{error.smtp_code} {_bytes(error.smtp_error).decode(errors='replace')}"[:200]}


def _bytes(answer: bytes | str) -> bytes:
    return answer if isinstance(answer, bytes) else answer.encode()
