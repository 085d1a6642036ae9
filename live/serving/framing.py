"""WebSocket framing of a text, remembered while the same text is sent again."""

from __future__ import annotations

import struct
from typing import Any

FIN_TEXT = 0x81
# The limit that Daphne puts on a message, in bytes; a frame of the live pages is kept under a quarter of it.
LARGEST_TEXT = 1 << 20


def text_frame(payload: bytes) -> bytes:
    """The bytes of an unmasked, unfragmented, uncompressed text frame, as a server sends it (RFC 6455, 5.2)."""
    length = len(payload)
    if length < 126:
        head = bytes((FIN_TEXT, length))
    elif length < 1 << 16:
        head = struct.pack("!BBH", FIN_TEXT, 126, length)
    else:
        head = struct.pack("!BBQ", FIN_TEXT, 127, length)
    return head + payload


class LastText:
    """The text message sent last and its frame.

    One place is enough: the hub sends one audience's text to all its sockets before it takes up the next. Messages are
    compared whole, which costs next to nothing where they hold the same text object.
    """

    __slots__ = ("frame", "message")

    def __init__(self) -> None:
        self.message: dict[str, Any] = {}
        self.frame = b""

    def frame_of(self, message: dict[str, Any]) -> bytes:
        """The frame of an ASGI message, made anew only if another text came between; nothing if it is no text, or too large."""
        if message != self.message:
            text = message.get("text") if message["type"] == "websocket.send" and not message.get("bytes") else None
            payload = text.encode() if text else b""
            if not 0 < len(payload) <= LARGEST_TEXT:
                return b""
            self.message, self.frame = dict(message), text_frame(payload)
        return self.frame
