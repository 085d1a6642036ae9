"""The number line of minutes, left free for a hand; what follows from names is in printing/names.py. Pure."""

from __future__ import annotations

from printing.names import UNKNOWN_PLACE, in_lines, symbol, town

__all__ = ["BLANK", "UNKNOWN_PLACE", "in_lines", "number_line", "symbol", "town"]

#: Left free for a hand, or for the register once there is one.
BLANK = "\u00a0" * 8


def number_line(letters: str, *, is_state: bool = False) -> str:
    """Return the number without its figure, by a body's letters in numbers: “        -BB/VPTW”, “        /BB-SNV”."""
    return f"{BLANK}/BB-{letters}" if is_state else f"{BLANK}-BB/{letters}"
