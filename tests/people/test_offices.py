"""Position and unit in one line."""

from __future__ import annotations

import pytest

from people.offices import office_line


@pytest.mark.parametrize(
    ("position", "unit", "line"),
    [
        ("Phó Bí thư", "Tỉnh ủy Lào Cai", "Phó Bí thư, Tỉnh ủy Lào Cai"),
        ("Chánh Văn phòng", "Văn phòng Trung ương Đảng", "Chánh Văn phòng Trung ương Đảng"),
        ("Phó Chánh văn phòng", "Văn phòng Tỉnh ủy Lào Cai", "Phó Chánh Văn phòng Tỉnh ủy Lào Cai"),
        ("Tổ trưởng Tổ Thư ký", "Tổ Thư ký", "Tổ trưởng Tổ Thư ký"),
        ("Thành viên Ban Tổ chức", "Ban Tổ chức Hội nghị", "Thành viên Ban Tổ chức Hội nghị"),
        ("Đại biểu Quốc hội", "Hội đồng nhân dân tỉnh", "Đại biểu Quốc hội, Hội đồng nhân dân tỉnh"),
        ("Tỉnh ủy Lào Cai", "Tỉnh ủy Lào Cai", "Tỉnh ủy Lào Cai"),
        ("Chuyên viên", "", "Chuyên viên"),
        ("", "Sở Nội vụ", "Sở Nội vụ"),
        ("", "", ""),
    ],
)
def test_what_both_say_is_said_once(position: str, unit: str, line: str) -> None:
    assert office_line(position, unit) == line
