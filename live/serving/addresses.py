"""Addresses to listen on: what a host name means on this machine, and whether it stays on this machine."""

from __future__ import annotations

import ipaddress
import socket


def addresses_of(host: str) -> list[str]:
    """The numeric addresses a host name or address stands for; none if it stands for nothing."""
    if not host.strip():
        return ["0.0.0.0", "::"]
    try:
        found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(address[0]) for *_kind, address in found))


def is_loopback(host: str) -> bool:
    """Whether everything the host stands for is this machine alone. A name that stands for nothing is not."""
    found = addresses_of(host)
    return bool(found) and all(ipaddress.ip_address(address.partition("%")[0]).is_loopback for address in found)


def url_of(host: str, port: int) -> str:
    """The address to type into a browser. An address that means "all of them" is shown as this machine's own."""
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1" if host == "0.0.0.0" else "::1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
