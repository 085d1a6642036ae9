"""The papers of the demonstration as texts: neutral, invented for it. Set in type once; the PDFs lie beside the texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.template import Context, Template

from demo.fixture import conference
from printing.names import in_lines, town
from printing.order import Particulars
from printing.papers import Head, print_paper
from printing.profiles import last_known

FOLDER = Path(__file__).resolve().parent.parent / "data" / "papers"
DATED = datetime.fromisoformat("2025-11-20T08:00:00+07:00")
# By the name of the file: what kind of paper, and about what.
PAPERS = {
    "huong-dan": ("Hướng dẫn", "dự Hội nghị tại các điểm cầu"),
    "ky-thuat": ("Hướng dẫn", "kỹ thuật đối với các điểm cầu"),
    "bao-cao-1": ("Báo cáo tóm tắt", "kết quả công tác văn phòng và nhiệm vụ trọng tâm thời gian tới"),
    "bao-cao-2": ("Báo cáo tóm tắt", "kết quả công tác văn phòng và nhiệm vụ trọng tâm thời gian tới"),
    "phu-luc": ("Phụ lục", "số liệu kèm theo Báo cáo tóm tắt"),
    "tham-luan-15": ("Tham luận", "tổ chức họp trực tuyến thông suốt ở địa bàn miền núi"),
    "giai-trinh": ("Báo cáo", "giải trình, tiếp thu kiến nghị, đề xuất"),
    "thi-dua": ("Kế hoạch", "phát động phong trào thi đua"),
    "du-thao-ket-luan": ("Dự thảo", "Kết luận Hội nghị"),
}


def path_of(name: str) -> Path:
    """Return where the PDF of a paper lies."""
    return FOLDER / f"{name}.pdf"


def set_in_type() -> Iterator[tuple[Path, bytes]]:
    """Yield each paper as a PDF, from its text, and where it belongs."""
    plan = conference()
    for name, (kind, about) in PAPERS.items():
        head = Head(
            issuing_body=in_lines(plan.organiser["name"]), type_name=kind, abstract=about, place=town(plan.place),
            on=date(2025, 11, 20), demonstration=True,
        )  # fmt: skip
        text = Template((FOLDER / f"{name}.html").read_text(encoding="utf-8")).render(Context())
        particulars = Particulars(title=f"{kind} {about}", identifier=f"demo:{name}", dated=DATED)
        context = {"head": head, "text": text}
        yield (
            path_of(name),
            print_paper("demo/printing/paper.html", context, profile=last_known("party", DATED.date()), about=particulars),
        )
