"""The hint after a commit: "the journal of meeting 7 is at 42". It carries no fact and may be lost without harm."""

import logging
from collections.abc import Callable

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

GROUP = "journals"
logger = logging.getLogger(__name__)
_listeners: list[Callable[[int, int], None]] = []


def announce(meeting_id: int, number: int) -> None:
    """After the commit, tell every process that a meeting's journal has reached `number`."""
    transaction.on_commit(lambda: _hint(meeting_id, number), robust=True)


def announce_leaving(account: int, session: str = "") -> None:
    """After the commit, tell every process that an account's sessions have ended, or one by its fingerprint: screens close."""
    hint: dict[str, object] = {"type": "account.left", "account": account, "session": session}
    transaction.on_commit(lambda: _send(hint), robust=True)


def listen(listener: Callable[[int, int], None]) -> None:
    """Also call `listener(meeting_id, number)` right after each commit in this process (measurements)."""
    _listeners.append(listener)


def _hint(meeting_id: int, number: int) -> None:
    for listener in _listeners:
        listener(meeting_id, number)
    _send({"type": "journal.moved", "meeting": meeting_id, "number": number})


def _send(hint: dict[str, object]) -> None:
    layer = get_channel_layer()
    if layer is None:
        return
    try:
        async_to_sync(layer.group_send)(GROUP, hint)
    except Exception:  # a dead channel layer costs a second of latency, never the command that has committed
        logger.warning("no hint sent: the channel layer does not answer", exc_info=True)
