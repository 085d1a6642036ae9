"""The standing cast and its room: who appears in tests, always the same people in the same places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.test import Client

from agenda.models import AgendaItem
from meetings.actions import NewParticipant, add_participants
from meetings.models import BridgePoint, Meeting, Participant, Role
from people.models import Organisation, User
from tests.make import make_asked_unit, make_bridge_points, make_item, make_meeting, make_user, make_users, the_secretariat

Cast = dict[str, User]

OFFICE = {
    "administrator": User.OfficeRole.ADMINISTRATOR,
    "secretariat": User.OfficeRole.SECRETARIAT,
    "clerk": User.OfficeRole.CLERK,
    "focal_point": User.OfficeRole.FOCAL_POINT,
    "unit_head": User.OfficeRole.UNIT_HEAD,
    "stranger": User.OfficeRole.NONE,
}


@dataclass(frozen=True)
class Room:
    """A furnished meeting. `people`: participants by name in the cast (and extras); `sites`: the central one first."""

    meeting: Meeting
    sites: list[BridgePoint]
    items: list[AgendaItem]
    people: dict[str, Participant]

    @property
    def lao_cai(self) -> BridgePoint:
        """The bridge point of operator and technician."""
        return self.sites[1]

    def objects(self) -> list[Model]:
        """Return every object of the room, in the same order each time."""
        persons = [one.person for one in self.people.values() if one.person]
        users = [person.user for person in persons if hasattr(person, "user")]
        return [self.meeting, *self.sites, *self.items, *self.people.values(), *persons, *users]


def furnish(*, slug: str = "", suffix: str = "", **kw: Any) -> Room:
    """Return a new room; `suffix` makes the user names of a second one."""
    meeting = make_meeting(slug=slug, **kw)
    sites = make_bridge_points(meeting, "Lào Cai", "Hà Tĩnh", "Cà Mau", central="Điểm cầu trung tâm")
    seats: dict[str, tuple[str, int, str, str]] = {
        "chair": (Role.CHAIR, 0, "Nguyễn Văn Chủ", "Trưởng ban"),
        "secretary": (Role.SECRETARY, 0, "Trần Thị Thư", "Thư ký"),
        "guest": (Role.GUEST, 0, "Lê Văn Khách", "Chuyên gia"),
        "observer": (Role.OBSERVER, 0, "Phạm Thị Quan", "Phóng viên"),
        "delegate": (Role.DELEGATE, 1, "Giàng A Đại", "Phó Bí thư"),
        "operator": (Role.OPERATOR, 1, "Lý Thị Vận", "Chuyên viên"),
        "technician": (Role.TECHNICIAN, 1, "Hoàng Văn Kỹ", "Kỹ thuật viên"),
        "other_operator": (Role.OPERATOR, 2, "Đặng Thị Hành", "Chuyên viên"),
    }
    extras = {"lao_cai_2": (1, "Vàng Seo Hai"), "ha_tinh": (2, "Phan Đình Ba"), "ca_mau": (3, "Lâm Út Tư")}
    users = make_users([name + suffix for name in seats])
    new = [
        NewParticipant(
            name=full, role=role, bridge_point=sites[at], position=position, unit=sites[at].short_name, person=user.person
        )
        for (role, at, full, position), user in zip(seats.values(), users, strict=True)
    ]
    new += [
        NewParticipant(name=full, bridge_point=sites[at], position="Ủy viên", unit=sites[at].short_name)
        for at, full in extras.values()
    ]
    new.append(NewParticipant(name="Vũ Thị Năm", position="Ủy viên"))
    made = add_participants(meeting, by=the_secretariat(), participants=new)
    people = dict(zip([*seats, *extras, "unplaced"], made, strict=True))
    titles = ("Khai mạc", "Báo cáo tổng kết", "Thảo luận", "Kết luận")
    items = [make_item(meeting, title, presenter="Nguyễn Văn Chủ", speech_minutes=5) for title in titles]
    return Room(meeting=meeting, sites=sites, items=items, people=people)


def cast_of(room: Room) -> Cast:
    """Return the accounts: participants of the room, and the office's. The room asks the focal point's unit, Lào Cai."""
    named = {name: p.person.user for name, p in room.people.items() if hasattr(p.person, "user")}
    office = {name: make_user(f"{name}-office", office_role=role) for name, role in OFFICE.items()}
    lao_cai = Organisation.objects.get(kind=Organisation.Kind.PROVINCE, short_name="Lào Cai")
    if Meeting.objects.get(pk=room.meeting.pk).state != Meeting.State.ADJOURNED:  # one that is over asks nobody
        lao_cai = make_asked_unit(room.meeting, "Lào Cai").organisation
    office["focal_point"].organisation = lao_cai
    office["focal_point"].save()
    return named | office


class Clients(dict[str, Client]):
    """Signed-in browsers by name in the cast, each made when it is first asked for; `anonymous` has not signed in."""

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self.cast = cast

    def __missing__(self, name: str) -> Client:
        self[name] = client = Client() if name == "anonymous" else signed_in(self.cast[name])
        return client


def signed_in(user: User) -> Client:
    """Return a browser in which this person has signed in."""
    client = Client()
    client.force_login(user)
    return client
