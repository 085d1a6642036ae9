"""The code at the corner of a form, as somebody types it: which bridge point, and which part of the page. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from people.spelling import fold
from printing.folder import FORMS, READ

_CODE = re.compile(r"(\d{1,9})\s*[-–./ ]?\s*([a-z]{2})?")
_ANCHORS = {letters.lower(): anchor for letters, (_title, anchor) in (READ | FORMS).items()}

#: The longest code of an administrative unit, that of a commune, has five figures; who has none begins behind them.
_BEHIND = 100_000


def form_numbers(sites: Sequence[tuple[int, int, str]]) -> dict[int, int]:
    """Return the number on the forms of each bridge point: the code of its province or commune, by which everybody knows it.

    `sites`: key, number in the meeting, code of the organisation. Where there is no code, or several have it, the number in
    the meeting stands, behind all codes where it would be one.
    """
    codes = {pk: int(code) if code.isascii() and code.isdigit() and len(code) <= 5 else None for pk, _number, code in sites}
    held = Counter(code for code in codes.values() if code is not None)
    found = {}
    for pk, number, _code in sites:
        own = codes[pk]
        found[pk] = own if own is not None and held[own] == 1 else number + _BEHIND if number in held else number
    return found


def read_code(typed: str) -> tuple[int, str] | None:
    """Return the number of the bridge point and the part of its page; nothing when it is no such code. 15-DD, 15 dd, 15."""
    found = _CODE.fullmatch(fold(typed.strip()))
    if found is None or (found[2] and found[2] not in _ANCHORS):
        return None
    return int(found[1]), _ANCHORS.get(found[2] or "", "")
