"""Makes one reading copy in a process of its own: an order on standard input, pages counted on standard output, then it ends.

Run alone, as `python -I child.py`. It closes itself off before it opens the file; what it cannot take it names by a word.
"""

import contextlib
import errno
import json
import logging
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "ctypes.dlopen")
_FULL = {errno.ENOSPC: "disk", errno.EDQUOT: "disk", errno.EFBIG: "huge"}


class Pace:
    """Counts pages aloud, and gives a processor's seconds for one more step each time."""

    def __init__(self, seconds: int, pages: "int | None" = None) -> None:
        self._seconds, self.pages = seconds, pages or 0
        self._said = 0.0
        self.breathe()

    def breathe(self) -> None:
        """Begin another step: whoever needs longer for it is ended by the system."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used.ru_utime + used.ru_stime) + self._seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))

    def page(self, number: int, total: int) -> None:
        """Say that a page is done."""
        self.breathe()
        now = time.monotonic()
        if now - self._said > 0.2 or number == total:
            self._said = now
            sys.stdout.write(f"{number} {total}\n")
            sys.stdout.flush()


def main() -> NoReturn:
    """Take an order, do it, end."""
    perform(json.loads(sys.stdin.buffer.read()))


def perform(order: dict[str, Any]) -> NoReturn:
    """Close off, do what an order asks for, leave the answer beside the copy, end."""
    limits, folder = order["limits"], Path(order["folder"])
    logging.disable(logging.CRITICAL)  # libraries quote the file in what they say of it
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # too large a file is an error like another
    from copies import isolation, working  # all that will be needed, before the doors close

    isolation.limit(isolation.Limits(memory=limits["memory"], seconds=limits["seconds"], file=limits["output"]))
    with contextlib.suppress(isolation.NotPossible):
        isolation.enclose(
            reading=[order["source"], sys.prefix, sys.base_prefix, *working.NEEDED, str(ROOT / "copies")], writing=[folder]
        )
    sys.addaudithook(_forbid)
    answer: dict[str, Any] = {}
    with _words(answer):
        answer.update(working.work(order, Pace(limits["step"])))
    (folder / "said.json").write_text(json.dumps(answer))
    os._exit(0)


@contextlib.contextmanager
def _words(answer: dict[str, Any]) -> Iterator[None]:
    """Put a word for whatever goes wrong into the answer."""
    from copies.refusals import Refused

    try:
        yield
        return
    except Refused as refused:
        word = refused.word
    except (MemoryError, RecursionError):
        word = "bomb"
    except OSError as error:
        word = _FULL.get(error.errno or 0, "broken")
    except Exception:
        word = "broken"
    answer.clear()
    answer["refused"] = word


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"making a reading copy does not do {event}")


if __name__ == "__main__":
    main()
