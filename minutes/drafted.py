"""A block of the minutes as the journal has it, and the kinds of blocks there are. Pure."""

from __future__ import annotations

from dataclasses import dataclass

HEAD, SECTION, POINT, TEXT, TABLE, SIGNATURE = "head", "section", "point", "text", "table", "signature"
ANNEX = "annex"


@dataclass(frozen=True)
class Drafted:
    """One block as the journal has it. `key` names it for good, `first`–`last` are the entries it tells of."""

    key: str
    kind: str
    heading: str
    text: str
    first: int = 0
    last: int = 0
