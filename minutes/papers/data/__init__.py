"""The data of each kind of paper: plain JSON, the same for the page, the PDF, the DOCX and whoever reads it later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meetings.models import Meeting
from minutes.papers.data import delegates, invitation, notice, programme, resolution
from minutes.papers.data import minutes as minutes_
from minutes.papers.data.bearing import Bearing, bearing_for
from minutes.papers.data.frame import Said, framed, issued

__all__ = ["Bearing", "bearing_for", "data_of", "framed_of", "issued", "said_of"]

_READERS = {
    "BB": minutes_.read, "TB": notice.read, "NQ": resolution.read, "CTr": programme.read, "GM": invitation.read,
    "DS": delegates.read,
}  # fmt: skip


def data_of(meeting: Meeting, kind: str, words: Mapping[str, Any], bearing: Bearing | None = None) -> dict[str, Any]:
    """Return all that a paper of a kind says of a meeting, as it stands now: "schema": "diemcau/<kind>/1".

    `words`: what people have written, by field (kinds.py); what is not there is drawn from the meeting. `bearing`: what the
    paper bears (place, signer, recipients …), by default what follows from the meeting.
    """
    return framed_of(meeting, kind, said_of(meeting, kind, words), bearing)


def said_of(meeting: Meeting, kind: str, words: Mapping[str, Any]) -> Said:
    """Return what a paper of a kind says: its text, what stands in its fields, and what it is drawn from."""
    return _READERS[kind](meeting, words)


def framed_of(meeting: Meeting, kind: str, said: Said, bearing: Bearing | None = None) -> dict[str, Any]:
    """Return the data of a paper from what it says."""
    return framed(kind, meeting, bearing or bearing_for(meeting, kind), said)
