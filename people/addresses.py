"""The address a request comes from: what the office's own proxy says, else the other end of the line."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

LONGEST = 45  # characters of an IPv6 address


def address_of(request: HttpRequest) -> str:
    """Return the address in its shortest form; nothing when there is none.

    What a proxy of ours (setting DIEMCAU_PROXIES) wrote last into X-Forwarded-For is believed, nobody else's words are:
    who could choose the own address would never have to wait.
    """
    found = _plain(request.META.get("REMOTE_ADDR", ""))
    told = [_plain(part) for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    while found in settings.PROXIES and told:
        found = told.pop()
    return found


def net_of(address: str) -> str:
    """Return what counts as one address: an IPv6 line is given a whole /64."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if known.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))


def _plain(text: str) -> str:
    try:
        found = ipaddress.ip_address(text.strip().strip("[]").partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)
