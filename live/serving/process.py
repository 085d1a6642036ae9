"""What the process itself is set to: how many files it may open, and how often Python looks for garbage."""

from __future__ import annotations

import gc
import resource


def raise_file_limit() -> int:
    """Raises the number of open files to what the system allows, and returns it. One screen is one open file."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def collect_garbage_rarely() -> None:
    """Makes cycle collection rare, to be called once everything is loaded.

    A connected screen is a few hundred objects that live for the whole meeting. With Python's default of a look every 700
    new objects, 10,000 screens that come back at once are walked over again and again: connecting becomes quadratic (15,000
    screens took 144 s instead of 9 s). What is loaded at start never becomes garbage; it is frozen, out of every look.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
