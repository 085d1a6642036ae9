"""What can happen to the programme and the floor."""

from dataclasses import field
from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("item.added")
class ItemAdded(Fact):
    """An item was put at a place of the running order, under another one or none."""

    item: int
    position: int
    kind_of_item: str
    title: str
    presenter: str
    minutes: int
    parent: int | None = None
    sitting: int | None = None
    begins_at: str = ""
    note: str = ""


@fact("items.added")
class ItemsAdded(Fact):
    """Several items were added at once, each with the values of `item.added`, in the running order."""

    items: list[dict[str, Any]]


@fact("item.edited")
class ItemEdited(Fact):
    """An item was given these data."""

    item: int
    position: int
    kind_of_item: str
    title: str
    presenter: str
    minutes: int
    parent: int | None = None
    sitting: int | None = None
    begins_at: str = ""
    note: str = ""


@fact("items.retimed")
class ItemsRetimed(Fact):
    """Several items were given the same length."""

    items: list[int]
    minutes: int


@fact("item.moved")
class ItemMoved(Fact):
    """An item, with what is under it, went to another place of the running order; the others closed up."""

    item: int
    title: str
    old_position: int
    position: int
    parent: int | None = None
    sitting: int | None = None


@fact("item.removed")
class ItemRemoved(Fact):
    """An item that had not begun was taken out with all that was under it; those behind moved up."""

    item: int
    position: int
    title: str
    items: list[int] = field(default_factory=list)


@fact("programme.undone")
class ProgrammeUndone(Fact):
    """The last change, entry `step` of this journal, was undone: the programme is `items` again, in the running order."""

    step: int
    items: list[dict[str, Any]]


@fact("programme.released")
class ProgrammeReleased(Fact):
    """The programme was released under a number. `digest`: SHA-256 of all that was released."""

    number: int
    note: str
    items: int
    digest: str


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
