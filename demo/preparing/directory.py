"""The demonstration's directory: who is responsible at each bridge point, with placeholders for people and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from meetings.actions import NewBridgePoint
from people.models import Organisation, Person, Position

TITLE = "Chánh Văn phòng"
SEATS = (80, 120, 60, 100)


def with_heads(new: Sequence[NewBridgePoint]) -> list[NewBridgePoint]:
    """Return the bridge points with a head from the directory, seats, equipment and the address of the video conference."""
    return [_furnished(place, one) if one.organisation else one for place, one in enumerate(new)]


def _furnished(place: int, one: NewBridgePoint) -> NewBridgePoint:
    assert one.organisation is not None
    code = one.organisation.code or "TW"
    return replace(
        one, head=_head(one.organisation, code), seats=SEATS[place % len(SEATS)], equipment="2 màn hình, 4 micro, camera PTZ",
        video_address=f"sip:diemcau-{code.lower()}@hoinghi.example.vn",
    )  # fmt: skip


def _head(unit: Organisation, code: str) -> Person:
    """Return the placeholder who is responsible for a unit's bridge point, entered once."""
    held = Position.objects.filter(organisation=unit, title=TITLE).select_related("person").first()
    if held is not None:
        return held.person
    person = Person.objects.create(
        full_name=f"Phụ trách điểm cầu {code}", phone=f"000 000 {unit.pk % 1000:03}", email=f"phu-trach-{code.lower()}@example.vn"
    )
    Position.objects.create(person=person, organisation=unit, title=TITLE)
    return person


def forget_heads() -> None:
    """Take the placeholders out again, unless somebody has given them something to do."""
    mine = Person.objects.filter(full_name__startswith="Phụ trách điểm cầu ", email__endswith="@example.vn")
    mine = mine.filter(user=None, participations=None, headed_bridge_points=None)
    Position.objects.filter(person__in=mine, title=TITLE).delete()
    mine.filter(positions=None).delete()
