"""The folder as a workbook: the roll first, which is read when it comes back; then what is read, and the other blank forms.

Its words are Vietnamese, like those of the paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from printing.folder import Contact, Folder
from sheets import Table, Value, write_workbook

ROLL = ("TT", "Mã thẻ", "Họ và tên", "Chức vụ, đơn vị", "Giờ đến", "Giờ về", "Vắng", "Ghi chú", "Điểm cầu")
_BLANK = {
    "Đếm người": ("TT", "Ngày", "Giờ đếm", "Số có mặt", "Số triệu tập", "Ghi chú", "Người đếm"),
    "Sự cố": ("TT", "Loại sự cố", "Bắt đầu", "Kết thúc", "Hiện tượng, cách xử lý", "Người báo"),
    "Phát biểu": ("TT", "Họ và tên, chức vụ, đơn vị", "Mục số", "Đăng ký lúc", "Bắt đầu", "Kết thúc", "Nội dung chính"),
    "Biểu quyết": ("TT", "Nội dung biểu quyết", "Giờ", "Có mặt", "Tán thành", "Không tán thành", "Không có ý kiến"),
    "Ý kiến": ("TT", "Họ và tên, chức vụ, đơn vị", "Mục số", "Giờ", "Ý kiến"),
}
_KINDS = ("Mất hình", "Mất tiếng", "Mất kết nối", "Khác")
_BLANK_ROWS = 20
_HOW = "Ghi giờ đến, giờ về (08:05) hoặc x ở cột Vắng trong trang “Điểm danh”, rồi tải tệp lên trang nhập liệu."


def write_folder(folder: Folder) -> bytes:
    """Return the workbook of a folder."""
    return write_workbook([_roll(folder), _cover(folder), _programme(folder), _contacts(folder), *_forms()])


def _roll(folder: Folder) -> Table:
    rows: list[list[Value]] = [
        [n, one.code, one.name, one.office, "", "", "", one.note, folder.site] for n, one in enumerate(folder.people, start=1)
    ]
    return Table(
        "Điểm danh", ROLL, rows, widths={0: 6, 1: 14, 2: 28, 3: 40, 4: 10, 5: 10, 6: 8, 7: 24, 8: 28}, choices={6: ["x"]}
    )


def _cover(folder: Folder) -> Table:
    rows: list[Sequence[Value]] = [
        ("Hội nghị", folder.title), ("Điểm cầu", folder.site), ("Địa điểm", folder.place), ("Thời gian", folder.when),
        ("Nơi tổ chức", folder.held_at), ("Số đại biểu", len(folder.people)), ("Chương trình", folder.programme),
        ("Bản lập lúc", f"{folder.as_of}, theo nhật ký số {folder.version}"), ("Trang nhập liệu", folder.address),
        ("Cách nhập lại", _HOW),
    ]  # fmt: skip
    return Table("Bìa", ("Mục", "Nội dung"), rows, widths={0: 18, 1: 80})


def _programme(folder: Folder) -> Table:
    lines: list[Sequence[Value]] = []
    for part in folder.parts:
        lines += [("", "", part.heading, "")] if part.heading else []
        lines += [(one.number, one.time, one.title, one.presenter) for one in part.lines]
    return Table("Chương trình", ("TT", "Thời gian", "Nội dung", "Người thực hiện"), lines, widths={0: 8, 1: 16, 2: 70, 3: 40})


def _contacts(folder: Folder) -> Table:
    def rows(where: str, contacts: Sequence[Contact]) -> list[Sequence[Value]]:
        return [(where, one.role, one.name, one.phone) for one in contacts]

    found = rows("Điểm cầu trung tâm", folder.centre) + rows(folder.site, folder.own)
    return Table("Liên hệ", ("Nơi", "Nhiệm vụ", "Họ và tên", "Điện thoại"), found, widths={0: 28, 1: 34, 2: 28, 3: 18})


def _forms() -> list[Table]:
    return [
        Table(
            title,
            columns,
            [[n] for n in range(1, _BLANK_ROWS + 1)],
            widths={0: 6},
            choices={1: _KINDS} if title == "Sự cố" else {},
        )
        for title, columns in _BLANK.items()
    ]
