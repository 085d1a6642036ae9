"""The press's child process: reads orders from its standard input, answers with files, ends when its parent is gone.

Run as `python -m printing.child FONT_DIRECTORY MEMORY_BYTES JOB_SECONDS` for PDFs; `printing.word.child` makes Word files.
"""

import gc
import json
import os
import queue
import resource
import shutil
import signal
import sys
import sysconfig
import tempfile
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Never

from printing.errors import FontMissing
from printing.order import Order
from printing.wire import read_frame, write_frame

#: Beyond the parent's own limit: only a child whose parent died in the middle of a job ever feels it.
GRACE_SECONDS = 10
#: The live pages go first.
NICENESS = 5
#: Objects made before the rubbish is looked through: layout makes millions that all live until the paper is done.
GARBAGE_AFTER = 200_000
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn")

#: What libraries look up by themselves while they lay out text.
SYSTEM = ("/usr/share/fonts/", "/etc/fonts/", "/usr/lib/", "/proc/self/", os.devnull)

#: Makes the file of an encoded order, with what is to be remarked about it.
Make = Callable[[bytes], tuple[bytes, list[str]]]


def main() -> None:
    """Print PDFs."""
    serve(_printer)


def serve(load: Callable[[Path], Make]) -> None:
    """Take limits, load what makes files, say ready, then serve one order after the other."""
    font_directory, memory, seconds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    orders, answers = _take_pipes()
    _limit(memory)
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders, waiting), daemon=True).start()
    make = load(font_directory)  # after the limits and the listener: importing takes a second
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER, 10, 10)
    sys.addaudithook(_Watch(font_directory))
    write_frame(answers, b"ready")
    while True:
        data = waiting.get()
        signal.alarm(seconds + GRACE_SECONDS)
        _answer(answers, data, make)
        del data
        gc.collect()
        signal.alarm(0)


def _printer(font_directory: Path) -> Make:
    from printing.pdf import make_pdf

    return lambda data: make_pdf(Order.decode(data), font_directory)


def _answer(answers: BinaryIO, data: bytes, make: Make) -> None:
    """Answer one order with three frames: that it is begun, what happened as JSON, and the file."""
    write_frame(answers, b"begun")
    made = b""
    try:
        made, remarks = make(data)
        said: dict[str, Any] = {"remarks": remarks}
    except FontMissing as error:
        said = {"error": str(error), "kind": "font"}
    except MemoryError:
        said = {"error": "out of memory", "kind": "memory"}
    except Exception as error:
        said = {"error": _where(error), "kind": "paper"}
    write_frame(answers, json.dumps(said).encode())
    write_frame(answers, made)


def _where(error: Exception) -> str:
    """Return what went wrong and where, without the error's own words: they may quote the paper, and this goes to the log."""
    steps = traceback.extract_tb(error.__traceback__)[-3:]
    return f"{type(error).__name__} in {' < '.join(f'{Path(step.filename).name}:{step.lineno}' for step in reversed(steps))}"


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
    """End without ceremony; the private temporary folder (fonts) goes too, which the watch would not let be opened."""
    _Watch.is_over = True
    shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
    os._exit(0)


class _Watch:
    """Second lock behind the address filter: nothing in here opens a connection, starts a program or opens a stranger's file.

    What may be read: the fonts, the programs' own modules, what fontconfig is told; what may be written: the own folder alone.
    """

    is_over = False

    def __init__(self, font_directory: Path) -> None:
        """Know the folders before the first order comes."""
        own = str(Path(tempfile.gettempdir()).resolve())
        self._written = (own + os.sep,)
        libraries = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
        self._read = (*self._written, *(f"{place}/" for place in (*libraries, font_directory)), *SYSTEM)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Raise PermissionError at what the press does not do."""
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"the press does not do {event}")
        if event == "open" and not self.is_over and not isinstance(arguments[0], int):
            self._opened(arguments[0], arguments[2])

    def _opened(self, path: Any, flags: int) -> None:
        place = os.path.abspath(os.fsdecode(path))
        writing = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        if not place.startswith(self._written if writing else self._read) and (writing or not place.endswith((".py", ".pyc"))):
            raise PermissionError("the press opens no such file")


if __name__ == "__main__":
    main()
