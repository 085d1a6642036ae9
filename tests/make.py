"""Plain builders: each makes one thing, through the same actions as the buttons, without a random choice."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from agenda import actions as agenda
from agenda.models import AgendaItem, FloorRequest, Speech, SpeechCall
from agenda.speeches import actions as speeches
from attendance.models import AskedUnit, Registration
from attendance.presence.actions import mark_presence
from attendance.registration.actions import Line, add_registration, ask_units, send_registrations
from control.actions import issue_site_command, open_display, publish_announcement, send_message
from control.models import Announcement, Display, Message, SiteCommand
from meetings import actions
from meetings.importing import kinds, runs
from meetings.importing.models import ImportRun
from meetings.models import BridgePoint, Journal, Meeting, Participant, ParticipantGroup, Role
from meetings.procedure import Actor
from meetings.queries import actor_for, office_actor
from minutes.blocks.actions import edit_block
from minutes.models import Minutes, MinutesBlock, Print
from people.models import Organisation, Person, User
from sheets import write_csv

START = datetime(2025, 11, 26, 8, 30, tzinfo=timezone.get_default_timezone())
_command_numbers = count(1)


def make_command_id() -> str:
    """Return a command id nobody has used before: the next one of a row."""
    return str(uuid.UUID(int=next(_command_numbers)))


def make_organisation(name: str = "Văn phòng Trung ương Đảng", **kw: Any) -> Organisation:
    """Return a central organisation, made once."""
    data = {"kind": Organisation.Kind.CENTRAL, "short_name": name[:80]} | kw
    return Organisation.objects.get_or_create(name=name, defaults=data)[0]


def make_user(username: str, *, office_role: str = "", name: str | None = None, **kw: Any) -> User:
    """Return a new account with its person; the password is the user name, twice."""
    person = Person.objects.create(full_name=name or f"Người {username}")
    return User.objects.create_user(username, username * 2, office_role=office_role, person=person, **kw)


def make_users(usernames: Sequence[str]) -> list[User]:
    """Return many accounts with their people, without a password: their browsers are signed in by the test."""
    people = Person.objects.bulk_create(Person(full_name=f"Người {name}") for name in usernames)
    users = [User(username=name, person=person, password="!") for name, person in zip(usernames, people, strict=True)]
    return User.objects.bulk_create(users)


def the_secretariat() -> Actor:
    """Return the office's secretariat, made once: who builds meetings in tests."""
    user = User.objects.filter(username="van-phong").first() or make_user(
        "van-phong", office_role=User.OfficeRole.SECRETARIAT, name="Văn phòng"
    )
    return office_actor(user)


def make_meeting(*, title: str = "Hội nghị thử nghiệm", start: datetime = START, **kw: Any) -> Meeting:
    """Return a new meeting in preparation, of one sitting of three hours."""
    data: dict[str, Any] = {
        "by": the_secretariat(),
        "organiser": make_organisation(),
        "mode": Meeting.Mode.HYBRID,
        "place": "Hội trường trung tâm",
        "sittings": [(start, start + timedelta(hours=3))],
    }
    return actions.create_meeting(title=title, **data | kw)


def make_bridge_points(meeting: Meeting, *names: str, central: str = "") -> list[BridgePoint]:
    """Return new bridge points, the central one first when it is named."""
    new = [actions.NewBridgePoint(name=central, short_name="Trung tâm", is_central=True)] if central else []
    new += [actions.NewBridgePoint(name=f"Điểm cầu {name}", short_name=name, place=name) for name in names]
    return actions.add_bridge_points(meeting, by=the_secretariat(), bridge_points=new)


def make_participant(
    meeting: Meeting,
    name: str,
    *,
    role: str = Role.DELEGATE,
    site: BridgePoint | None = None,
    user: User | None = None,
    **kw: Any,
) -> Participant:
    """Return a new participant, perhaps with an account."""
    new = actions.NewParticipant(name=name, role=role, bridge_point=site, person=user.person if user else None, **kw)
    return actions.add_participants(meeting, by=the_secretariat(), participants=[new])[0]


