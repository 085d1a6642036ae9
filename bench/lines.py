"""One JSON object per line on standard input and output: how the processes of a bench talk to one another."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

_waiting = bytearray()


def say(message: dict[str, Any]) -> None:
    """Writes one line and flushes it."""
    print(json.dumps(message), flush=True)


def take_line() -> dict[str, Any] | None:
    """The next line of standard input, None at its end. Reads unbuffered, so that epoll never misses a waiting line."""
    while b"\n" not in _waiting:
        data = os.read(sys.stdin.fileno(), 1 << 20)
        if not data:
            return None
        _waiting.extend(data)
    line, _newline, rest = bytes(_waiting).partition(b"\n")
    _waiting[:] = rest
    return dict(json.loads(line))
