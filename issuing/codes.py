"""The code by which a paper is checked: made once, shown in groups, read whatever a person typed. Pure."""

from __future__ import annotations

import base64
import secrets

BYTES = 16
#: Letters and figures of a whole code.
LENGTH = 26
#: Figures people type for letters that look alike; a code has no 0, 1, 8 or 9.
_LOOKALIKES = str.maketrans({"0": "O", "1": "I", "8": "B"})


def new_code() -> str:
    """Return 128 random bits as 26 capital letters and figures."""
    return base64.b32encode(secrets.token_bytes(BYTES)).decode().rstrip("=")


def spelled(code: str) -> str:
    """Return a code in groups of four, as people read and type it."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read_code(typed: str) -> str:
    """Return a code as it is kept, whatever a person typed between and instead of its letters; never longer than a whole one."""
    return "".join(typed.split()).replace("-", "").upper().translate(_LOOKALIKES)[:LENGTH]
