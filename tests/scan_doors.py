"""Rows of the table of rights for doors and devices, and good bodies of their commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attendance.scanning.models import Scanner
from attendance.scanning.tokens import token_of
from tests.cast import Room
from tests.scans import make_scanner

Sent = dict[str, Any]

# The operator is Lào Cai's: of another bridge point's device there is nothing for them.
SCANNING_PAGES = """
attendance:doors                   in     403    403    403    403    200    403    200    404    404    200    200    403
attendance:scanner                 in     403    403    403    403    200    403    200    404    404    200    200    403
attendance:scanner(another)        in     403    403    403    403    404    403    200    404    404    200    200    403
attendance:scan                    200    200    200    200    200    200    200    200    200    200    200    200    200
attendance:scan_list               200    200    200    200    200    200    200    200    200    200    200    200    200
attendance:scan_post               405    405    405    405    405    405    405    405    405    405    405    405    405
attendance:scan_worker             200    200    200    200    200    200    200    200    200    200    200    200    200
"""

SCANNING_COMMANDS = """
door.open                in     403    403    403    403    200    403    200    404    404    200    200    403
door.close               in     403    403    403    403    200    403    200    404    404    200    200    403
scanner.open             in     403    403    403    403    200    403    200    404    404    200    200    403
scanner.revoke           in     403    403    403    403    200    403    200    404    404    200    200    403
"""


SCANNING: dict[str, Callable[[Room, str], Sent]] = {
    "door.open": lambda room, role: {"bridge_point": room.lao_cai, "name": "Cửa phụ"},
    "door.close": lambda room, role: {"door": make_scanner(room.lao_cai).door},
    "scanner.open": lambda room, role: {"bridge_point": room.lao_cai, "name": "Máy 1"},
    "scanner.revoke": lambda room, role: {"scanner": make_scanner(room.lao_cai)},
}


def behind_scanners(route: str, room: Room, *, another: bool) -> dict[str, Any]:
    """Return the device a route speaks of: of the operator's bridge point, or of another one."""
    if route.partition(":")[2] not in ("scanner", "scan", "scan_list", "scan_post"):
        return {}
    site = room.sites[2] if another else room.lao_cai
    device = Scanner.objects.filter(door__bridge_point=site, revoked_at=None).first() or make_scanner(site)
    return {"scanner": device.pk, "token": token_of(device)}
