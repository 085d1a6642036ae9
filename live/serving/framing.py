"""WebSocket framing of a text, remembered while the same text is sent again."""

from __future__ import annotations

import struct

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
    """The text sent last and its frame.

    One place is enough: the hub sends one audience's text to all its sockets before it takes up the next. The text is
    compared by identity, which costs nothing, and held here, so that its identity cannot pass to another text.
    """

    __slots__ = ("frame", "text")

    def __init__(self) -> None:
        self.text = ""
        self.frame = b""

    def frame_of(self, text: str) -> bytes:
        """The frame of ``text``, made anew only if another text came in between; nothing if it is too large to send."""
        if text is not self.text:
            payload = text.encode()
            self.frame = text_frame(payload) if len(payload) <= LARGEST_TEXT else b""
            self.text = text
        return self.frame
