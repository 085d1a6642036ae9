"""What one can do to the blocks of the minutes while they are a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import Meeting, Participant
from meetings.procedure import Ability, Actor
from minutes.blocks import facts
from minutes.blocks.desk import Desk, Way, Words, at_desk
from minutes.blocks.overlay import ONE_LINE, Current
from minutes.blocks.telling import Told
from minutes.drafted import SIGNATURE, TEXT
from minutes.models import MinutesBlock

if TYPE_CHECKING:
    from texts.nodes import Doc


def edit_block(
    meeting: Meeting, *, by: Actor, key: str, version: int, heading: str = "", text: str = "", body: Doc | None = None,
    seen: str = "", settles: bool = False, serial: int = 0, told: Told | None = None,
) -> MinutesBlock:  # fmt: skip
    """Write in a block. `version` is the one the actor read: when it has moved, nothing is overwritten (Changed).

    `body`, or else `text`: the words; `seen`: seal of the journal's words the actor had before them; `settles`: those are
    worked in; `serial`: of the working copy that is saved with it.
    """
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        desk = at_desk(change, told)
        row = desk.edit(key=key, version=version, heading=heading, text=text, body=body, seen=seen, settles=settles)
        desk.forget_copy(key, serial)
        change.record(desk.edited(row))
        return row


def add_block(
    meeting: Meeting, *, by: Actor, after: str, body: Doc, heading: str = "", kind: str = TEXT, is_last: bool = False,
    speaker: Participant | None = None, serial: int = 0, told: Told | None = None,
) -> MinutesBlock:  # fmt: skip
    """Add a block behind another one; with `is_last` behind all that was added there before."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        desk = at_desk(change, told)
        if after not in desk.blocks:
            raise OutOfOrder(_("The block it was to stand behind has gone. Choose another place."))
        if desk.blocks[after].kind == SIGNATURE:
            raise OutOfOrder(_("Nothing is written between the signatures. Choose a block above them."))
        row = MinutesBlock(
            minutes=desk.minutes, key=desk.new_key(), kind=kind, anchor=after, position=desk.place(after, is_last=is_last),
            speaker=speaker, version=0,
        )  # fmt: skip
        desk.write(row, Words.of(heading, body), Way.WRITTEN)
        desk.forget_copy(f"new:{after}", serial)
        change.record(
            facts.BlockAdded(
                key=row.key, block_kind=kind, heading=heading, after=after, speaker=speaker.name if speaker else "",
                version=row.version, digest=row.digest, revision=desk.minutes.revision,
            )
        )  # fmt: skip
        return row


def exclude_block(meeting: Meeting, *, by: Actor, key: str, version: int, told: Told | None = None) -> MinutesBlock:
    """Leave a block out: its words are kept, the minutes do not tell it."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        desk, row = _turned(change, told, key, version, is_left_out=True)
        change.record(
            facts.BlockExcluded(
                key=key, heading=row.heading, version=row.version, digest=row.digest, revision=desk.minutes.revision
            )
        )
        return row


def include_block(meeting: Meeting, *, by: Actor, key: str, version: int, told: Told | None = None) -> MinutesBlock:
    """Tell a block again that was left out."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        desk, row = _turned(change, told, key, version, is_left_out=False)
        change.record(
            facts.BlockIncluded(
                key=key, heading=row.heading, version=row.version, digest=row.digest, revision=desk.minutes.revision
            )
        )
        return row


def _turned(change: Transition, told: Told | None, key: str, version: int, *, is_left_out: bool) -> tuple[Desk, MinutesBlock]:
    desk = at_desk(change, told)
    block = desk.block(key, version)
    if block.kind in ONE_LINE:
        raise OutOfOrder(_("The head of the paper and its signatures stay. Change their words instead."))
    if block.is_left_out == is_left_out:
        raise OutOfOrder(_("This has been done already."))
    row = desk.row(key)
    row.is_left_out = is_left_out
    return desk, desk.save(row, Way.WRITTEN)


def take_block(meeting: Meeting, *, by: Actor, key: str, version: int, seen: str, told: Told | None = None) -> MinutesBlock:
    """Take the journal's words in place of the written ones, as the actor saw them; from then on the block follows it again."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        desk = at_desk(change, told)
        block = _proposed(desk, key, version, seen)
        words = desk.told.by_key[block.key]
        row = desk.row(key)
        desk.write(row, Words(words.heading, words.text), Way.TAKEN, seen=seen)
        change.record(
            facts.BlockTaken(key=key, heading=row.heading, version=row.version, digest=row.digest, revision=desk.minutes.revision)
        )
        return row


def dismiss_block(meeting: Meeting, *, by: Actor, key: str, version: int, seen: str, told: Told | None = None) -> MinutesBlock:
    """Keep the written words and propose these words of the journal no more; newer ones will be proposed again."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        desk = at_desk(change, told)
        words = desk.told.by_key[_proposed(desk, key, version, seen).key]
        row = desk.row(key)
        row.drafted_heading, row.drafted_text = words.heading, words.text
        row.save(update_fields=["drafted_heading", "drafted_text"])
        change.record(facts.BlockDismissed(key=key, heading=row.heading, version=row.version, seal=seen))
        return row


def _proposed(desk: Desk, key: str, version: int, seen: str) -> Current:
    block = desk.block(key, version)
    if not block.is_written or key not in desk.told.by_key:
        raise OutOfOrder(_("The journal has no other words for this block."))
    if block.seal != seen:
        raise OutOfOrder(_("The journal has gone on meanwhile. Read its newest words, then choose."))
    return block


def restore_block(meeting: Meeting, *, by: Actor, key: str, version: int, of: int, told: Told | None = None) -> MinutesBlock:
    """Put back what a block said under an earlier version, as a new version."""
    with transition(meeting, by=by, ability=Ability.WRITE_MINUTES) as change:
        desk = at_desk(change, told)
        block = desk.block(key, version)
        row = desk.row(key)
        earlier = row.revisions.filter(version=of).first()
        if earlier is None:
            raise OutOfOrder(_("There is no such version of this block."))
        if (earlier.heading, earlier.text, earlier.body) == (block.heading, block.text, block.doc):
            raise OutOfOrder(_("Nothing to save: the words are the same."))
        desk.write(row, Words(earlier.heading, earlier.text, earlier.body), Way.RESTORED)
        change.record(
            facts.BlockRestored(
                key=key, heading=row.heading, version=row.version, of=of, digest=row.digest, revision=desk.minutes.revision
            )
        )
        return row
