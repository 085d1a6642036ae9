"""Codes of badges that somebody has tampered with, in order and without chance: for the server's reading and the browser's."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from attendance.badges import code
from attendance.badges.code import DIGITS, DOMAIN, SAID, SIGNATURE, Code

#: The order of the group: a signature with this much more in its second half is the same number to who does not look.
GROUP = 2**252 + 27742317777372353535851937790883648493
OURS = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
THEIRS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
RETIRED = Ed25519PrivateKey.from_private_bytes(bytes(range(2, 34)))
BELIEVED = {1: OURS.public_key().public_bytes_raw()}
#: Points of small order, as bytes: as the first half of a signature they are what a careless check lets through.
SMALL = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]
DIGITS_ELSEWHERE = ("٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def a_code(n: int, key: int = 1) -> Code:
    """Return what the n-th badge says."""
    return Code(key, 7, 1000 + n, 2**31 - 1 - n, datetime(2026, 11, 25, 13, tzinfo=UTC), datetime(2026, 11, 26, 23, tzinfo=UTC))


def written(n: int) -> str:
    """Return the n-th good badge."""
    return code.write(a_code(n), OURS)


def forged(count: int) -> Iterator[str]:
    """Yield so many codes that must not pass, of every kind in turn; the few that can only be made once come first."""
    kinds = (digits_changed(), bits_flipped(), parts_swapped(), by_others(), in_other_words(), signatures_bent(), lengths())
    yield from itertools.islice(itertools.chain(oddities(), _in_turn(*kinds)), count)


def _in_turn(*kinds: Iterator[str]) -> Iterator[str]:
    for several in zip(*kinds, strict=False):
        yield from several


def digits_changed() -> Iterator[str]:
    """Yield badge after badge with each digit in turn made another."""
    for n in itertools.count():
        good = written(n)
        for at in range(DIGITS):
            other = str((int(good[at]) + 1 + n % 9) % 10)
            yield good[:at] + other + good[at + 1 :]


def bits_flipped() -> Iterator[str]:
    """Yield badge after badge with each bit of what it says and of its signature turned over."""
    for n in itertools.count():
        number = int(written(n))
        for bit in range(8 * (SAID + SIGNATURE)):
            flipped = number ^ (1 << bit)
            yield str(flipped).zfill(DIGITS)


def parts_swapped() -> Iterator[str]:
    """Yield what one badge says under the signature of another, and digits that changed their places."""
    for n in itertools.count():
        one, other = (_bytes(written(m)) for m in (n, n + 1))
        yield _digits(one[:SAID] + other[SAID:])
        digits = written(n)
        for at in range(DIGITS - 1):
            if digits[at] != digits[at + 1]:
                yield digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
                break


def by_others() -> Iterator[str]:
    """Yield badges that another installation signed, those of a retired key, and those under a number nobody knows."""
    for n in itertools.count():
        yield code.write(a_code(n), THEIRS)
        yield code.write(a_code(n, key=2), RETIRED)
        yield code.write(a_code(n, key=3 + n % 250), OURS)


def in_other_words() -> Iterator[str]:
    """Yield what our key has signed for something else: without the words before it, with others, with a hash instead."""
    for n in itertools.count():
        said = _bytes(written(n))[:SAID]
        for message in (said, b"diemcau ballot\x01" + said, DOMAIN[:-1] + b"\x02" + said, hashlib.sha512(DOMAIN + said).digest()):
            yield _digits(said + OURS.sign(message))
        longer = _bytes(code.write(a_code(n), OURS))
        yield _digits(bytes([2]) + longer[1:SAID] + OURS.sign(DOMAIN + bytes([2]) + longer[1:SAID]))  # a version nobody reads


def signatures_bent() -> Iterator[str]:
    """Yield signatures that mean the same to a careless check: more by the group's order, small points, nothing at all."""
    for n in itertools.count():
        data = _bytes(written(n))
        said, first, second = data[:SAID], data[SAID : SAID + 32], int.from_bytes(data[SAID + 32 :], "little")
        for times in range(1, 15):
            yield _digits(said + first + ((second + times * GROUP) % 2**256).to_bytes(32, "little"))
        for point in map(bytes.fromhex, SMALL):
            yield _digits(said + point + bytes(32))
            yield _digits(said + point + data[SAID + 32 :])
        yield _digits(said + bytes(64))
        yield _digits(said + first + bytes(32))


def lengths() -> Iterator[str]:
    """Yield codes that are too short, too long, or filled up to the right length."""
    for n in itertools.count():
        good = written(n)
        cut = 2 + n % (DIGITS - 2)  # the first digit of many is a nought, which filling up would put back
        yield from (good[:cut], good[cut:], good + str(n % 10), "0" + good, good[1:], good + good, good[cut:].zfill(DIGITS))
        yield good[:cut] + " " + good[cut:]
        yield good[:cut] + "\n" + good[cut:]


def oddities() -> Iterator[str]:
    """Yield what a scanner never sends and an attacker might."""
    good = written(0)
    yield from (
        "",
        " ",
        "0",
        "-1",
        "+" + good[1:],
        "-" + good[1:],
        "1e200",
        "NaN",
        "∞",
        "\0" * DIGITS,
        "9" * DIGITS,
        "0" * DIGITS,
    )
    yield from (good[:-1] + "_", good[:100] + "_" + good[101:], "0x" + good[2:], good[:-2] + ".0", "９" + good[1:])
    yield from ("".join(other[int(digit)] for digit in good) for other in DIGITS_ELSEWHERE)
    yield from ("\ufeff" + good, good + "\u200b", "\u2009" + good, good + "\x00", "\u00a0" + good, good[:-1] + "\ud800")
    yield from ("9" * 5000, good * 200, "<script>" + good, "A" * DIGITS, "12345678" * 25 + "1")


def _bytes(digits: str) -> bytes:
    return int(digits).to_bytes(SAID + SIGNATURE, "big")


def _digits(data: bytes) -> str:
    return str(int.from_bytes(data, "big")).zfill(DIGITS)
