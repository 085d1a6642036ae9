"""What can happen to a list of speakers beside asking for the floor and giving it."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("floor.named")
class FloorNamed(Fact):
    """A bridge point has said who speaks. `before`: as the line was announced; `speaking`: while the speech ran."""

    request: int
    item: int
    name: str
    office: str
    bridge_point: str
    before: str
    speaking: bool


@fact("floor.moved")
class FloorMoved(Fact):
    """A line was given another place. `pins`: who holds which place now, {id, place}; `version`: of the list from now on."""

    request: int
    item: int
    name: str
    bridge_point: str
    old_place: int
    place: int
    why: str
    version: int
    pins: list[dict[str, Any]]


@fact("floor.released")
class FloorReleased(Fact):
    """A line stands again where the rule puts it."""

    request: int
    item: int
    name: str
    bridge_point: str
    version: int


@fact("floor.extended")
class FloorExtended(Fact):
    """The running speech may take `minutes` more: `limit` in all."""

    request: int
    item: int
    name: str
    office: str
    bridge_point: str
    minutes: int
    limit: int


@fact("floor.prepared")
class FloorPrepared(Fact):
    """The next speakers were told to prepare; `site_command` told their bridge points (nothing: they have none)."""

    item: int
    requests: list[dict[str, Any]]
    site_command: int | None


@fact("floor.reminded")
class FloorReminded(Fact):
    """Who speaks was reminded of the time; `site_command` told the bridge point (nothing: there is none)."""

    request: int
    item: int
    name: str
    bridge_point: str
    site_command: int | None


@fact("speakers.closed")
class SpeakersClosed(Fact):
    """The list takes nothing but points of order."""

    item: int
    title: str


@fact("speakers.opened")
class SpeakersOpened(Fact):
    """The list takes wishes again."""

    item: int
    title: str
