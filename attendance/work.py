"""The work of this room: ledgers that a process has left unsealed, long reports."""

from attendance.ledger import sealer  # noqa: F401
from attendance.reporting import work  # noqa: F401
