"""The press under pressure: too slow, too large, killed, asked by many, left by its parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from printing.errors import FontMissing, PrintingFailed
from printing.press import Press
from printing.worker import ROOT, Limits
from tests.printing.measuring import texts
from tests.printing.minutes import order_for

SMALL = order_for("<p>Một trang</p>")
#: Minutes of work for the layout engine.
ENDLESS = order_for("<table>" + "<tr><td>" * 900 + "x" * 5000 + "</table>" + "<p>dài</p>" * 200_000)
MEGABYTE = 1024 * 1024


def gone(pid: int, within: float = 10) -> bool:
    return _soon(lambda: not _runs(pid), within)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _soon(true: Callable[[], bool], within: float) -> bool:
    end = time.monotonic() + within
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def test_nothing_runs_before_the_first_order_and_one_child_serves_the_next() -> None:
    press = Press()
    assert press.idle() == []
    press.print(SMALL)
    first = press.idle()
    press.print(SMALL)
    assert press.idle() == first
    press.close()
    assert gone(first[0])
    assert texts(press.print(SMALL)) == ["Một trang"]
    press.close()


def test_a_child_has_a_process_group_of_its_own_and_knows_no_secret() -> None:
    press = Press()
    os.environ["DIEMCAU_SECRET_KEY"], before = "x" * 60, os.environ.get("DIEMCAU_SECRET_KEY")
    try:
        press.print(SMALL)
    finally:
        os.environ.pop("DIEMCAU_SECRET_KEY")
        if before:
            os.environ["DIEMCAU_SECRET_KEY"] = before
    (pid,) = press.idle()
    assert os.getpgid(pid) == pid != os.getpgid(0)
    assert b"DIEMCAU" not in Path(f"/proc/{pid}/environ").read_bytes()
    press.close()


def test_a_paper_that_takes_too_long_is_stopped_and_the_next_one_comes() -> None:
    press = Press(children=1, limits=Limits(seconds=3))
    press.print(SMALL)
    (pid,) = press.idle()
    start = time.monotonic()
    with pytest.raises(PrintingFailed, match="3 "):
        press.print(ENDLESS)
    assert time.monotonic() - start < 6
    assert gone(pid)
    assert texts(press.print(SMALL)) == ["Một trang"]
    press.close()


def test_a_paper_that_needs_too_much_memory_is_refused_and_the_next_one_comes() -> None:
    press = Press(children=1, limits=Limits(memory=200 * MEGABYTE))
    with pytest.raises(PrintingFailed):
        press.print(ENDLESS)
    assert texts(press.print(SMALL)) == ["Một trang"]
    press.close()


def test_an_order_larger_than_the_childs_memory_is_refused_and_the_next_one_comes() -> None:
    press = Press(children=1, limits=Limits(memory=200 * MEGABYTE))
    with pytest.raises(PrintingFailed):
        press.print(order_for("x" * (120 * MEGABYTE)))
    assert texts(press.print(SMALL)) == ["Một trang"]
    press.close()


def test_a_child_killed_while_idle_is_replaced_unnoticed() -> None:
    press = Press()
    press.print(SMALL)
    (pid,) = press.idle()
    os.kill(pid, signal.SIGKILL)
    assert gone(pid)
    assert texts(press.print(SMALL)) == ["Một trang"]
    assert press.idle() != [pid]
    press.close()


def test_a_child_killed_at_work_is_reported_and_replaced() -> None:
    press = Press(children=1)
    press.print(SMALL)
    (pid,) = press.idle()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(press.print, ENDLESS)
        time.sleep(1)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(PrintingFailed):
            waiting.result(timeout=20)
    assert texts(press.print(SMALL)) == ["Một trang"]
    press.close()


def test_a_child_is_replaced_after_its_number_of_papers() -> None:
    press = Press(jobs_per_child=2)
    press.print(SMALL)
    first = press.idle()
    press.print(SMALL)
    assert press.idle() == []
    assert gone(first[0])
    press.print(SMALL)
    assert press.idle() != first
    press.close()


def test_many_threads_each_get_their_own_paper_from_two_children() -> None:
    press = Press(children=2)
    orders = [order_for(f"<p>Bản số {number}</p>") for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        pdfs = list(pool.map(press.print, orders))
    assert [texts(pdf)[0] for pdf in pdfs] == [f"Bản số {number}" for number in range(12)]
    assert 1 <= len(press.idle()) <= 2
    press.close()


def test_who_waits_too_long_for_a_free_child_is_told() -> None:
    press = Press(children=1, limits=Limits(seconds=2))
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(press.print, ENDLESS)
        time.sleep(0.2)
        with pytest.raises(PrintingFailed):
            press.print(SMALL)
        with pytest.raises(PrintingFailed):
            slow.result(timeout=30)
    press.close()


def test_a_missing_font_is_refused_before_anything_starts(tmp_path: Path) -> None:
    press = Press(font_directory=tmp_path)
    with pytest.raises(FontMissing, match="fonts-liberation2"):
        press.print(SMALL)
    assert press.idle() == []


def test_a_font_that_is_no_font_is_refused(tmp_path: Path) -> None:
    for face in ("Regular", "Bold", "Italic", "BoldItalic"):
        (tmp_path / f"LiberationSerif-{face}.ttf").write_bytes(b"not a font")
    with pytest.raises(FontMissing):
        Press(font_directory=tmp_path).print(SMALL)


def test_warming_starts_a_child_in_the_background() -> None:
    press = Press()
    press.warm()
    assert _soon(lambda: len(press.idle()) == 1, 30)
    press.close()


PARENT = """
import sys
from printing.order import Order
from printing.press import PRESS
order = Order.decode(sys.stdin.buffer.readline())
PRESS.print(order)
print(PRESS.idle()[0], flush=True)
if len(sys.argv) > 1:
    PRESS.print(Order.decode(sys.stdin.buffer.readline()))
sys.stdin.read()
"""


@pytest.mark.parametrize("busy", [False, True])
def test_no_child_outlives_a_parent_that_is_killed(busy: bool, tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, *(["busy"] if busy else [])],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert parent.stdin
    assert parent.stdout
    parent.stdin.write(SMALL.encode() + b"\n" + ENDLESS.encode() + b"\n")
    parent.stdin.flush()
    child = int(parent.stdout.readline())
    time.sleep(1 if busy else 0)
    parent.kill()
    parent.wait()
    assert gone(child)
    assert _soon(lambda: list(tmp_path.iterdir()) == [], 5), "the child left its folder behind"
    parent.stdin.close()
    parent.stdout.close()


def test_a_parent_that_ends_takes_its_children_along() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PARENT], cwd=ROOT, input=SMALL.encode() + b"\n", capture_output=True, timeout=60, check=True
    )
    assert gone(int(done.stdout))
