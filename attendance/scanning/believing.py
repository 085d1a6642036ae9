"""What a device said by itself, off line, and where its word can stand beside what the server knows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from attendance.scanning.judging import Holder
from attendance.scanning.models import Direction, Scan
from attendance.scanning.sent import Sent

_Verdict, _Reason = Scan.Verdict, Scan.Reason
_OF_DIRECTION = {
    Direction.IN: frozenset({_Verdict.ADMITTED, _Verdict.MOVED}),
    Direction.OUT: frozenset({_Verdict.OUT}),
}  # fmt: skip
# What no device may say yes to, whatever it knew: the code itself is wrong, or says when it is valid.
_NEVER = frozenset({_Reason.FORGED, _Reason.OTHER_MEETING, _Reason.NOT_APPROVED, _Reason.EXPIRED})
# What a kiosk can have learned too late; nobody stands beside it.
_LEARNED_LATE = frozenset({_Reason.NONE, _Reason.INSIDE, _Reason.OTHER_PLACE})


@dataclass(frozen=True)
class Told:
    """A scan that was answered off line, at which bridge point and by what, and whose it is.

    `is_signed`: a code was read, no short code and no name; `revoked_at`: since when it is not valid.
    """

    sent: Sent
    site: int
    is_kiosk: bool
    holder: Holder | None
    is_signed: bool
    revoked_at: datetime | None


def believed(told: Told, verdict: str, reason: str, at: datetime) -> tuple[str, str]:
    """Return what counts: the server's word, or what the device told the person when it was off line, where that can stand."""
    sent = told.sent
    if not sent.offline:
        return verdict, reason
    if sent.verdict == _Verdict.REFUSED:
        return sent.verdict, reason or _Reason.NOT_APPROVED  # turned away: somebody the device did not know of yet
    if sent.verdict not in _OF_DIRECTION[Direction(sent.direction)] or not _can_stand(told, reason, at):
        return verdict, reason
    return sent.verdict, reason if verdict == _Verdict.REFUSED else ""


def _can_stand(told: Told, reason: str, at: datetime) -> bool:
    """Tell whether an honest device can have said so: it knew less than the server does now, not more."""
    is_foreign = told.holder is not None and told.holder.site not in (None, told.site)
    if reason in _NEVER:
        return False
    if is_foreign and told.sent.verdict == _Verdict.ADMITTED:  # nobody of another place is let in without being moved
        return False
    if is_foreign and reason == _Reason.OTHER_PLACE and not told.is_signed:
        return False
    if not told.is_kiosk:
        return True
    is_revoked_since = reason == _Reason.REVOKED and told.revoked_at is not None and told.revoked_at > at
    return told.is_signed and (reason in _LEARNED_LATE or is_revoked_since)
