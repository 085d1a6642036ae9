"""User names that people can read from a slip and type: a clear rule for each kind of account. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from people.spelling import fold

LONGEST = 40
FOCAL_POINT, OPERATOR, TECHNICIAN = "daumoi", "vanhanh", "kythuat"


def of_post(post: str, code: str) -> str:
    """Return the user name of a post at a place: `daumoi-15`, `vanhanh-tw`."""
    return f"{post}-{_plain(code) or 'dc'}"[:LONGEST]


def of_person(full_name: str) -> str:
    """Return the user name of a person: given name, point, initials of the rest (Nguyễn Văn An: `an.nv`)."""
    words = [word for word in (_plain(part) for part in full_name.split()) if word]
    if not words:
        return "nguoidung"
    *rest, given = words
    return ".".join(part for part in (given, "".join(word[0] for word in rest)) if part)[:LONGEST]


def free(wanted: str, taken: Collection[str]) -> str:
    """Return a user name that is not taken (in small letters): the wanted one, else with -2, -3 and so on."""
    if wanted not in taken:
        return wanted
    return next(name for n in range(2, len(taken) + 3) if (name := f"{wanted}-{n}") not in taken)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))
