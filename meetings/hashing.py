"""The chain of a journal: each entry's hash covers its content and the hash before."""

import hashlib
import json
from datetime import datetime
from typing import Any


def canonical(value: Any) -> str:
    """Return JSON with sorted keys and no spaces: the same value always gives the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(
    *,
    previous: str,
    number: int,
    kind: str,
    payload: dict[str, Any],
    at: datetime,
    recorded_at: datetime,
    actor: str,
    account: int | None,
) -> str:
    """Return the SHA-256 (hex) of one entry chained to the hash before it; `previous` is empty for the first."""
    content = canonical([previous, number, kind, payload, _instant(at), _instant(recorded_at), actor, account])
    return hashlib.sha256(content.encode()).hexdigest()


def _instant(moment: datetime) -> int:
    """Microseconds since 1970: equal instants are equal, whatever their time zone (databases differ in it)."""
    return round(moment.timestamp() * 1_000_000)
