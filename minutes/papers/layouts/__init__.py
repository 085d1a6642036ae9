"""Layout profiles as an office sets them: which numbers, from where, and the pages on which they are read and set."""

from minutes.papers.layouts.queries import profile_of

__all__ = ["profile_of"]
