"""What a log line may say: no address that is itself a right (a public display's or a device's token, a socket's ticket)."""

import logging
import re

_TOKENS = re.compile(r"(/[ds]/)(?!worker\.js\b)[^/\s?]+|(ticket=)[^&\s]+")


class DiscreetFormatter(logging.Formatter):
    """Writes such addresses without the part that gives access."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, tracebacks included."""
        return _TOKENS.sub(lambda found: (found[1] or found[2]) + "…", super().format(record))