def make_participants(meeting: Meeting, names: Sequence[str], *, site: BridgePoint | None = None, **kw: Any) -> list[Participant]:
    """Return many new delegates in one step."""
    new = [actions.NewParticipant(name=name, bridge_point=site, **kw) for name in names]
    return actions.add_participants(meeting, by=the_secretariat(), participants=new)


def make_import_run(meeting: Meeting | None, rows: Sequence[Sequence[str]] = (), *, kind: str = "participants") -> ImportRun:
    """Return an uploaded list of names and units, judged and not yet applied; one new person unless `rows` are given."""
    known, by = kinds.find(kind, of_meeting=meeting is not None), the_secretariat().user
    if known is None or kind != "participants":
        table: dict[str, Any] = {"columns": {}, "rows": []}
        return ImportRun.objects.create(kind=kind, meeting=meeting, uploaded_by=by, file_name="x.csv", table=table)
    data = write_csv(["Họ và tên", "Đơn vị"], rows or [["Lò Văn Mới", "Lào Cai"]])
    return runs.start(known, meeting, by=by, name="danh-sach.csv", data=data)


def make_group(meeting: Meeting, name: str = "Khách mời") -> ParticipantGroup:
    """Return a new group of participants."""
    return actions.add_group(meeting, by=the_secretariat(), name=name)


def make_asked_unit(meeting: Meeting, province: str = "Cà Mau", **kw: Any) -> AskedUnit:
    """Return a province that is asked to register its people, with its places (quota, places)."""
    organisation = Organisation.objects.get(kind=Organisation.Kind.PROVINCE, short_name=province)
    return ask_units(meeting, by=the_secretariat(), organisations=[organisation], **kw)[0]


def make_registration(
    unit: AskedUnit, name: str = "Lò Văn Mới", *, kind: str = "attend", sent: bool = False, **kw: Any
) -> Registration:
    """Return a new line of a unit's list, perhaps sent with the rest."""
    line = Line(**{"name": name, "position": "Chuyên viên", "unit_name": unit.organisation.name} | kw)
    made = add_registration(unit.meeting, by=the_secretariat(), unit=unit, kind=kind, line=line)
    if sent:
        send_registrations(unit.meeting, by=the_secretariat(), unit=unit)
        made.refresh_from_db()
    return made


def make_item(meeting: Meeting, title: str = "Báo cáo", **kw: Any) -> AgendaItem:
    """Return a new item at the end of the programme."""
    return agenda.add_item(meeting, by=the_secretariat(), title=title, **{"minutes": 15} | kw)


def make_items(meeting: Meeting, number: int, title: str = "Nội dung") -> list[AgendaItem]:
    """Return many items, written straight to the tables: for pages, not for the journal."""
    at = meeting.items.count()
    rows = [
        AgendaItem(meeting=meeting, position=at + n, number=str(at + n), title=f"{title} {n}", minutes=5)
        for n in range(1, number + 1)
    ]
    return AgendaItem.objects.bulk_create(rows)


def make_speech_call(meeting: Meeting, **kw: Any) -> SpeechCall:
    """Return the meeting's registration of speeches, opened for a new item of 30 minutes when there is none."""
    known = meeting.speech_calls.first()
    if known and not kw:
        return known
    item = kw.pop("item", None) or make_item(meeting, "Tham luận của các điểm cầu", kind="speeches", minutes=30)
    data: dict[str, Any] = {"deadline": None, "minutes": 8, "per_unit": 1, "message": ""}
    return speeches.set_speech_call(meeting, by=the_secretariat(), item=item, **data | kw)


def make_speech(unit: AskedUnit, title: str = "Số hóa văn bản", *, call: SpeechCall | None = None, **kw: Any) -> Speech:
    """Return a speech a unit offers; `picked`: picked at once."""
    picked, by = kw.pop("picked", False), the_secretariat()
    data: dict[str, Any] = {"outline": "Ba bài học.", "minutes": 8} | kw
    made = speeches.offer_speech(unit.meeting, by=by, call=call or make_speech_call(unit.meeting), unit=unit, title=title, **data)
    if picked:
        speeches.pick_speech(unit.meeting, by=by, speech=made, version=made.version)
        made.refresh_from_db()
    return made


