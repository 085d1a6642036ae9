"""The tus 1.0.0 protocol: what its headers say. Pure."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
CHUNK_TYPE = "application/offset+octet-stream"
LONGEST_METADATA = 8_000
_MOST_DIGITS = 15


class Malformed(Exception):
    """The headers are not what the protocol says; `word` names the fault for programs."""


def number(text: str | None, name: str) -> int:
    """Return a size or an offset; raise Malformed when it is none."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        raise Malformed(f"{name} must be a whole number")
    return int(text)


def metadata(text: str) -> dict[str, str]:
    """Return what Upload-Metadata holds; raise Malformed when it is not pairs of a key and base64 of UTF-8."""
    if len(text) > LONGEST_METADATA:
        raise Malformed("Upload-Metadata is too long")
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        key, _, value = pair.partition(" ")
        if not key.isascii() or key in found:
            raise Malformed("Upload-Metadata names a key twice, or in strange letters")
        try:
            found[key] = b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError, ValueError):
            raise Malformed(f"Upload-Metadata: {key} is not base64 of UTF-8") from None
    return found


def speaks(headers: Mapping[str, str]) -> bool:
    """Tell whether a request speaks our version of the protocol."""
    return headers.get("Tus-Resumable") == VERSION
