"""The code at the corner of a form, as somebody types it: which bridge point, and which part of the page. Pure."""

from __future__ import annotations

import re

from people.spelling import fold
from printing.folder import FORMS, READ

_CODE = re.compile(r"(\d{1,9})\s*[-–./ ]?\s*([a-z]{2})?")
_ANCHORS = {letters.lower(): anchor for letters, (_title, anchor) in (READ | FORMS).items()}


def read_code(typed: str) -> tuple[int, str] | None:
    """Return the number of the bridge point and the part of its page; nothing when it is no such code. 15-DD, 15 dd, 15."""
    found = _CODE.fullmatch(fold(typed.strip()))
    if found is None or (found[2] and found[2] not in _ANCHORS):
        return None
    return int(found[1]), _ANCHORS.get(found[2] or "", "")
