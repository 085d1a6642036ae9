"""Number line and place of a paper, guessed from the names of body and hall; the secretary corrects them. Pure."""

from __future__ import annotations

import re

#: Left free for a hand, or for the register once there is one.
BLANK = "\u00a0" * 8
UNKNOWN_PLACE = "…………"
#: Letters of a body's name in capitals that fit on one line of the left column.
LONGEST_LINE = 24

# A whole body's name → its abbreviation; what stands behind the name of a committee is its place and not abbreviated.
_ABBREVIATIONS = (
    (r"\b(?:Tỉnh|Thành) (?:ủy|uỷ)\b.*", "TU"),
    (r"\bĐảng (?:ủy|uỷ)\b.*", "ĐU"),
    (r"\bTrung ương(?: Đảng)?\b", "TW"),
)
# A hall or a house is no place where a paper is dated.
_HOUSE = re.compile(r"\d|^(?:hội trường|trụ sở|phòng|nhà|số|tầng|trung tâm|khu)\b", re.IGNORECASE)
_RANK = re.compile(r"^(?:thành phố|tỉnh|TP\.?)\s+", re.IGNORECASE)


def number_line(body: str) -> str:
    """Return the number without its figure, such as “        -BB/VPTW”."""
    return f"{BLANK}-BB/{symbol(body)}"


def symbol(body: str) -> str:
    """Return a body's abbreviation as papers number by it: VPTW, TU, VPTU."""
    for pattern, short in _ABBREVIATIONS:
        body = re.sub(pattern, short, body)
    return "".join(word if word.isupper() else word[0].upper() for word in body.split())


def in_lines(body: str) -> str:
    """Return a body's name in two lines of like length when it is too long for one, parted before a capital letter."""
    if len(body) <= LONGEST_LINE or "\n" in body:
        return body
    words = body.split()
    cuts = [at for at in range(1, len(words)) if words[at][0].isupper()] or list(range(1, len(words)))
    if not cuts:
        return body
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in cuts]
    return "\n".join(min(halves, key=lambda both: max(map(len, both))))


def town(place: str) -> str:
    """Return the town where a paper is dated: the last part of the hall's address, or dots when that is no town."""
    last = _RANK.sub("", place.rsplit(",", maxsplit=1)[-1].strip())
    return UNKNOWN_PLACE if not last or _HOUSE.search(last) else last
