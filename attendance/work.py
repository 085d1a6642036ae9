"""The work of this room: ledgers that a process has left unsealed."""

from attendance.ledger import sealer  # noqa: F401
