"""Changing blocks under the journal's lock: what stands there now, new words with their revision, a place for added blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from meetings.errors import Changed, OutOfOrder, Unchanged
from meetings.journal import Transition
from minutes.blocks import copies, facts
from minutes.blocks.overlay import ONE_LINE, OWN, Current, current, seal_of
from minutes.blocks.plain import doc_of
from minutes.blocks.telling import Told, newest
from minutes.drafted import Drafted
from minutes.models import BlockRevision, Minutes, MinutesBlock
from texts.writing import plain

if TYPE_CHECKING:
    from texts.nodes import Doc

Way = BlockRevision.Way
APPROVED = _("The minutes have been approved; their words can no longer be changed.")
TOO_EARLY = _("The meeting has not been opened yet.")


@dataclass(frozen=True)
class Words:
    """What a block shall say: one line, or a document."""

    heading: str
    text: str
    body: Doc | None = None

    @staticmethod
    def of(heading: str, body: Doc) -> Words:
        """Return the words of a document, with its plain text."""
        return Words(heading, plain(body), body)


@dataclass
class Desk:
    """The minutes of a meeting during one change."""

    change: Transition
    minutes: Minutes
    told: Told
    blocks: dict[str, Current]

    def block(self, key: str, version: int) -> Current:
        """Return a block as it stands; raise OutOfOrder when it has gone, Changed when its version is another."""
        found = self.blocks.get(key)
        if found is None:
            raise OutOfOrder(_("The minutes no longer have this block. Copy your text and reload the page."))
        if found.version != version:
            raise Changed(_("Somebody has just changed this item. Compare the two texts, then choose."), version=found.version)
        return found

    def row(self, key: str) -> MinutesBlock:
        """Return the row of a block: the stored one, or a new one with what the journal tells as its version 0."""
        stored = self.minutes.blocks.filter(key=key).first()
        if stored is not None:
            return stored
        told, before = self.told.by_key[key], self.told.before(key)
        row = MinutesBlock(
            minutes=self.minutes, key=key, kind=told.kind, heading=told.heading, text=told.text, anchor=before, version=0,
            position=0, changed_at=self.change.now, source_first=told.first, source_last=told.last,
        )  # fmt: skip
        row.save()
        keep(row, Way.DRAFTED, "")
        return row

    def edit(
        self, *, key: str, version: int, heading: str = "", text: str = "", body: Doc | None = None, seen: str = "",
        settles: bool = False, way: str = Way.WRITTEN,
    ) -> MinutesBlock:  # fmt: skip
        """Write in a block over the version one has read; the caller records `edited` of it.

        `seen`: seal of the journal's words the writer had before them; `settles`: the journal's newer words are worked in.
        """
        block = self.block(key, version)
        if block.kind in ONE_LINE:
            words, is_same = Words(heading, text), text == block.text
        else:
            words = Words.of(heading, body if body is not None else doc_of(block.kind, text))
            is_same = words.body == block.body
        settled = self._settled(block, seen) if settles else False
        if is_same and heading == block.heading and not settled:
            raise Unchanged(_("Nothing to save: the words are the same."))
        return self.write(self.row(key), words, way, seen=seen, settles=settled)

    def _settled(self, block: Current, seen: str) -> bool:
        return block.proposal is not None and block.seal == seen

    def edited(self, row: MinutesBlock, way: str = Way.WRITTEN) -> facts.BlockEdited:
        """Return the fact that a block was written in."""
        revision = self.minutes.revision
        return facts.BlockEdited(
            key=row.key, heading=row.heading, version=row.version, digest=row.digest, revision=revision, way=str(way)
        )

    def write(self, row: MinutesBlock, words: Words, way: str, *, seen: str = "", settles: bool = False) -> MinutesBlock:
        """Give a block new words under its next version."""
        told = self.told.by_key.get(row.key)
        if told is not None and (settles or not row.edited):
            is_seen = seen in ("", seal_of(told.heading, told.text))
            row.drafted_heading, row.drafted_text = (told.heading, told.text) if is_seen else ("", "")
        row.heading, row.text, row.body = words.heading, words.text, words.body
        row.edited = told is None or _differ(words, told)
        return self.save(row, way)

    def save(self, row: MinutesBlock, way: str) -> MinutesBlock:
        """Keep a changed row under its next version, with a revision."""
        row.version, row.editor, row.changed_at = row.version + 1, self.change.by.name, self.change.now
        row.save()
        keep(row, way, row.editor)
        self.minutes.revision += 1
        self.minutes.save(update_fields=["revision"])
        return row

    def new_key(self) -> str:
        """Return the key of the next added block; none is ever given twice, for no block is thrown away."""
        numbers = [int(key.removeprefix(OWN)) for key in self.minutes.blocks.values_list("key", flat=True) if key.startswith(OWN)]
        return f"{OWN}{max(numbers, default=0) + 1}"

    def place(self, after: str, *, is_last: bool) -> int:
        """Return the position of a new block among those that stand behind the same one: in front of them, or at their end."""
        beside = self.minutes.blocks.filter(anchor=after, key__startswith=OWN)
        if is_last:
            last = beside.aggregate(Max("position"))["position__max"]
            return 0 if last is None else int(last) + 1
        beside.update(position=F("position") + 1)
        return 0

    def forget_copy(self, key: str, serial: int) -> None:
        """What its writer was typing is saved: their working copy is not needed any more."""
        copies.discard(self.minutes, key, self.change.by.user, serial)


def at_desk(change: Transition, told: Told | None = None) -> Desk:
    """Open the minutes for a change; raise OutOfOrder before the meeting was opened and after the minutes were approved."""
    minutes = minutes_of(change)
    refuse_approved(minutes)
    newly = newest(change.meeting, told)
    return Desk(change, minutes, newly, {block.key: block for block in current(change.meeting, minutes, newly)})


def minutes_of(change: Transition) -> Minutes:
    """Return the minutes of the meeting of a change; they begin with the first thing that is done with them."""
    if change.meeting.opened_at is None:
        raise OutOfOrder(TOO_EARLY)
    return Minutes.objects.get_or_create(meeting=change.meeting, defaults={"drafted_at": change.now})[0]


def refuse_approved(minutes: Minutes) -> None:
    """Raise OutOfOrder when no word can be changed any more."""
    if minutes.state == Minutes.State.APPROVED:
        raise OutOfOrder(APPROVED)


def keep(row: MinutesBlock, way: str, editor: str) -> BlockRevision:
    """Keep what a block says under its version."""
    return BlockRevision.objects.create(
        block=row, version=row.version, way=way, heading=row.heading, text=row.text, body=row.body, editor=editor,
        at=row.changed_at,
    )  # fmt: skip


def _differ(words: Words, told: Drafted) -> bool:
    """Tell whether words are other ones than the journal's, or have another form."""
    if words.body is not None:
        return words.heading != told.heading or words.body != doc_of(told.kind, told.text)
    return (words.heading, words.text) != (told.heading, told.text)
