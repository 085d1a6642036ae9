"""WeasyPrint alone on the same page: a process of ``bench.minutes``, run as ``python -m bench.minutes_bare``.

The same HTML, styles and font files; no archive form, no data inside, nothing checked. Warm, and as modest as the press's child.
"""

from __future__ import annotations

import os
import time

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench.lines import say, take_line

NICENESS = 5  # that of the press's child: on a busy machine the two must wait alike


def main() -> None:
    """Takes the page first, then prints it as often as asked."""
    os.nice(NICENESS)
    html = css = ""
    while order := take_line():
        if order["do"] == "take":
            html, css = order["html"], order["css"]
            say({"taken": len(html)})
            continue
        start, spent = time.perf_counter(), time.process_time()
        fonts = FontConfiguration()
        made = HTML(string=html).write_pdf(stylesheets=[CSS(string=css, font_config=fonts)], font_config=fonts)
        cpu = (time.process_time() - spent) * 1000
        say({"ms": (time.perf_counter() - start) * 1000, "cpu_ms": cpu, "bytes": len(made)})


if __name__ == "__main__":
    main()
