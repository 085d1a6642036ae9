"""Addresses of video conferences as offices write them: read, judged, told apart. Pure; nothing is ever called from here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

LONGEST = 300
#: What a browser hands to a program of the machine. All else that is no https is refused (javascript:, data:, file:, http:).
APPS = frozenset({"zoommtg", "zoomus", "msteams", "webexteams"})


class Kind(StrEnum):
    """How one gets there: by a link in the browser or in a program, or by dialling on the equipment."""

    WEB = "web"
    APP = "app"
    SIP = "sip"
    H323 = "h323"
    DIAL = "dial"
    PHONE = "tel"


KINDS = {
    Kind.WEB: _("Link"),
    Kind.APP: _("Link of a program"),
    Kind.SIP: _("SIP"),
    Kind.H323: _("H.323"),
    Kind.DIAL: _("To be dialled on the equipment"),
    Kind.PHONE: _("Telephone"),
}

NOT_ONE = _("Enter an address such as https://hop.vn/1234, sip:1234@hop.vn, h323:1234@10.1.2.3, 10.1.2.3##1234 or 1234@hop.vn.")
NO_SUCH = _("Addresses beginning with “%(scheme)s:” are not opened from here: use https, sip, h323 or tel.")
NO_HOST = _("The name of the computer in this address is not right: “%(host)s”.")
NO_PASSWORD = _("Leave the user name and the password out of the address: the PIN has a field of its own.")


class BadAddress(ValueError):
    """This is no address one can join by; `reason` says why, for people."""

    def __init__(self, reason: object, **words: str) -> None:
        super().__init__(str(reason) % words if words else str(reason))
        self.reason = str(reason) % words if words else str(reason)


@dataclass(frozen=True)
class Address:
    """An address as it is kept: its kind, and its words."""

    kind: Kind
    text: str

    @property
    def is_link(self) -> bool:
        """Whether a browser opens it by itself."""
        return self.kind in (Kind.WEB, Kind.APP)

    @property
    def word(self) -> object:
        """Its kind in words."""
        return KINDS[self.kind]


_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(?!\d{1,5}(?:$|[/#]))")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_USER = re.compile(r"[A-Za-z0-9._+\-*#!~%]{1,64}")
_ALIAS = re.compile(r"[0-9*#]{2,32}")
_TEL = re.compile(r"\+?[0-9](?:[0-9\-. ()]{1,30})[0-9](?:[,;][0-9#*,]{1,20})?")


def read_address(text: str) -> Address:
    """Return the address a text is; raise BadAddress, with a sentence for people, for everything else."""
    text = text.strip()
    if not text or len(text) > LONGEST or any(unicodedata.category(letter)[0] in "CZ" for letter in text.replace(" ", "")):
        raise BadAddress(NOT_ONE)
    found = _SCHEME.match(text)
    if found is None:
        return _dialled(text)
    scheme, rest = found[1].lower(), text[found.end() :]
    if scheme == "tel":
        return _phone(rest)
    if " " in text:
        raise BadAddress(NOT_ONE)
    if scheme == "https":
        return _web(text)
    if scheme in APPS:
        if not rest or set(rest) & set("<>\"'`\\"):
            raise BadAddress(NOT_ONE)
        return Address(Kind.APP, f"{scheme}:{rest}")
    if scheme in ("sip", "sips", "h323"):
        return _of_scheme(scheme, rest)
    raise BadAddress(NO_SUCH, scheme=scheme[:20])


def as_written(text: str) -> Address:
    """Return what was entered before addresses were judged: as one that is dialled, by no link, when it is nothing else."""
    try:
        return read_address(text)
    except BadAddress:
        return Address(Kind.DIAL, text.strip())


def _web(text: str) -> Address:
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise BadAddress(NOT_ONE) from error
    if parts.username is not None or parts.password is not None:
        raise BadAddress(NO_PASSWORD)
    if not parts.netloc or set(text) & set("<>\"'`\\"):
        raise BadAddress(NOT_ONE)
    _require_host(host)
    return Address(Kind.WEB, "https" + text[5:])


def _of_scheme(scheme: str, rest: str) -> Address:
    """Read what follows sip: or h323: (user@host, host, with a port and parameters)."""
    whole, *parameters = rest.removeprefix("//").split(";")
    user, at, host = whole.rpartition("@")
    if (at and not _USER.fullmatch(user)) or any(
        not re.fullmatch(r"[A-Za-z0-9\-]+(=[A-Za-z0-9.\-]+)?", one) for one in parameters
    ):
        raise BadAddress(NO_PASSWORD if ":" in user else NOT_ONE)
    if not (scheme == "h323" and not at and _USER.fullmatch(whole)):  # an alias of the gatekeeper alone
        _require_host(_without_port(host))
    kind = Kind.H323 if scheme == "h323" else Kind.SIP
    return Address(kind, ";".join([f"{scheme}:{whole}", *parameters]))


def _dialled(text: str) -> Address:
    """Read what is typed into the equipment: an alias, number@host, address##conference, an address with its port."""
    if " " in text:
        raise BadAddress(NOT_ONE)
    if _ALIAS.fullmatch(text):
        return Address(Kind.DIAL, text)
    user, at, host = text.rpartition("@")
    if at and not _USER.fullmatch(user):
        raise BadAddress(NO_PASSWORD if ":" in user else NOT_ONE)
    host, hashes, conference = host.partition("##")
    if hashes and not re.fullmatch(r"[0-9*#]{1,32}", conference):
        raise BadAddress(NOT_ONE)
    host = _without_port(host)
    if not at and "." not in host and ":" not in host:
        raise BadAddress(NOT_ONE)  # one word alone: a name that somebody typed
    _require_host(host)
    return Address(Kind.DIAL, text)


def _phone(rest: str) -> Address:
    if not _TEL.fullmatch(rest):
        raise BadAddress(NOT_ONE)
    return Address(Kind.PHONE, f"tel:{rest}")


def _without_port(host: str) -> str:
    """Return a host without the port behind it; an IPv6 address stands in brackets."""
    if host.startswith("["):
        inside, bracket, port = host[1:].partition("]")
        if not bracket or (port and not re.fullmatch(r":\d{1,5}", port)):
            raise BadAddress(NOT_ONE)
        return inside
    name, colon, port = host.partition(":")
    if colon and not (re.fullmatch(r"\d{1,5}", port) and 0 < int(port) < 65536):
        raise BadAddress(NOT_ONE)
    return name


def _require_host(host: str) -> None:
    """Raise BadAddress unless this is a name of a computer, or a number that computers have."""
    try:
        ip_address(host)
    except ValueError:
        looks_like_number = re.fullmatch(r"[0-9.]+", host)
        if looks_like_number or not host or len(host) > 253 or not _NAME.fullmatch(host):
            raise BadAddress(NO_HOST, host=host[:60]) from None
