"""The long work of this room, found by the room of jobs."""

from meetings.sites import work as sites  # noqa: F401
