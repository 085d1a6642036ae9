"""What was worked out for a page, kept in the process for as long as the meeting's journal stands where it stood.

A journal moves with every change of what its meeting shows, so nothing kept is ever old; a few dozen are kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import get_language

from meetings.models import Meeting

Made = TypeVar("Made")
MOST = 32

_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = threading.Lock()


def kept_with_journal(meeting: Meeting, what: tuple[Any, ...], make: Callable[[], Made]) -> Made:
    """Return what `make` gives, made once for each state of the journal, language and `what`; it must not be changed later."""
    key = (meeting.pk, meeting.journal.epoch, meeting.journal.head, get_language(), *what)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            found: Made = _kept[key]
            return found
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Forget all that is kept: the next page is worked out as after a change."""
    with _lock:
        _kept.clear()
