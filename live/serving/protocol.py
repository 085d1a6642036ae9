"""The frames protocol: a text that goes to every screen of an audience is framed once, and the same bytes go to each."""

from __future__ import annotations

from daphne.ws_protocol import WebSocketProtocol

from live.serving.framing import LastText

SERVICE_RESTART = 1012  # registered under RFC 6455: the server restarts, the page comes back after a while


class FramesProtocol(WebSocketProtocol):
    """Daphne's WebSocket protocol with a short cut for texts to an open, uncompressed connection."""

    last_text = LastText()

    def send_text(self, text: str) -> bool:
        """Sends ``text`` the short way; False if it must take Daphne's way (not open, compressed, queued, too large)."""
        last = self.last_text
        frame = last.frame if text is last.text else last.frame_of(text)
        if self.state != self.STATE_OPEN or not frame or self.send_queue or self._perMessageCompress is not None:
            return False
        self.transport.write(frame)
        return True

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
