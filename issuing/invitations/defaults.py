"""The words an invitation begins with, in the manner of a Party or a State body; the secretariat changes them. Pure."""

from __future__ import annotations

from typing import Any

from people.models import Organisation
from printing.names import town

_MAIL = """Kính gửi: {tên}, {chức danh}.

{cơ quan} trân trọng kính mời %(you)s dự {hội nghị}.

Thời gian: {thời gian}.
Địa điểm: {địa điểm}.

Xin %(you)s trả lời trước {hạn trả lời} tại địa chỉ:
{liên kết}

Địa chỉ này chỉ dành riêng cho %(you)s; xin không chuyển cho người khác. Lịch kèm theo thư có thể thêm vào lịch làm việc.

Trân trọng."""


def defaults(organiser: Organisation, place: str) -> dict[str, Any]:
    """Return the fields of a new text for a meeting of a body."""
    party = organiser.body == Organisation.Body.PARTY
    you = "đồng chí" if party else "Ông/Bà"
    return {
        "abstract": "dự {hội nghị}" if party else "Dự {hội nghị}",
        "opening": "{cơ quan} trân trọng kính mời:",
        "invited": "Đồng chí {tên}, {chức danh}" if party else "Ông/Bà {tên}, {chức danh}",
        "attending": "{hội nghị}.",
        "chair": "{chủ trì}.",
        "time": "{thời gian}.",
        "place": "{địa điểm}.",
        "content": "",
        "requirements": f"Đề nghị {you} có mặt trước giờ khai mạc 15 phút và nghiên cứu trước tài liệu của Hội nghị.",
        "reply": f"Đề nghị {you} xác nhận tham dự trước {{hạn trả lời}}.",
        "closing": "Trân trọng kính mời",
        "dated_at": town(place),
        "authority": "",
        "post": "",
        "signer": "",
        "recipients": f"Như trên\nLưu {organiser.name}" if party else "Như trên\nLưu: VT",
        "mail_subject": "Giấy mời dự {hội nghị}",
        "mail_text": _MAIL % {"you": you},
        "answer_by": None,
        "answers_until": None,
    }
