"""A station: the example client of docs/ behind a line of its own, with what it was sent written down for the judge."""

from __future__ import annotations

import asyncio
import contextlib
import random
import sys
import time
from typing import Any

from tests.chaos.judge import Figures, OrderWatch, SilenceWatch
from tests.chaos.lines import Line
from tests.service import ROOT

sys.path.insert(0, str(ROOT / "docs" / "examples"))

from live_client import Account, LiveClient

__all__ = ["Account", "Station"]


class Station(LiveClient):
    """A client that is watched. `shown`: what its reader sees by part, whichever way it came last."""

    def __init__(
        self, name: str, account: Account, slug: str, screen: str, line: Line | None, figures: Figures, *,
        language: str = "vi", **where: str,
    ) -> None:  # fmt: skip
        super().__init__(account, slug, screen, **where)
        self.name, self.screen, self.line, self.figures = name, screen, line, figures
        self.language = language
        self.shown: dict[str, str] = {}
        self.order, self.silence = OrderWatch(), SilenceWatch()
        self.is_listening = False
        self.byes = self.pushed = 0  # pushed: the newest change that came over a socket
        self.ends = 0  # how often it has noticed that a socket was over
        self.troubles = 0  # how often something has happened to its line
        self.came_back = asyncio.Event()
        self.repairs: list[tuple[float, str]] = []
        self._awaited: tuple[int, float, str] | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.create_task(self.run(), name=self.name)

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def hurry(self) -> None:
        """The system says that the line is back: come back now instead of waiting for one's turn."""
        if not self.is_listening:
            await self.stop()
            await asyncio.sleep(random.random() / 2)
            self.start()

    async def listen(self) -> None:
        """Listen as the example does, and be known to."""
        try:
            await super().listen()
        finally:
            self.is_listening = False
            self.ends += 1

    # --- what is written down

    def await_repair(self, number: int, after: str) -> None:
        """The line is back at this moment, when its screen has last changed at `number`; `after` what."""
        self._awaited = (number, time.monotonic(), f"{self.name} after {after}")
        self._note_repair()

    def forget_repair(self) -> None:
        """Something else has happened to the line meanwhile: this repair says nothing."""
        self._awaited = None

    @property
    def is_repaired(self) -> bool:
        """Whether nothing is awaited any more."""
        return self._awaited is None

    @property
    def changed_at(self) -> int:
        """The number at which what it shows has last changed; frames that bring nothing do not count."""
        return max(self.order.parts.values(), default=0)

    def _note_repair(self) -> None:
        if self._awaited is not None and self.changed_at >= self._awaited[0]:
            took = time.monotonic() - self._awaited[1]
            self.figures.repairs.append(took)
            self.repairs.append((took, self._awaited[2]))
            self._awaited = None

    def take(self, frame: dict[str, Any]) -> None:
        """Write a frame down, then take it as the example does."""
        self.is_listening = "clock" not in frame or frame["t"] == "beat"  # an answer by HTTP carries the clock in its parts
        if frame["t"] == "parts":
            if fault := self.order.take(frame):
                self.figures.reordered.append(f"{self.name}: {fault}")
            self.figures.deliveries += bool(frame["parts"])
            if self.is_listening:  # by HTTP every part bears the number of the answer, not that of its change
                self.pushed = max([self.pushed, *(part["n"] for part in frame["parts"].values())])
        self.byes += frame["t"] == "bye"
        super().take(frame)
        if frame["t"] in ("parts", "soft"):
            self.shown |= {part: content["html"] for part, content in frame["parts"].items()}
        if frame["t"] in ("parts", "beat"):
            self.came_back.set()
        self._note_repair()

    @property
    def knows(self) -> bool:
        """Whether it knows that it may be behind: it is deaf by its own word, or on its way back."""
        return not self.is_listening or time.monotonic() - self.heard > 15