def make_display(meeting: Meeting, name: str = "Màn hình hội trường", site: BridgePoint | None = None) -> Display:
    """Return a new public display."""
    return open_display(meeting, by=the_secretariat(), name=name, bridge_point=site)


def make_announcement(meeting: Meeting, text: str = "Nghỉ giải lao 10 phút.", **kw: Any) -> Announcement:
    """Return a new announcement, for all unless `sites` are named."""
    return publish_announcement(meeting, by=the_secretariat(), text=text, **kw)


def make_site_command(meeting: Meeting, text: str = "Kiểm tra micro.", *, kind: str = "other", **kw: Any) -> SiteCommand:
    """Return a new site command, to all bridge points unless `sites` are named."""
    return issue_site_command(meeting, by=the_secretariat(), kind=kind, text=text, **kw)


def make_message(site: BridgePoint, text: str = "Xin chào.", *, line: str = "technical") -> Message:
    """Return a new message from the control room to a bridge point."""
    return send_message(site.meeting, by=the_secretariat(), bridge_point=site, line=line, text=text, at_site=False)


def open_the_meeting(meeting: Meeting) -> Meeting:
    """Open a meeting and return it."""
    actions.open_meeting(meeting, by=the_secretariat())
    return meeting


def open_the_item(item: AgendaItem, closing: AgendaItem | None = None) -> AgendaItem:
    """Open an item of a meeting in session and return it fresh."""
    agenda.open_item(item.meeting, by=the_secretariat(), item=item, closing=closing)
    item.refresh_from_db()
    return item


def ask_for_floor(participant: Participant) -> FloorRequest:
    """Return a participant's new line in the list of speakers of the open item."""
    return agenda.request_floor(participant.meeting, by=the_secretariat(), participant=participant)


def give_floor(request: FloorRequest, ending: FloorRequest | None = None) -> FloorRequest:
    """Give the floor and return the line fresh."""
    agenda.give_floor(request.meeting, by=the_secretariat(), request=request, ending=ending)
    request.refresh_from_db()
    return request


def mark_present(*participants: Participant, state: str = "present") -> None:
    """Mark people of one meeting."""
    mark_presence(participants[0].meeting, by=the_secretariat(), participants=participants, state=state)


def make_minutes(meeting: Meeting) -> Minutes:
    """Return the minutes of a meeting as they begin with the first word somebody types."""
    return Minutes.objects.get_or_create(meeting=meeting, defaults={"drafted_at": START})[0]


def make_block(meeting: Meeting, key: str = "end", text: str = "Chữ của thư ký.") -> MinutesBlock:
    """Return a block of the minutes in which somebody has written; the meeting is open."""
    found = MinutesBlock.objects.filter(minutes__meeting=meeting, key=key).first()
    return found or edit_block(meeting, by=the_secretariat(), key=key, version=0, heading="Kết thúc", text=text)


def make_print(meeting: Meeting) -> Print:
    """Return a paper of the minutes of a meeting that has begun, put into the store without the printing press."""
    if meeting.state == Meeting.State.PLANNED:
        open_the_meeting(meeting)
    draft, pdf = make_minutes(meeting), b"%PDF-1.7"
    journal = Journal.objects.get(pk=meeting.journal_id)
    return Print.objects.create(
        minutes=draft, code="A" * 25 + chr(ord("A") + draft.pk % 26), sha256=sha256(pdf).hexdigest(), content_hash="0" * 64,
        revision=draft.revision, state=draft.state, profile="party", journal_number=journal.head, journal_hash=journal.head_hash,
        printed_at=START, recorded_at=START, printed_by="Văn phòng", file=ContentFile(pdf, name="thu.pdf"),
    )  # fmt: skip


def actor_of(meeting: Meeting, user: User) -> Actor:
    """Return what an account is in a meeting."""
    return actor_for(user, meeting)
