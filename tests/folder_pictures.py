"""Pictures of an emergency folder: four of its pages side by side, from made-up data. Taken by tests/pictures.py."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
from PIL import Image

WANTED = (0, 1, 4, 6)  # cover, whom to call, the roll, incidents
GAP = 12  # pixels between two pages


def pages(path: Path) -> None:
    """Write cover, instructions, roll and form for incidents as one picture."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from printing.folder import Contact, Folder, Line, Part, Person, print_folder
    from printing.order import Particulars

    offices = ("Chánh Văn phòng", "Phó Chánh Văn phòng", "Trưởng phòng Tổng hợp", "Chuyên viên tổng hợp")
    folder = Folder(
        number=15,
        site="Tỉnh ủy Lào Cai",
        place="Hội trường Tỉnh ủy",
        title="Hội nghị toàn quốc công tác văn phòng tỉnh ủy, thành ủy năm 2025",
        organiser="VĂN PHÒNG TRUNG ƯƠNG ĐẢNG",
        held_at="Hà Nội",
        when="08:30, thứ tư, ngày 26/11/2025",
        as_of="07:40, 26/11/2025",
        version=412,
        programme="bản phát hành số 2, lúc 07:30, 26/11/2025",
        address="https://hoinghi.example.vn/m/vptw-2025/folder/15/entry/",
        parts=[Part("", [Line(str(n), "08:30–08:45", "Nội dung", "Chủ trì") for n in range(1, 9)])],
        people=[
            Person(f"Đại biểu 15-{n:02}", f"{offices[n % 4]}, Văn phòng Tỉnh ủy Lào Cai", "482 915 307", "Khối địa phương")
            for n in range(1, 11)
        ],
        centre=[Contact("Phụ trách điểm cầu trung tâm", "Phụ trách điểm cầu TW", "000 000 035")],
        own=[Contact("Cán bộ trực điểm cầu", "Cán bộ trực điểm cầu 15", "000 000 007")],
        demonstration=True,
    )
    dated = datetime(2025, 11, 26, 1, tzinfo=UTC)
    pdf = pypdfium2.PdfDocument(
        print_folder(folder, about=Particulars(title="Tập hồ sơ dự phòng", identifier="mau", dated=dated))
    )
    drawn = [pdf[n].render(scale=1.1).to_pil() for n in WANTED]
    sheet = Image.new("RGB", (sum(one.width + GAP for one in drawn) - GAP, drawn[0].height), "#8a8a8a")
    for n, one in enumerate(drawn):
        sheet.paste(one, (n * (one.width + GAP), 0))
    sheet.convert("P", palette=Image.Palette.ADAPTIVE, colors=16).save(path, optimize=True)
