"""The press at work, as the service uses it: a process of ``bench.minutes``, run as ``python -m bench.minutes_press``.

Orders: ``make`` sets the data of minutes with so many pages and answers with their page and styles; ``ours`` prints them once;
``many`` prints so many papers of a few pages in the background and answers when all are done; ``memory`` is that of the child.
"""

from __future__ import annotations

import copy
import io
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import django

from bench.lines import say, take_line
from bench.rig import TICKS_PER_S

#: Asked for at once: as many as the press has children.
THREADS = 2


def main() -> None:
    """Answers orders until there are no more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    house = House()
    with ThreadPoolExecutor(1) as background:
        while order := take_line():
            if order["do"] == "many":
                background.submit(house.many, order["count"])
            else:
                say(getattr(house, order["do"])(**{name: value for name, value in order.items() if name != "do"}))


class House:
    """The data of one paper and the press that prints it."""

    def __init__(self) -> None:
        from minutes.papers.samples import sample
        from printing.order import Particulars
        from printing.profiles import HD36_2018

        self.short = sample("BB", "party")
        self.data = self.short
        self.profile = HD36_2018
        dated = datetime(2025, 11, 26, 11, 45, tzinfo=timezone(timedelta(hours=7)))
        self.about = Particulars(title="Biên bản", identifier="bench:minutes", dated=dated)

    def make(self, pages: int) -> dict[str, Any]:
        """Sets the data; the page and the styles, for who prints them bare, and how many pages there are."""
        from minutes.papers.setting import set_paper
        from printing.fonts import face_rules
        from printing.style import stylesheet

        few, more = (page_count(self._printed(lengthened(self.short, times))) for times in (1, 9))
        self.data = lengthened(self.short, max(1, 1 + round((pages - few) * 8 / (more - few))))
        made = self._printed(self.data)
        html = set_paper(self.data, self.profile).html
        return {"html": html, "css": face_rules() + stylesheet(self.profile), "pages": page_count(made), "kb": len(made) // 1024}

    def ours(self) -> dict[str, Any]:
        """Prints once, from the data to a PDF with its data in it; how long that took."""
        start, spent = time.perf_counter(), cpu_s()
        made = self._printed(self.data)
        cpu = (cpu_s() - spent) * 1000
        return {"ms": (time.perf_counter() - start) * 1000, "cpu_ms": cpu, "bytes": len(made)}

    def many(self, count: int) -> None:
        """Prints papers of a few pages, as many at once as the press takes."""
        start = time.perf_counter()
        with ThreadPoolExecutor(THREADS) as hands:
            list(hands.map(lambda _number: self._printed(self.short), range(count)))
        say({"printed": count, "seconds": time.perf_counter() - start})

    def memory(self) -> dict[str, Any]:
        """What the child of the press has held at most, in MB."""
        from printing.press import PRESS

        return {"rss_mb": max(_most_mb(pid) for pid in PRESS.idle())}

    def _printed(self, data: dict[str, Any]) -> bytes:
        from minutes.papers.setting import set_paper
        from printing.papers import press_html

        inside = json.dumps(data, ensure_ascii=False).encode()
        page = set_paper(data, self.profile).html
        return press_html(page, self.profile, self.about, [("bien-ban.json", "application/json", inside)])


def lengthened(data: dict[str, Any], times: int) -> dict[str, Any]:
    """The same minutes with the account of the proceedings so many times over."""
    longer = copy.deepcopy(data)
    first, *middle, last = longer["text"]["parts"]
    longer["text"]["parts"] = [first, *(middle * times), last]
    return longer


def page_count(pdf: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def cpu_s() -> float:
    """The processor time used so far by this process and its children: the press, the process that fills templates."""
    mine = str(os.getpid())
    spent = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if mine in (place.parent.name, fields[1]):
            spent += int(fields[11]) + int(fields[12])
    return spent / TICKS_PER_S


def _most_mb(pid: int) -> float:
    told = Path(f"/proc/{pid}/status").read_text()
    return round(int(told.split("VmHWM:")[1].split()[0]) / 1024, 1)


if __name__ == "__main__":
    main()
