"""Words a conclusion of an office begins or ends with: one tap puts them where one writes. Vietnamese, as papers are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minutes.writing import line

PHRASES = (
    "Hội nghị thống nhất với báo cáo và các nội dung kiến nghị của ",
    "Giao … chủ trì, phối hợp với … và các cơ quan liên quan ",
    "Yêu cầu cấp ủy, tổ chức đảng, chính quyền các địa phương khẩn trương ",
    "Đồng ý chủ trương ",
    "Tiếp thu đầy đủ ý kiến của các đại biểu, hoàn thiện ",
    "Ghi nhận, biểu dương kết quả ",
    "Giao … trực tiếp chỉ đạo và chịu trách nhiệm ",
    "Báo cáo kết quả thực hiện trước ngày ",
    "Văn phòng theo dõi, đôn đốc việc thực hiện kết luận này.",
)


def from_item(item: Mapping[str, Any]) -> str:
    """Return how a conclusion on an item begins: by its title, as it stands in the programme."""
    return f"Về nội dung “{line(item['title'])}”: "
