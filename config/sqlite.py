"""Which SQLite library the process uses: never one that can corrupt a WAL database."""

import sys

# https://sqlite.org/wal.html#walresetbug: several connections on one WAL database can corrupt it.
FIXED = (3, 51, 3)
BACKPORTS = ((3, 50, 7), (3, 44, 6))


def use_safe_sqlite() -> None:
    """Put the bundled SQLite of the pysqlite3 wheel in place of Python's own (Debian 12 ships 3.40.1)."""
    import pysqlite3
    import pysqlite3.dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def is_safe(version: tuple[int, ...]) -> bool:
    """Tell whether an SQLite version is free of the WAL-reset corruption (fixed in 3.51.3 and two backports)."""
    return version >= FIXED or any(version[:2] == fixed[:2] and version >= fixed for fixed in BACKPORTS)
