"""The press: a few warm child processes that print, outside the process that serves the live pages."""

import logging
import threading
import weakref
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from printing import fonts
from printing.errors import FontMissing, PrintingError, PrintingFailed
from printing.worker import Limits, Worker, WorkerLost

logger = logging.getLogger(__name__)

#: Children at once; the machine of a small office has two cores and a conference to serve.
CHILDREN = 2
#: Papers after which a child is replaced, against slow leaks in the layout libraries.
JOBS_PER_CHILD = 200


class Ordered(Protocol):
    """What the press is asked for: it goes to the child as bytes, and the log names it by its identifier alone."""

    @property
    def identifier(self) -> str:
        """32 hexadecimal digits."""

    def encode(self) -> bytes:
        """Return the order as its child reads it."""


class Press:
    """Thread-safe; starts nothing before the first order; its children end with the process, however that ends."""

    def __init__(
        self,
        *,
        children: int = CHILDREN,
        limits: Limits | None = None,
        jobs_per_child: int = JOBS_PER_CHILD,
        font_directory: Path = fonts.DIRECTORY,
        module: str = "printing.child",
    ) -> None:
        """Describe the press: at most `children` processes of `module`, each within `limits`."""
        self._module = module
        self._limits = limits or Limits()
        self._jobs_per_child = jobs_per_child
        self._font_directory = font_directory
        self._places = threading.BoundedSemaphore(children)
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._at_exit = weakref.finalize(self, _end_all, self._idle)

    def print(self, order: Ordered) -> bytes:
        """Return the file of an order, a PDF; raise PrintingFailed, or FontMissing, with a sentence for people.

        Blocks the calling thread: at most the time limit for a free child, and once more for the paper.
        """
        if not self._places.acquire(timeout=self._limits.seconds):
            raise PrintingFailed(_("Too many papers are being printed now. Try again in a minute."))
        try:
            return self._print(order)
        finally:
            self._places.release()

    def warm(self) -> None:
        """Start one child in the background, so that the first paper does not wait for it."""
        threading.Thread(target=self._warm, name="press-warm", daemon=True).start()

    def idle(self) -> list[int]:
        """Return the process ids of the children that wait for a paper."""
        with self._lock:
            return [worker.pid for worker in self._idle]

    def close(self) -> None:
        """End the idle children; the press starts new ones when it is asked again."""
        with self._lock:
            _end_all(self._idle)

    def _warm(self) -> None:
        try:
            with self._places:
                self._put_back(self._take())
        except (FontMissing, PrintingFailed) as error:
            logger.warning("the press cannot start: %s", error)

    def _print(self, order: Ordered) -> bytes:
        said, pdf = self._ask(order)
        for remark in said.get("remarks", ()):
            logger.warning("paper %s: %s", order.identifier, remark)
        if "error" in said:
            raise _failure(order, said)
        return pdf

    def _ask(self, order: Ordered) -> tuple[dict[str, Any], bytes]:
        worker = self._take()
        try:
            said, pdf = worker.ask(order.encode())
        except WorkerLost as error:
            worker.kill()
            if worker.jobs > 1 and not error.at_work and not worker.overdue:
                return self._ask(order)  # it had died in idleness; this order has done it no harm
            raise PrintingFailed(self._why_lost(worker)) from error
        if said.get("kind") == "memory":
            worker.kill()  # whatever else it holds is not to be trusted
        else:
            self._put_back(worker)
        return said, pdf

    def _take(self) -> Worker:
        """Return the child used last, which is the warmest, or a new one."""
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                return self._start()
            if worker.is_alive():
                return worker
            worker.kill()

    def _start(self) -> Worker:
        fonts.files(self._font_directory)
        worker = Worker(self._font_directory, self._limits, self._module)
        try:
            worker.wait_ready()
        except WorkerLost as error:
            worker.kill()
            raise PrintingFailed(_("The press could not start. The log says why.")) from error
        return worker

    def _put_back(self, worker: Worker) -> None:
        if worker.is_alive() and worker.jobs < self._jobs_per_child:
            with self._lock:
                self._idle.append(worker)
        else:
            worker.kill()

    def _why_lost(self, worker: Worker) -> str:
        if worker.overdue:
            return _("Printing took longer than %(seconds)d seconds and was stopped.") % {"seconds": self._limits.seconds}
        return _("The press broke down while printing this paper. Try again.")


def _failure(order: Ordered, said: dict[str, Any]) -> PrintingError:
    logger.error("paper %s was not printed: %s", order.identifier, said["error"])
    if said["kind"] == "font":
        return FontMissing(said["error"])
    if said["kind"] == "memory":
        return PrintingFailed(_("This paper is too large to be printed."))
    return PrintingFailed(_("This paper could not be laid out. The log says why."))


def _end_all(workers: list[Worker]) -> None:
    while workers:
        workers.pop().kill()


#: The press of this process.
PRESS = Press()
