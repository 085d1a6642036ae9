"""Whether this process is about to stop: readiness fails first, so that nobody new is sent here."""

from threading import Event

_closing = Event()


def begin_closing() -> None:
    """Note that the process is about to stop."""
    _closing.set()


def is_closing() -> bool:
    """Tell whether the process is about to stop."""
    return _closing.is_set()
