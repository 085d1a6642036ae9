"""Who said what: how a block begins that tells somebody's words, and the phrases an office writes again and again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meetings.models import Participant
from minutes.writing import speaker
from people.models import Organisation

#: Offered by a tap, in the Vietnamese of minutes whatever the screens speak.
PHRASES = (
    "Hội nghị thống nhất với nội dung báo cáo.",
    "Hội nghị cơ bản nhất trí, đề nghị tiếp thu các ý kiến để hoàn thiện.",
    "Chủ trì Hội nghị kết luận: ",
    "Chủ trì Hội nghị đề nghị các điểm cầu tập trung thảo luận: ",
    "Đề nghị làm rõ: ",
    "Kiến nghị, đề xuất: ",
    "Giao … chủ trì, phối hợp với … thực hiện; hoàn thành trước ngày … .",
    "Không có ý kiến khác.",
)


#: How the beginning of somebody's words ends; behind it stands what they said.
SAID = "phát biểu:"


def says(speaking: Participant) -> str:
    """Return how the words of somebody begin: “Đồng chí Giàng A Đại, Phó Bí thư, điểm cầu Lào Cai phát biểu:”."""
    where = speaking.bridge_point.name if speaking.bridge_point else ""
    is_state = speaking.meeting.organiser.body == Organisation.Body.STATE
    return begun({"name": speaking.name, "office": speaking.office, "bridge_point": where}, is_state=is_state)


def begun(payload: Mapping[str, Any], *, is_state: bool) -> str:
    """Return the same for whoever a fact names; a bridge point's representative may have no name yet."""
    who = speaker(payload, is_state=is_state)
    return f"{who[:1].upper()}{who[1:]} {SAID}"


def representative(floor: Mapping[str, Any] | None, *, is_state: bool) -> dict[str, str] | None:
    """Return a bridge point's representative who has the floor and is no participant: how they are called, how a note begins."""
    if not floor or not floor["bridge_point"] or floor["name"] != floor["bridge_point"]:
        return None
    words = begun(floor, is_state=is_state)
    return {"name": words.removesuffix(f" {SAID}"), "words": words}
