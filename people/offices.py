"""An office in one line: the position somebody holds and the unit it is held in. Pure."""

from __future__ import annotations


def office_line(position: str, unit: str) -> str:
    """Return position and unit as papers name them, words that end the one and begin the other said once.

    “Chánh Văn phòng” in “Văn phòng Trung ương Đảng” is “Chánh Văn phòng Trung ương Đảng”. A single word that both share joins
    nothing: “Đại biểu Quốc hội” and “Hội đồng nhân dân” have nothing to do with each other.
    """
    ends, begins = position.split(), unit.split()
    for shared in range(min(len(ends), len(begins)), 1, -1):
        if " ".join(ends[-shared:]).casefold() == " ".join(begins[:shared]).casefold():
            return " ".join([*ends[:-shared], *begins])
    return ", ".join(part for part in (position, unit) if part)
