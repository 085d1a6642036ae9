"""How the conference concludes: proposals, their wording on the displays, the chair who adopts them. Pure and invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from demo.moves import Item, Made, Ref, Step, at

ITEM = 10  # Kết luận Hội nghị


@dataclass(frozen=True)
class Concluded:
    """A proposal, when it is made, shown and adopted; `reworded`: when, and into what, while it is shown."""

    name: str
    proposed: str
    shown: str
    adopted: str
    text: str
    who: str
    along: str
    due: str
    product: str
    reworded: tuple[str, str] = ("", "")


CONCLUDED = (
    Concluded(
        "digitising", "11:46:10", "11:49:00", "11:51:10",
        "Hoàn thành số hóa hồ sơ hội nghị của cấp ủy và đưa vào kho dữ liệu dùng chung.",
        "Văn phòng các tỉnh ủy, thành ủy", "Cục Cơ yếu – Công nghệ thông tin", "2026-06-30",
        "Báo cáo kết quả kèm danh mục hồ sơ", reworded=(
            "11:50:20",
            "Hoàn thành số hóa hồ sơ hội nghị của cấp ủy từ năm 2020 đến nay và đưa vào kho dữ liệu dùng chung.",
        ),
    ),
    Concluded(
        "rehearsing", "11:47:40", "11:51:50", "11:53:00",
        "Thử đường truyền và phòng họp dự phòng tại mỗi điểm cầu trước từng hội nghị trực tuyến toàn quốc.",
        "Văn phòng các tỉnh ủy, thành ủy", "", "2026-01-31", "Biên bản thử kỹ thuật của từng điểm cầu",
    ),
)  # fmt: skip


def concluding() -> Iterator[Step]:
    """Return every step towards the conclusions."""
    for one in CONCLUDED:
        words: dict[str, Ref] = {"item": Item(ITEM), "text": one.text, "who": one.who, "along": one.along, "due": one.due}
        words |= {"product": one.product}
        which: dict[str, Ref] = {"conclusion": Made(one.name)}
        yield Step(at(one.proposed), "secretary", "conclusion.propose", words, makes=one.name)
        yield Step(at(one.shown), "chair", "conclusion.show", which)
        clock, text = one.reworded
        if clock:
            yield Step(at(clock), "secretary", "conclusion.change", {**words, **which, "text": text, "version": "1"})
        yield Step(at(one.adopted), "chair", "conclusion.adopt", {**which, "version": "2" if clock else "1"})
