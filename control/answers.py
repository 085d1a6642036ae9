"""What the control room answers when a lower floor asks: may this bridge point be removed?"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from meetings.models import BridgePoint


def is_announced_to(bridge_point: BridgePoint) -> Iterator[object]:
    """An announcement for one bridge point would be for all without it."""
    if bridge_point.announcements.filter(withdrawn_at=None).exists():
        yield _("An announcement for this bridge point stands. Withdraw it first.")


def has_a_display(bridge_point: BridgePoint) -> Iterator[object]:
    """A display would hang in no hall."""
    display = bridge_point.displays.filter(revoked_at=None).first()
    if display:
        yield _("A display belongs to this bridge point: %(name)s. Revoke it first.") % {"name": display.name}
