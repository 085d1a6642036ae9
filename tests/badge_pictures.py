"""The picture of a sheet of badges, from made-up people under a key that nobody believes. Taken by tests/pictures.py."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from PIL import Image

MEETING = "Hội nghị toàn quốc công tác văn phòng tỉnh ủy, thành ủy năm 2025"
PEOPLE = (
    ("Nguyễn Thị Thu Hà", "CHỦ TRÌ", "chair", "Chánh Văn phòng Trung ương Đảng", "Điểm cầu Văn phòng Trung ương Đảng", ""),
    ("Giàng A Đại", "ĐẠI BIỂU", "delegate", "Phó Chánh Văn phòng Tỉnh ủy Lào Cai", "Điểm cầu tỉnh Lào Cai", "Khối tỉnh ủy"),
    ("Công Tằng Tôn Nữ Hoàng Phủ Ngọc Tường Vi", "KHÁCH MỜI", "guest", "Chuyên gia", "Điểm cầu thành phố Huế", ""),
    ("Lý Thị Vận", "ĐIỀU HÀNH ĐIỂM CẦU", "staff", "Chuyên viên Văn phòng Tỉnh ủy Lào Cai", "Điểm cầu tỉnh Lào Cai", ""),
)  # fmt: skip


def sheet(path: Path) -> None:
    """Print four badges on a sheet of A4 and keep its picture."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from attendance.badges.short_code import from_number, spelled
    from printing.badges import A4, Badge, Occasion, print_badges
    from printing.order import Particulars
    from tests.attendance.badges.forging import written

    badges = [
        Badge(
            name=name, kind=kind, tone=tone, office=office, site=site, group=group, code=written(n), short=spelled(from_number(n))
        )
        for n, (name, kind, tone, office, site, group) in enumerate(PEOPLE, start=48_291_530)
    ]
    about = Particulars(title="Thẻ đại biểu", identifier="mau", dated=datetime(2025, 11, 20, tzinfo=UTC))
    occasion = Occasion(MEETING, "Văn phòng Trung ương Đảng", demonstration=True)
    pdf = print_badges(badges, occasion, form=A4, about=about)
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1.6).to_pil()
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(path, optimize=True)
