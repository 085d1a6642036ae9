"""The mails of invitations: the letter itself, an update, a reminder, a recall. Words only; posting is in issuing/work.py."""

from __future__ import annotations

from dataclasses import dataclass

from issuing.invitations import links
from issuing.invitations.values import Occasion
from issuing.invitations.wording import LINK, filled
from issuing.models import Invitation, InvitationText
from printing.papers import DEMONSTRATION_MARK

FIRST, AGAIN, UPDATE, REMINDER, RECALL = "first", "again", "update", "reminder", "recall"

_SUBJECTS = {UPDATE: "Thay đổi: {}", REMINDER: "Nhắc trả lời: {}", RECALL: "Thu hồi: {}"}
_BEFORE = {
    UPDATE: "Thời gian hoặc địa điểm đã thay đổi so với thư trước. Xin xem nội dung mới dưới đây và trả lời lại.",
    REMINDER: "Chúng tôi chưa nhận được trả lời về giấy mời dưới đây.",
}
_RECALL = """Kính gửi: {tên}, {chức danh}.

{cơ quan} xin thu hồi giấy mời số {số} dự {hội nghị}. Địa chỉ trả lời đã gửi không còn hiệu lực.

Trân trọng."""


@dataclass(frozen=True)
class Words:
    """A mail's subject and text."""

    subject: str
    text: str


def words_of(row: Invitation, text: InvitationText, told: Occasion, kind: str, *, demonstration: bool = False) -> Words:
    """Return the mail of one kind for one invited person."""
    values = told.values_for(row.participant)
    values["số"] = row.document.symbol
    if kind != RECALL:
        values[LINK] = links.address_of(row)
    subject = _SUBJECTS.get(kind, "{}").replace("{}", filled(text.mail_subject, values))
    body = filled(_RECALL if kind == RECALL else text.mail_text, values)
    if before := _BEFORE.get(kind):
        body = f"{before}\n\n{body}"
    if demonstration:
        body = f"{DEMONSTRATION_MARK}\n\n{body}"
    return Words(subject, body)
