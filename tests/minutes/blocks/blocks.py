"""What the tests of blocks say again and again."""

from __future__ import annotations

from typing import Any

from minutes.blocks.actions import add_block, edit_block
from minutes.blocks.overlay import Current, current
from minutes.models import MinutesBlock
from tests.cast import Room
from tests.make import the_secretariat
from texts.nodes import document, paragraph, text


def shown(room: Room, key: str) -> Current:
    """Return a block as it stands."""
    return next(block for block in current(room.meeting) if block.key == key)


def keys(room: Room) -> list[str]:
    """Return the keys of the blocks in their order."""
    return [block.key for block in current(room.meeting)]


def write(room: Room, key: str, words: str, **kw: Any) -> MinutesBlock:
    """Write in a block over what stands there."""
    block = shown(room, key)
    said: dict[str, Any] = {"version": block.version, "heading": block.heading, "text": words, "seen": block.seal} | kw
    return edit_block(room.meeting, by=the_secretariat(), key=key, **said)


def add(room: Room, after: str, words: str, **kw: Any) -> MinutesBlock:
    """Add a block of one's own."""
    return add_block(room.meeting, by=the_secretariat(), after=after, body=document([paragraph(text(words))]), **kw)
