"""Builders: minutes of an invented meeting as HTML, and an order for the press."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

from django.template import engines

from printing.order import Order, Particulars, make_order
from printing.papers import DEMONSTRATION_MARK, Column, Head, Signature, Table, Verification
from printing.profiles import HD36_2018
from printing.style import stylesheet

CONTENT = """{% extends "printing/minutes.html" %}
{% block content %}
{% include "printing/parts/section.html" with number="I" name="Thời gian, địa điểm" only %}
{% include "printing/parts/paragraphs.html" with text=text only %}
{% include "printing/parts/section.html" with number="II" name="Diễn biến" only %}
{% include "printing/parts/point.html" with number="1" name="Tham luận" only %}
{% include "printing/parts/table.html" with table=table only %}
{% include "printing/parts/paragraphs.html" with text=closing only %}
{% endblock %}
{% block annexes %}<section class="annex">
{% include "printing/parts/annex.html" with label="Phụ lục" name="Danh sách điểm cầu" note="Kèm theo Biên bản" only %}
</section>{% endblock %}"""

PARAGRAPH = (
    "Đại diện điểm cầu trình bày tham luận về ứng dụng công nghệ thông tin, chuyển đổi số trong công tác văn phòng; "
    "kiến nghị thống nhất quy trình tiếp nhận, xử lý văn bản điện tử và bảo đảm đường truyền cho vùng sâu, vùng xa."
)
ABOUT = Particulars(
    title="Biên bản Hội nghị",
    identifier="minutes:test:1",
    dated=datetime(2025, 11, 26, 11, 45, tzinfo=timezone(timedelta(hours=7))),
    author="Văn phòng",
)
ADDRESS = "https://hoinghi.example.vn/check/7QF2-K9XM/"


def make_head(**changes: Any) -> Head:
    values: dict[str, Any] = {
        "parent_body": "Ban Chấp hành Trung ương",
        "issuing_body": "Văn phòng",
        "number": "01-BB/VPTW",
        "place": "Hà Nội",
        "on": date(2025, 11, 26),
        "type_name": "Biên bản",
        "abstract": "Hội nghị công tác văn phòng năm 2025",
    }
    return Head(**{**values, **changes})


def make_table(rows: int) -> Table:
    columns = (Column("TT", 10, "centre"), Column("Điểm cầu"), Column("Có mặt", 20, "right"))
    return Table(columns, [(number, f"Tỉnh ủy số {number}", 10) for number in range(1, rows + 1)])


def render_minutes(
    *, paragraphs: int = 12, rows: int = 60, text: str | None = None, table: Table | None = None, **head: Any
) -> str:
    context = {
        "head": make_head(**head),
        "profile": HD36_2018,
        "mark": DEMONSTRATION_MARK,
        "about": ABOUT,
        "text": "\n".join([PARAGRAPH] * paragraphs) if text is None else text,
        "closing": "Hội nghị kết thúc vào hồi 11 giờ 45 phút.",
        "table": table or make_table(rows),
        "signatures": (Signature("Người ghi biên bản", name="Nguyễn Văn Ất"), Signature("Chủ trì Hội nghị", name="Trần Thị Ngọ")),
        "verification": Verification(ADDRESS, "7QF2-K9XM"),
    }
    return engines["django"].from_string(CONTENT).render(context)


def order_for(html: str, about: Particulars = ABOUT) -> Order:
    return make_order(html, stylesheet(HD36_2018), about)
