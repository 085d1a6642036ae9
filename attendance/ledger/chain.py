"""The chain over the ledger: each seal's hash covers the hash before and every row it vouches for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from attendance.scanning.models import Scan
from meetings.hashing import canonical


def seal_hash(previous: str, scans: Iterable[Scan]) -> str:
    """Return the SHA-256 (hex) over the hash of the seal before (empty for the first) and the rows in their order."""
    digest = hashlib.sha256(previous.encode())
    for one in scans:
        digest.update(canonical(_values(one)).encode())
    return digest.hexdigest()


def _values(one: Scan) -> list[object]:
    return [
        one.pk, str(one.key), one.turn, one.scanner_id, one.bridge_point_id, one.direction, one.way, one.participant_id,
        one.credential_id, one.verdict, one.reason, one.was_offline, one.was_revoked, str(one.undoes or ""),
        round(one.at.timestamp() * 1_000_000), round(one.received_at.timestamp() * 1_000_000),
    ]  # fmt: skip
