"""Badges from their data to a PDF, as the service prints them: a process of ``bench.badges`` (``python -m bench.badges_press``).

Orders: ``make`` sets so many badges and answers with the page and the styles for who prints them bare; ``ours`` prints them once.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import django

from bench.lines import say, take_line
from bench.minutes_press import cpu_s, page_count

START = datetime(2025, 11, 25, 13, tzinfo=UTC)
OFFICES = (
    "Phó Chánh Văn phòng Tỉnh ủy Lào Cai",
    "Trưởng phòng Tổng hợp, Văn phòng Tỉnh ủy Hà Tĩnh",
    "Chánh Văn phòng Tỉnh ủy Cà Mau",
)
#: Where the code of a badge stands in the page, for who has no other way to draw it than the page itself.
CODES = ".qr { float: left; width: 40mm; height: 40mm }"


def main() -> None:
    """Answers orders until there are no more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    house = House()
    while order := take_line():
        say(getattr(house, order["do"])(**{name: value for name, value in order.items() if name != "do"}))


class House:
    """So many badges, and the press that prints them."""

    def make(self, badges: int, form: str) -> dict[str, Any]:
        """Sets the data; prints once, so that the press is warm."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        from printing.badges import Occasion
        from printing.order import Particulars

        self.key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        self.count, self.form = badges, form
        self.about = Particulars(title="Thẻ đại biểu", identifier="bench:badges", dated=START)
        self.occasion = Occasion("Hội nghị toàn quốc công tác văn phòng tỉnh ủy, thành ủy", "Văn phòng Trung ương Đảng")
        made = self._printed()
        html, css = self._bare()
        return {"html": html, "css": css, "pages": page_count(made), "kb": len(made) // 1024}

    def ours(self) -> dict[str, Any]:
        """Signs all codes, sets and prints the badges; how long that took."""
        start, spent = time.perf_counter(), cpu_s()
        made = self._printed()
        cpu = (cpu_s() - spent) * 1000
        return {"ms": (time.perf_counter() - start) * 1000, "cpu_ms": cpu, "bytes": len(made)}

    def _badges(self) -> list[Any]:
        from attendance.badges.code import Code, write
        from printing.badges import Badge

        until = START + timedelta(hours=28)
        codes = [write(Code(1, 7, 1000 + n, 10**9 + n, START, until), self.key) for n in range(self.count)]
        return [
            Badge(
                name=f"Nguyễn Thị Thu Hà {n}", kind="ĐẠI BIỂU", tone="delegate", office=OFFICES[n % 3], site="Điểm cầu Lào Cai",
                group="Khối tỉnh ủy", code=code, short="482 915 307",
            )
            for n, code in enumerate(codes)
        ]  # fmt: skip

    def _printed(self) -> bytes:
        from printing.badges import print_badges

        return print_badges(self._badges(), self.occasion, form=self.form, about=self.about)

    def _bare(self) -> tuple[str, str]:
        """The same page with the codes as pictures in it, and its styles."""
        from printing.badges import set_badges
        from printing.fonts import face_rules
        from printing.qr import digits_svg

        badges = self._badges()
        order = set_badges(badges, self.occasion, form=self.form, about=self.about)
        first, *rest = order.html.split('<p class="enter">')
        pieces = [f'{digits_svg(one.code, "")}<p class="enter">{piece}' for one, piece in zip(badges, rest, strict=True)]
        return first + "".join(pieces), face_rules() + order.css + CODES


if __name__ == "__main__":
    main()
