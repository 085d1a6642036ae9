"""What can happen to the programme and the floor."""

from meetings.fact_kinds import Fact, fact


@fact("item.added")
class ItemAdded(Fact):
    """An item was put at a position."""

    item: int
    position: int
    kind_of_item: str
    title: str
    presenter: str
    minutes: int


@fact("item.edited")
class ItemEdited(Fact):
    """An item was given these data."""

    item: int
    position: int
    kind_of_item: str
    title: str
    presenter: str
    minutes: int


@fact("item.moved")
class ItemMoved(Fact):
    """An item went to another position; the others moved up or down by one."""

    item: int
    title: str
    old_position: int
    position: int


@fact("item.removed")
class ItemRemoved(Fact):
    """An item that had not begun was taken out; those behind it moved up."""

    item: int
    position: int
    title: str


@fact("item.opened")
class ItemOpened(Fact):
    """An item began."""

    item: int
    position: int
    kind_of_item: str
    title: str
    presenter: str
    minutes: int


@fact("item.closed")
class ItemClosed(Fact):
    """An item ended; requests nobody got to have lapsed."""

    item: int
    position: int
    title: str


@fact("item.deferred")
class ItemDeferred(Fact):
    """An item was put off to later."""

    item: int
    position: int
    title: str


@fact("floor.requested")
class FloorRequested(Fact):
    """Somebody, or a bridge point that will name its speaker, asked for the floor under an item."""

    request: int
    item: int
    name: str
    office: str
    bridge_point: str


@fact("floor.withdrawn")
class FloorWithdrawn(Fact):
    """A request was taken back."""

    request: int
    name: str
    bridge_point: str


@fact("floor.given")
class FloorGiven(Fact):
    """A speech began."""

    request: int
    item: int
    name: str
    office: str
    bridge_point: str


@fact("floor.yielded")
class FloorYielded(Fact):
    """A speech ended. `seconds`: its length without recesses."""

    request: int
    item: int
    name: str
    office: str
    bridge_point: str
    seconds: int
