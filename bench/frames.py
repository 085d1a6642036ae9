"""The few bytes of RFC 6455 that the benches speak: reading a server's frames, writing a client's."""

from __future__ import annotations

import base64
import hashlib
import struct

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
HANDSHAKE_SALT = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def header(opcode: int, length: int) -> bytes:
    """The head of an unmasked, unfragmented frame (RFC 6455, 5.2)."""
    first = 0x80 | opcode
    if length < 126:
        return bytes((first, length))
    if length < 1 << 16:
        return struct.pack("!BBH", first, 126, length)
    return struct.pack("!BBQ", first, 127, length)


def client_frame(opcode: int, payload: bytes) -> bytes:
    """A client's frame, masked with zeroes: valid, and it costs the client nothing to make."""
    head = bytearray(header(opcode, len(payload)))
    head[1] |= 0x80
    return bytes(head) + b"\0\0\0\0" + payload


def first_frame(data: bytes) -> tuple[int, bytes, int] | None:
    """Opcode, payload and whole length of the first server frame in ``data``; None while it is incomplete."""
    if len(data) < 2:
        return None
    length, start = data[1] & 0x7F, 2
    if length == 126:
        length, start = int.from_bytes(data[2:4], "big"), 4
    elif length == 127:
        length, start = int.from_bytes(data[2:10], "big"), 10
    if len(data) < start + length or len(data) < start:
        return None
    return data[0] & 0x0F, bytes(data[start : start + length]), start + length


def upgrade_request(path: str, host: str) -> bytes:
    """An opening handshake for ``path`` as a page of the same origin would send it."""
    key = base64.b64encode(b"bench-fan-out-16").decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def upgrade_answer(request: bytes) -> bytes:
    """The server's half of the opening handshake."""
    key = request.partition(b"Sec-WebSocket-Key: ")[2].partition(b"\r\n")[0]
    accept = base64.b64encode(hashlib.sha1(key + HANDSHAKE_SALT).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )
