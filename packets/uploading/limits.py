"""How much may be sent, and for how long half a file waits for its rest. Sizes in bytes."""

from __future__ import annotations

from datetime import timedelta

MIB = 1024 * 1024
#: One file: the largest of which a copy is made (copies/making.py).
LARGEST_FILE = 400 * MIB
#: One chunk (PATCH): larger ones would be held in memory by what takes them in (live/serving/request.py).
LARGEST_CHUNK = 4 * MIB
#: What an account may have under way at once: a folder of papers, not a whole disk.
MOST_UNFINISHED = 200
MOST_UNFINISHED_BYTES = 4 * 1024 * MIB
#: What stays free on the disk: the database must be able to grow.
RESERVE = 256 * MIB
#: Half a file is kept so long after its last byte.
PATIENCE = timedelta(days=3)
#: Files that a plain form sends at once (without scripts): the server takes no larger body.
LARGEST_FORM = 30 * MIB
