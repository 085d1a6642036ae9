"""Makes many copies, each in a child that is forked off and closed off as the product's own; run alone, orders as JSON lines.

Libraries are loaded once; of copies/child.py everything else runs as in the product. Answers with a JSON line for each order.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from copies import child, hanging, isolation, working  # noqa: F401  (loaded before anything is forked)

hanging._letters()  # the font of marks, cut down once
SECONDS = 60


def one(order: dict[str, object]) -> dict[str, object]:
    """Let a child do an order; say what it said, what it took of a processor, how it ended."""
    began = time.monotonic()
    number = os.fork()
    if not number:
        nothing = os.open(os.devnull, os.O_RDWR)
        for line in (0, 1, 2):
            os.dup2(nothing, line)
        try:
            child.perform(order)
        finally:
            os._exit(99)
    ended = 0
    while not ended:
        if time.monotonic() - began > SECONDS:
            os.kill(number, signal.SIGKILL)
        time.sleep(0.004)
        ended, status, used = os.wait4(number, os.WNOHANG)
    said = Path(str(order["folder"])) / "said.json"
    found = json.loads(said.read_text()) if said.exists() else {"lost": status}
    return {**found, "seconds": used.ru_utime + used.ru_stime}


def main() -> None:
    """Do every order on standard input."""
    for line in sys.stdin:
        order = json.loads(line)
        Path(order["folder"]).mkdir(parents=True, exist_ok=True)
        sys.stdout.write(json.dumps(one(order)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
