"""The work of this room itself."""

from jobs import tidying  # noqa: F401
