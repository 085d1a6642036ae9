"""Doing several things at the same moment, each in a thread and a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def together(*works: Callable[[], Any], within: float = 60.0) -> list[Any]:
    """Do all of them at once; return what each returned or raised, nothing of one that is not done `within` seconds."""
    start, results = threading.Barrier(len(works)), [None] * len(works)

    def run(n: int, work: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[n] = work()
        except Exception as error:  # whatever it was, the test looks at it
            results[n] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(within)
    return results
