"""Whether this process is about to stop: readiness fails first, so that nobody new is sent here."""

_closing = False


def begin_closing() -> None:
    """Note that the process is about to stop."""
    global _closing
    _closing = True


def is_closing() -> bool:
    """Tell whether the process is about to stop."""
    return _closing
