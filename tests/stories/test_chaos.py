"""Bad lines, strikes and a full load of commands: nothing is lost, reordered or doubled, and nobody is silently behind."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.chaos.disturbing import KINDS
from tests.service import ROOT

FIGURES = re.compile(r"deliveries=(\d+) lost=0 reordered=0 doubled=0 silent=0 repair_p99_s=\d+\.\d\d")


def test_a_meeting_under_bad_lines_and_strikes_ends_at_the_truth_everywhere() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos"], cwd=ROOT, text=True, capture_output=True, timeout=400, check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    figures = FIGURES.fullmatch(done.stdout.splitlines()[-1])
    assert figures, said
    assert int(figures[1]) > 500, said
    kinds = re.search(r"^of each kind: (.+)$", done.stdout, re.M)
    assert kinds, said
    assert {one.split()[0] for one in kinds[1].split(", ")} == set(KINDS), said
    assert "'SIGTERM'" in said, said
    assert "'SIGKILL'" in said, said
