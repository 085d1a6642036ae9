"""The work of this room: sending what waits."""

from mailing import sending  # noqa: F401
