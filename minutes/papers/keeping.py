"""The files made last, kept for a moment in this process: a page shows a paper and its reader opens it, and it is set once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

MOST, LARGEST = 8, 8_000_000

_files: OrderedDict[str, bytes] = OrderedDict()
_lock = threading.Lock()


def kept(key: str, make: Callable[[], bytes]) -> bytes:
    """Return the file of a key, made if it is not at hand. `key` names all that it is made of."""
    with _lock:
        if key in _files:
            _files.move_to_end(key)
            return _files[key]
    made = make()
    if len(made) <= LARGEST:
        with _lock:
            _files[key] = made
            while len(_files) > MOST:
                _files.popitem(last=False)
    return made
