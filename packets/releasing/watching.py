"""What a page that shows papers needs to stay with them: the live feed of the screen `reader`, and where it asks again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from meetings.models import Meeting
from packets.releasing.queries import short
from packets.releasing.seeing import Sight


def watching(meeting: Meeting, shown: Sequence[Sight], version: int | None = None) -> dict[str, Any]:
    """Return the context of packets/pieces/watch.html for the papers a page shows: one, or those of a bound packet.

    The feed begins without a ticket (this room knows nothing of tickets); the page asks for one. `watch.papers`: number,
    version, releases and end of each, as `packets:standing` answers them. `version`: the one of the paper that was asked for.
    """
    which = f"?version={version}" if version is not None else ""
    one = shown[0].document.number if len(shown) == 1 else None
    several = reverse("packets:standings", args=[meeting.slug]) + "?"
    return {
        "live": {"socket": f"/ws/m/{meeting.slug}/", "ticket": "", "after": 0, "epoch": "", "clock": ""},
        "twin": reverse("live:twin", args=[meeting.slug]) + "?screen=reader",
        "renew": reverse("live:ticket", args=[meeting.slug]) + "?screen=reader",
        "watch": {
            "standing": reverse("packets:standing", args=[meeting.slug, one]) + which
            if one is not None
            else several + urlencode([("of", sight.document.number) for sight in shown]),
            "papers": [_paper(sight) for sight in shown],
        },
    }


def _paper(sight: Sight) -> dict[str, Any]:
    return {
        "number": sight.document.number,
        "version": sight.version.number if sight.version else 0,
        "grants": " ".join(short(token) for token in sight.grants),
        "until": sight.until.isoformat() if sight.until else "",
    }
