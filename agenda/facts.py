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
    """An item began. `planned_at`: when it should have; `admitted`: who is in beside the hall, where it is `in_camera`."""

    item: int
    position: int
    kind_of_item: str
    title: str
    presenter: str
    minutes: int
    planned_at: str = ""
    in_camera: bool = False
    admitted: list[str] = field(default_factory=list)


@fact("item.closed")
class ItemClosed(Fact):
    """An item ended; requests nobody got to have lapsed. `planned_until`: when it should have; `seconds`: without recesses."""

    item: int
    position: int
    title: str
    planned_until: str = ""
    seconds: int | None = None


@fact("item.deferred")
class ItemDeferred(Fact):
    """An item was put off to later."""

    item: int
    position: int
    title: str


@fact("item.skipped")
class ItemSkipped(Fact):
    """An item is not held, and why."""

    item: int
    position: int
    title: str
    why: str


@fact("item.restored")
class ItemRestored(Fact):
    """An item that was skipped, put off or brought forward stands at its place in the programme again."""

    item: int
    position: int
    title: str


@fact("item.merged")
class ItemMerged(Fact):
    """An item is dealt with together with the open one (`into`)."""

    item: int
    position: int
    title: str
    presenter: str
    into: int
    into_title: str


@fact("item.advanced")
class ItemAdvanced(Fact):
    """An item comes next, before the one (`before`) that would have."""

    item: int
    position: int
    title: str
    before: int | None
    before_title: str


@fact("item.restricted")
class ItemRestricted(Fact):
    """An item is a closed one: in are, beside the hall, `sites` and `people` ([{id, name}, …])."""

    item: int
    title: str
    why: str
    has_secret_title: bool
    sites: list[dict[str, Any]]
    people: list[dict[str, Any]]


@fact("item.unrestricted")
class ItemUnrestricted(Fact):
    """A closed item is an ordinary one again."""

    item: int
    title: str


@fact("floor.requested")
class FloorRequested(Fact):
    """Somebody, or a bridge point that will name its speaker, asked for the floor under an item; or was registered to speak.

    `answers`: the speech replied to; `minutes`: the limit. A point of order moves the places set by hand back by one.
    """

    request: int
    item: int
    name: str
    office: str
    bridge_point: str
    kind_of_speech: str = "discussion"
    minutes: int | None = None
    answers: int | None = None


@fact("floor.withdrawn")
class FloorWithdrawn(Fact):
    """A request was taken back. `place`: where it stood among those who wait (0: not told)."""

    request: int
    name: str
    bridge_point: str
    place: int = 0


@fact("floor.given")
class FloorGiven(Fact):
    """A speech began. `place`: where it stood among those who waited (0: not told); `why`: out of turn."""

    request: int
    item: int
    name: str
    office: str
    bridge_point: str
    kind_of_speech: str = "discussion"
    place: int = 0
    why: str = ""


@fact("floor.yielded")
class FloorYielded(Fact):
    """A speech ended. `seconds`: its length without recesses."""

    request: int
    item: int
    name: str
    office: str
    bridge_point: str
    seconds: int
