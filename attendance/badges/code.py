"""The code of a badge: what it says, signed, as decimal digits. Pure: knows no row and no clock.

Digits alone, because a scanner that plays keyboard types through the machine's Vietnamese input method, which turns letters
into others and leaves digits as they are; and because a QR code packs digits closest. A code has exactly one spelling: so many
digits, each an ASCII one, of a number in range. It holds no name and no other personal data (docs/decisions/0019).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

VERSION = 1
#: Bytes of each part, in order, the signature after them.
PARTS = {"version": 1, "key": 1, "meeting": 4, "participant": 4, "serial": 4, "valid_from": 3, "valid_until": 3}
SAID = sum(PARTS.values())
SIGNATURE = 64
#: Digits of every code of version 1: the greatest, 2 × 256**83 - 1, has so many, and they fit a QR code of 37 × 37 modules.
DIGITS = 201
#: What is signed stands behind these words, so that no signature made for anything else passes as a badge.
DOMAIN = b"diemcau badge\x01"
#: Hours are counted from here.
START = datetime(2020, 1, 1, tzinfo=UTC)
AROUND = " \t\r\n"


class Fault(StrEnum):
    """Why a text is no code."""

    FORGED = "forged"


@dataclass(frozen=True)
class Code:
    """What a code says: whose badge of which meeting, under which serial, from when until when, and the key that signed it."""

    key: int
    meeting: int
    participant: int
    serial: int
    valid_from: datetime
    valid_until: datetime


def write(code: Code, private: Ed25519PrivateKey) -> str:
    """Return the code as digits. The same code under the same key is always the same digits.

    Raises OverflowError for a number that has no room. Times are widened to whole hours.
    """
    until = -hours(START - (code.valid_until - START))  # upwards
    numbers = (VERSION, code.key, code.meeting, code.participant, code.serial, hours(code.valid_from), until)
    said = b"".join(number.to_bytes(size, "big") for number, size in zip(numbers, PARTS.values(), strict=True))
    return str(int.from_bytes(said + private.sign(DOMAIN + said), "big")).zfill(DIGITS)


def peek(text: str) -> dict[str, int]:
    """Return the numbers a text would say if it were a code: to look up whose it claims to be. Nothing of it is proven."""
    digits = text.strip(AROUND)
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdigit():
        return {}
    return _numbers(int(digits).to_bytes(SAID + SIGNATURE, "big")[:SAID])


def read(text: str, publics: Mapping[int, bytes]) -> Code | Fault:
    """Return what a code says when one of the keys that are believed has signed it; blanks around it do not matter.

    `publics`: the public part of each believed key by its number. Nothing that is given as `text` raises.
    """
    digits = text.strip(AROUND)
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdigit():
        return Fault.FORGED
    data = int(digits).to_bytes(SAID + SIGNATURE, "big")
    said, signature = data[:SAID], data[SAID:]
    numbers = _numbers(said)
    public = publics.get(numbers["key"])
    if numbers["version"] != VERSION or public is None:
        return Fault.FORGED
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, DOMAIN + said)
    except InvalidSignature:
        return Fault.FORGED
    return Code(
        key=numbers["key"],
        meeting=numbers["meeting"],
        participant=numbers["participant"],
        serial=numbers["serial"],
        valid_from=START + timedelta(hours=numbers["valid_from"]),
        valid_until=START + timedelta(hours=numbers["valid_until"]),
    )


def hours(moment: datetime) -> int:
    """Return the whole hours from the start to a moment, rounded down."""
    return (moment - START) // timedelta(hours=1)


def _numbers(said: bytes) -> dict[str, int]:
    found, at = {}, 0
    for name, size in PARTS.items():
        found[name] = int.from_bytes(said[at : at + size], "big")
        at += size
    return found
