"""What can happen to doors and the devices at them."""

from meetings.fact_kinds import Fact, fact


@fact("door.opened")
class DoorOpened(Fact):
    """A bridge point was given a door where badges are read."""

    door: int
    name: str
    bridge_point: int
    bridge_point_name: str


@fact("door.closed")
class DoorClosed(Fact):
    """Badges are not read at a door any more; its devices were revoked before."""

    door: int
    name: str
    bridge_point: int
    bridge_point_name: str


@fact("scanner.opened")
class ScannerOpened(Fact):
    """A device was given the address under which it reads badges at a door."""

    scanner: int
    name: str
    is_kiosk: bool
    door: int
    door_name: str
    bridge_point: int
    bridge_point_name: str


@fact("scanner.revoked")
class ScannerRevoked(Fact):
    """The address of a device was made worthless; what it had read before it may still hand in."""

    scanner: int
    name: str
    door: int
    door_name: str
    bridge_point: int
    bridge_point_name: str
