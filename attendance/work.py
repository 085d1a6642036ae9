"""The work of this room: ledgers that a process has left unsealed, long reports."""

from attendance.badges import work as badges  # noqa: F401
from attendance.ledger import sealer  # noqa: F401
from attendance.reporting import work  # noqa: F401
