"""What can happen to addresses of the video conference. No fact holds an address or a PIN: who has them gets in."""

from meetings.fact_kinds import Fact, fact


@fact("video_address.added")
class VideoAddressAdded(Fact):
    """An address was entered: for all, or (`bridge_point`) for one. `sort`: its kind, such as sip; `use`: main, backup, view."""

    way: int
    number: int
    bridge_point: int | None
    bridge_point_name: str
    use: str
    sort: str
    has_pin: bool


@fact("video_address.edited")
class VideoAddressEdited(Fact):
    """An address was changed; `version` counts that."""

    way: int
    number: int
    bridge_point: int | None
    bridge_point_name: str
    use: str
    sort: str
    has_pin: bool
    version: int


@fact("video_address.removed")
class VideoAddressRemoved(Fact):
    """An address does not lead there any more."""

    way: int
    number: int
    bridge_point: int | None
    bridge_point_name: str
