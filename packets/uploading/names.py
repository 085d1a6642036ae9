"""Names of files as people meet them: harmless, and what title a paper gets from one. Pure."""

from __future__ import annotations

import re

from people.spelling import clean, fold

#: Endings we take; what is really in a file is found out when its copy is made (copies/).
TAKEN = frozenset(
    {"pdf", "doc", "docx", "dot", "dotx", "rtf", "xls", "xlsx", "xlt", "xltx", "ppt", "pptx", "pps", "ppsx", "pot", "potx"}
    | {"odt", "ott", "ods", "ots", "odp", "otp", "png", "jpg", "jpeg", "tif", "tiff", "webp"}
)
#: Endings of Office files that hold programs.
WITH_MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlsb", "pptm", "ppsm", "potm", "xlam", "ppam"})
LONGEST = 200
_UNFIT = re.compile(r'[<>:"|?*]')
_NUMBERED = re.compile(r"^\s*(?:[\d.]{1,8}|[ivxIVX]{1,5})\s*[.)\-–_]\s*(?=\S)")


def harmless(name: str) -> str:
    """Return a file's name without folders, unseen marks and letters that other systems refuse; never empty, at most 200 long."""
    last = re.split(r"[/\\]", name.replace("\0", ""))[-1]
    found = _UNFIT.sub("_", clean(last)).strip(". ")
    if not found:
        return "tai-lieu"
    stem, dot, ending = found.rpartition(".")
    if dot and len(ending) <= 8:
        return f"{stem[: LONGEST - len(ending) - 1].rstrip()}.{ending}"
    return found[:LONGEST]


def ending_of(name: str) -> str:
    """Return the ending of a name in small letters; nothing where it has none."""
    stem, dot, ending = harmless(name).rpartition(".")
    return fold(ending) if dot and stem else ""


def objection_to(name: str) -> str:
    """Return why a file of this name is not taken at all (a word of copies/refusals.py), or nothing."""
    ending = ending_of(name)
    if ending in WITH_MACROS:
        return "macro"
    return "" if ending in TAKEN else "unknown"


def title_from(name: str) -> str:
    """Return what a paper is called at first: the name without ending, running number and underscores."""
    whole = harmless(name)
    stem = whole.rpartition(".")[0] if ending_of(name) in TAKEN | WITH_MACROS else whole
    words = clean(stem.replace("_", " "))
    short = clean(_NUMBERED.sub("", words)) or words or whole
    return short[:1].upper() + short[1:400]
