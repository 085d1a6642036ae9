"""Words on papers that follow from names: an abbreviation, two lines, the town of an address; what a line keeps together."""

from __future__ import annotations

import re

UNKNOWN_PLACE = "…………"
#: Letters of a body's name in capitals that fit on one line of the left column.
LONGEST_LINE = 24
#: With these the name of a place begins: “Ủy ban nhân dân / tỉnh Lào Cai”.
_PLACES = frozenset({"tỉnh", "thành", "xã", "phường", "đặc"})

# A whole body's name → its abbreviation; what stands behind the name of a committee is its place and not abbreviated.
_ABBREVIATIONS = (
    (r"\b(?:Tỉnh|Thành) (?:ủy|uỷ)\b.*", "TU"),
    (r"\bĐảng (?:ủy|uỷ)\b.*", "ĐU"),
    (r"\bTrung ương(?: Đảng)?\b", "TW"),
)
# A hall or a house is no place where a paper is dated.
_HOUSE = re.compile(r"\d|^(?:hội trường|trụ sở|phòng|nhà|số|tầng|trung tâm|khu)\b", re.IGNORECASE)
# What is read in one breath with the number behind it.
_NUMBERED = re.compile(r"\b(ngày|tháng|quý|năm|số|thứ|khóa|khoá|kỳ|lần|đợt|phần) (?=[0-9IVXLC]+\b)", re.IGNORECASE)
_SPAN = re.compile(r"(?<=[0-9]) ([-–]) (?=[0-9])")
_RANK = re.compile(r"^(?:thành phố|tỉnh|TP\.?)\s+", re.IGNORECASE)


def symbol(body: str) -> str:
    """Return a body's abbreviation as papers number by it: VPTW, TU, VPTU."""
    for pattern, short in _ABBREVIATIONS:
        body = re.sub(pattern, short, body)
    return "".join(word if word.isupper() else word[0].upper() for word in body.split())


def in_lines(body: str) -> str:
    """Return a body's name in two lines of like length when it is too long for one, parted before a place or a capital letter."""
    if len(body) <= LONGEST_LINE or "\n" in body:
        return body
    words = body.split()
    cuts = [at for at in range(1, len(words)) if words[at][0].isupper() or words[at] in _PLACES] or list(range(1, len(words)))
    if not cuts:
        return body
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in cuts]
    return "\n".join(min(halves, key=lambda both: max(map(len, both))))


def town(place: str) -> str:
    """Return the town where a paper is dated: the last part of the hall's address, or dots when that is no town."""
    last = _RANK.sub("", place.rsplit(",", maxsplit=1)[-1].strip())
    return UNKNOWN_PLACE if not last or _HOUSE.search(last) else last


def unbroken(words: str) -> str:
    """Return words whose numbers stay on the line of what they count: “năm 2025”, “lần thứ XIV”, “2020 - 2025”."""
    return _SPAN.sub("\u00a0\\1\u00a0", _NUMBERED.sub("\\1\u00a0", words))
