"""The frames protocol: a text that goes to every screen of an audience is framed once, and the same bytes go to each."""

from __future__ import annotations

import time
from typing import Any

from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol

PINGS_AT_ONCE, PINGS_A_SECOND = 20.0, 1.0
WAITING_LIMIT = 4 * 1024 * 1024  # bytes: nearly twice what the application sends to a screen that acknowledges nothing
SERVICE_RESTART = 1012  # registered under RFC 6455: the server restarts, the page comes back after a while


class FramesProtocol(WebSocketProtocol):
    """Daphne's WebSocket protocol that says whether ready frames may go straight to its transport.

    ``flows``: the connection is open and not compressed; ``line`` is its transport.
    """

    # In slots for the same reason as in the transport: a protocol has some eighty attributes.
    __slots__ = ("flows", "line", "phase", "pinged")

    @classmethod
    def with_options_of(cls, factory: WebSocketFactory) -> type[FramesProtocol]:
        """The protocol with the factory's options in the class.

        Autobahn would copy them into each new connection and format them for a debugging line that nobody reads: a third
        of what a connection costs, and 29 entries in each one's dictionary.
        """
        values = ((name, getattr(factory, name)) for name in cls.CONFIG_ATTRS)
        # A function in a class would become a method.
        options: dict[str, Any] = {name: staticmethod(value) if callable(value) else value for name, value in values}
        return type(cls.__name__, (cls,), options | {"CONFIG_ATTRS": []})

    @property
    def state(self) -> int:
        """Autobahn's state of the connection: connecting, open, closing or closed."""
        return self.phase

    @state.setter
    def state(self, state: int) -> None:
        self.phase = state
        self.line = self.transport
        self.flows = state == self.STATE_OPEN and self._perMessageCompress is None

    def send_frame(self, frame: bytes) -> bool:
        """Sends a ready frame after what waits already; False if it must take Daphne's way (not open yet, compressed)."""
        if not self.flows:
            return self.phase == self.STATE_CLOSED  # then it goes nowhere
        if not self.line.idle and self.line.waiting() > WAITING_LIMIT:
            self.dropConnection(abort=True)  # it acknowledges what it does not read
        else:
            self.line.write(frame)
        return True

    def onPing(self, payload: bytes) -> None:
        """autobahn's hook. Browsers never ping; whoever does it without end, perhaps without reading our answers, is cut off."""
        moment = time.monotonic()
        pings, last = getattr(self, "pinged", (0.0, moment))
        self.pinged = (max(0.0, pings - (moment - last) * PINGS_A_SECOND) + 1, moment)
        if self.pinged[0] > PINGS_AT_ONCE:
            self.dropConnection(abort=True)
        else:
            super().onPing(payload)

    def serverClose(self, code: int | None = None) -> None:
        """Closes with ``code``; also with the one for a restart, which autobahn keeps for itself."""
        if code == SERVICE_RESTART:
            self.close_for_restart()
        else:
            super().serverClose(code)

    def close_for_restart(self) -> None:
        """Closes with a close frame that says why; the other side answers it and the application hears of it."""
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code=SERVICE_RESTART)
