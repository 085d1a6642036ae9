"""The press's child process: reads orders from its standard input, answers with PDFs, ends when its parent is gone.

Run as `python -m printing.child FONT_DIRECTORY MEMORY_BYTES JOB_SECONDS`.
"""

import json
import os
import queue
import resource
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, BinaryIO, Never

from printing.errors import FontMissing
from printing.order import Order
from printing.wire import read_frame, write_frame

#: Beyond the parent's own limit: only a child whose parent died in the middle of a job ever feels it.
GRACE_SECONDS = 10
#: The live pages go first.
NICENESS = 5
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")


def main() -> None:
    """Take limits, load WeasyPrint, say ready, then serve one order after the other."""
    font_directory, memory, seconds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    orders, answers = _take_pipes()
    _limit(memory)
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders, waiting), daemon=True).start()
    from printing.pdf import make_pdf  # after the limits and the listener: importing takes a second

    sys.addaudithook(_forbid)
    write_frame(answers, b"ready")
    while True:
        data = waiting.get()
        signal.alarm(seconds + GRACE_SECONDS)
        _answer(answers, data, lambda order: make_pdf(order, font_directory))
        signal.alarm(0)


def _answer(answers: BinaryIO, data: bytes, make: Any) -> None:
    """Answer one order with three frames: that it is begun, what happened as JSON, and the PDF."""
    write_frame(answers, b"begun")
    pdf = b""
    try:
        pdf, remarks = make(Order.decode(data))
        said: dict[str, Any] = {"remarks": remarks}
    except FontMissing as error:
        said = {"error": str(error), "kind": "font"}
    except MemoryError:
        said = {"error": "out of memory", "kind": "memory"}
    except Exception as error:
        said = {"error": f"{type(error).__name__}: {error}"[:500], "kind": "paper"}
    write_frame(answers, json.dumps(said).encode())
    write_frame(answers, pdf)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for frames alone: what a library prints goes to the log instead."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return orders, answers


def _limit(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICENESS)


def _listen(orders: BinaryIO, waiting: "queue.SimpleQueue[bytes]") -> None:
    """Queue orders; leave at once, in the middle of a job too, when the parent closes the pipe or dies."""
    try:
        while True:
            waiting.put(read_frame(orders))
    finally:  # out of memory included: without a listener the child would neither work nor end
        _leave()


def _leave() -> Never:
    """End without ceremony; the private temporary folder (fonts) goes too."""
    shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
    os._exit(0)


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """Second lock behind the address filter: nothing in here opens a connection or starts a program."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"the press does not do {event}")


if __name__ == "__main__":
    main()
