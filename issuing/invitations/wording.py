"""The words of an invitation: what stands in braces, whether it is known, what takes its place. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

#: What may stand in braces, with what it becomes. Invitations are Vietnamese, so are these words.
PLACEHOLDERS: dict[str, object] = {
    "tên": _("name of the invited"),
    "chức vụ": _("position"),
    "đơn vị": _("unit"),
    "chức danh": _("position and unit"),
    "hội nghị": _("title of the meeting"),
    "cơ quan": _("issuing body"),
    "chủ trì": _("who chairs"),
    "thời gian": _("date and time of the sittings"),
    "địa điểm": _("bridge point of the invited, with its place"),
    "hình thức": _("in person or online"),
    "hạn trả lời": _("until when an answer is asked for"),
    "số": _("number of the letter"),
    "ngày": _("date of the letter"),
}
#: Known in mails alone: on paper the address stands beside its code.
LINK = "liên kết"
MAIL_PLACEHOLDERS = PLACEHOLDERS | {LINK: _("address to answer at")}

_BRACED = re.compile(r"\{([^{}\n]*)\}")


def named(text: str) -> list[str]:
    """Return the words in braces, in their order, as they are kept."""
    return [_plain(found) for found in _BRACED.findall(text)]


def unknown(text: str, known: Mapping[str, object] = PLACEHOLDERS) -> list[str]:
    """Return the words in braces that stand for nothing, and a brace that has no partner."""
    wrong = [name for name in named(text) if name not in known]
    rest = _BRACED.sub("", text)
    return wrong + [mark for mark in "{}" if mark in rest]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with values in the places of words in braces; what is put in is never read again."""
    return _BRACED.sub(lambda found: values.get(_plain(found.group(1)), found.group(0)), text)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
