"""Where the tone of uy, oa, oe stands (uỷ or ủy, hoá or hóa): our own fixed words as an office writes them. Pure."""

import re
import unicodedata

#: On the last vowel, on the first, or as 399-QĐ/TW is printed.
TONE_LAST, TONE_FIRST, TONE_MIXED = SPELLINGS = ("uỷ, khoá", "ủy, khóa", "ủy, khoá")

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# Two vowels at the end of a syllable, in letters and marks (NFD). “qu” is one sound: quý has one spelling.
_VOWELS = re.compile(rf"(?<![qQ])([oOuU])([{_TONES}]?)([aAeEyY])([{_TONES}]?)(?![\w\u0300-\u036f])")
_TWO_WAYS = frozenset({"oa", "oe", "uy"})


def spelled(words: str, spelling: str) -> str:
    """Return words of our own with their tones where an office writes them; never for a name or what somebody typed."""

    def placed(found: re.Match[str]) -> str:
        first, before, second, after = found.groups()
        pair, tone = (first + second).lower(), before or after
        if pair not in _TWO_WAYS or bool(before) == bool(after):
            return found[0]
        on_last = spelling == TONE_LAST or (spelling != TONE_FIRST and pair != "uy")
        return f"{first}{second}{tone}" if on_last else f"{first}{tone}{second}"

    return unicodedata.normalize("NFC", _VOWELS.sub(placed, unicodedata.normalize("NFD", words)))
