"""The chain over a poll's ledger, and the hash of a box: what entries of the journal vouch for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from meetings.hashing import canonical
from voting.ballots.models import Ballot, SecretBallot


def seal_hash(previous: str, ballots: Iterable[Ballot]) -> str:
    """Return the SHA-256 (hex) over the hash of the seal before (empty for the first) and the rows in their order."""
    digest = hashlib.sha256(previous.encode())
    for one in ballots:
        digest.update(canonical(_values(one)).encode())
    return digest.hexdigest()


def box_hash(ballots: Iterable[SecretBallot]) -> str:
    """Return the SHA-256 (hex) over what lies in a box, sorted by receipt: its order tells nothing, and needs not be kept.

    Of a remark only its own hash goes in: everybody may read the box and work this out, its remarks only the secretariat.
    """
    digest = hashlib.sha256()
    for one in sorted(ballots, key=lambda each: each.code):
        digest.update(canonical([one.code, one.choices, remark_hash(one.remark)]).encode())
    return digest.hexdigest()


def remark_hash(remark: str) -> str:
    """Return the SHA-256 (hex) of a remark; of none, nothing."""
    return hashlib.sha256(remark.encode()).hexdigest() if remark else ""


def _values(one: Ballot) -> list[object]:
    at = round(one.at.timestamp() * 1_000_000) if one.at else None
    return [one.pk, one.mandate_id, str(one.key), one.is_secret, one.choices, one.remark, at]
