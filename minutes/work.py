"""The long work of the record."""

from minutes.issuance import posting, work  # noqa: F401
from minutes.review import letters  # noqa: F401
