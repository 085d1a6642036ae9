"""The data of minutes on paper: the blocks as they stand, those left out left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from meetings.models import Meeting
from minutes.blocks import overlay
from minutes.models import Minutes
from minutes.papers.data.frame import Said
from minutes.papers.data.parts import Written
from people.models import Organisation

_LEVELS = {"section": 1, "point": 2}
#: What the journal's draft calls who signs, and how a State body does.
_STATE_ROLES = {"Người ghi biên bản": "Thư ký", "Chủ trì Hội nghị": "Chủ tọa"}


class Block(Protocol):
    """What of a block stands on the paper."""

    @property
    def key(self) -> str:
        """What it tells of."""

    @property
    def kind(self) -> str:
        """Head, section, point …"""

    @property
    def heading(self) -> str:
        """Its heading, if it has one."""

    @property
    def text(self) -> str:
        """Its words, plain."""

    @property
    def number(self) -> str:
        """As on the paper."""

    @property
    def body(self) -> Any:
        """Its words as a document."""

    @property
    def is_left_out(self) -> bool:
        """Whether the minutes do not tell it."""


def read(meeting: Meeting, words: Mapping[str, Any]) -> Said:
    """Return what the minutes of a meeting say as they stand."""
    found = Minutes.objects.filter(meeting=meeting).first()
    said = said_of(overlay.current(meeting, found), words, state=meeting.organiser.body == Organisation.Body.STATE)
    mark = f"{found.state} {found.revision}" if found else ""
    return replace(said, sources={"minutes": mark})


def said_of(blocks: Iterable[Block], words: Mapping[str, Any], *, state: bool) -> Said:
    """Return what blocks say. Pure."""
    told = [block for block in blocks if not block.is_left_out]
    written = Written(words)
    head = {block.key: block for block in told if block.kind == "head"}
    return Said(
        text={
            "parts": list(_parts(told)),
            "certification": written.line("certification"),
            "certified_by": written.lines("certified_by"),
        },
        annexes=[{"name": block.heading, "body": block.body} for block in told if block.kind == "annex"],
        signatures=_signatures([block for block in told if block.kind == "signature"], state),
        head={
            "abstract": head["abstract"].text if "abstract" in head else "",
            "issuing_body": head["issuer"].text if "issuer" in head else "",
            **({"parent_body": head["issuer"].heading} if "issuer" in head else {}),
        },
        fields=written.used,
    )


def _parts(blocks: Sequence[Block]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if block.kind in ("head", "signature", "annex"):
            continue
        yield {
            "key": block.key,
            "level": _LEVELS.get(block.kind, 0),
            "number": block.number,
            "heading": block.heading,
            "body": block.body,
        }


def _signatures(blocks: Sequence[Block], state: bool) -> list[dict[str, Any]]:
    roles = [_STATE_ROLES.get(one.heading, one.heading) if state else one.heading for one in blocks]
    return [{"authority": [role], "post": "", "signer": one.text} for role, one in zip(roles, blocks, strict=True)]
