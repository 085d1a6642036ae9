"""How parent and child of the press talk: frames of bytes, each after its length in four bytes."""

import struct
from typing import BinaryIO

_LENGTH = struct.Struct(">I")
#: A paper larger than this is no paper.
MAX_BYTES = 256 * 1024 * 1024


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Write one frame; raise ValueError when it is too large."""
    if len(data) > MAX_BYTES:
        raise ValueError("frame too large")
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes:
    """Read one frame; raise EOFError when the other side is gone or does not speak in frames."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > MAX_BYTES:
        raise EOFError("frame too large")
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if data is None or len(data) < length:
        raise EOFError("the other side is gone")
    return data
