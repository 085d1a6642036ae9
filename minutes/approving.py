"""What is in the way of approving the minutes, in sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minutes.blocks.overlay import Current
from minutes.blocks.saying import SAID
from minutes.models import Minutes
from minutes.review import queries as review


def obstacles(minutes: Minutes | None, blocks: Iterable[Current]) -> list[str]:
    """Return why these minutes cannot be approved yet: newer words, notes that only begin, readers still asked."""
    blocks = list(blocks)
    proposed = sum(block.proposal is not None and not block.is_left_out for block in blocks)
    found = review.obstacles(minutes) if minutes is not None and minutes.pk else []
    if proposed:
        sentence = ngettext(
            "For %(count)d block the journal has newer words: take them or keep yours, then approve.",
            "For %(count)d blocks the journal has newer words: take them or keep yours, then approve.",
            proposed,
        )
        found.insert(0, sentence % {"count": proposed})
    for note in filter(_only_begins, blocks):
        sentence = _("“%(note)s” has nothing after it. Write it to its end or leave it out, then approve.")
        found.append(sentence % {"note": Truncator(note.text.strip()).chars(100)})
    return found


def _only_begins(block: Current) -> bool:
    """Whether a note names who speaks, and not what they said."""
    return block.is_own and not block.is_left_out and block.text.rstrip().endswith(SAID)
