"""The form of one block: what it shows, over which version, and what its writer had typed before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from meetings import clock
from meetings.models import Meeting
from meetings.procedure import Actor
from minutes.blocks import copies, saying
from minutes.blocks.overlay import Current, current
from minutes.drafted import HEAD, TEXT
from minutes.models import Minutes, WorkingCopy
from texts.writing import plain

if TYPE_CHECKING:
    from texts.nodes import Doc


@dataclass(frozen=True)
class BlockForm:
    """A block, or a new one behind it (`after`), as its form shows it. `copy`: what its writer typed and did not save."""

    key: str
    block: Current
    after: str = ""
    copy: WorkingCopy | None = None
    serial: int = 0
    phrases: tuple[str, ...] = saying.PHRASES
    typed_at: datetime | None = None  # when the copy was kept, by the meeting's clock

    @property
    def field_id(self) -> str:
        """The id of the field of its words."""
        return f"text-{self.key}"

    @property
    def command(self) -> str:
        """The command that saves it."""
        return "block.add" if self.after else "block.edit"

    @property
    def is_rich(self) -> bool:
        """Whether it is a document."""
        return self.block.is_rich

    @property
    def has_lines(self) -> bool:
        """Whether its line may be broken: the title of the paper."""
        return self.block.kind == HEAD and self.block.key == "abstract"

    @property
    def shows_heading(self) -> bool:
        """Whether there is a heading to fill in."""
        return self.block.kind not in (HEAD, TEXT) or self.block.key == "issuer"

    @property
    def heading(self) -> str:
        """The heading as it is to be shown."""
        return self.copy.heading if self.copy else self.block.heading

    @property
    def body(self) -> Doc:
        """The document as it is to be shown."""
        return self.copy.body if self.copy and self.copy.body is not None else self.block.body

    @property
    def json(self) -> str:
        """The same for the editor."""
        return json.dumps(self.body, ensure_ascii=False)

    @property
    def text(self) -> str:
        """The same for a page without scripts, and for lines."""
        return plain(self.body) if self.is_rich else self.line

    @property
    def line(self) -> str:
        """What a block of one line says."""
        return plain(self.copy.body) if self.copy and self.copy.body is not None else self.block.text

    @property
    def version(self) -> int:
        """The version it is written over: that of the copy, so that what came in between is seen."""
        return self.copy.version if self.copy else self.block.version

    @property
    def is_behind(self) -> bool:
        """Whether somebody has saved something since these words were typed."""
        return self.copy is not None and self.copy.version != self.block.version


def form_of(meeting: Meeting, actor: Actor, minutes: Minutes | None, key: str) -> BlockForm | None:
    """Return the form of a block, or of a new one behind it; nothing where there is no such block or nothing can be written."""
    if minutes is not None and minutes.state == Minutes.State.APPROVED:
        return None
    blocks = {block.key: block for block in current(meeting, minutes)}
    kept = _copy(minutes, actor, key)
    serial = kept.serial if kept else 0
    copy = kept if kept is not None and kept.body is not None else None
    at = clock.at(meeting, copy.at) if copy else None
    if key.startswith(copies.NEW):
        after = key.removeprefix(copies.NEW)
        return BlockForm(key, Current("", TEXT, "", ""), after, copy, serial, typed_at=at) if after in blocks else None
    found = blocks.get(key)
    return BlockForm(key, found, copy=copy, serial=serial, typed_at=at) if found else None


def _copy(minutes: Minutes | None, actor: Actor, key: str) -> WorkingCopy | None:
    return minutes.working_copies.filter(account=actor.user, key=key).first() if minutes else None
