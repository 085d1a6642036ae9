"""A new meeting takes over what is ticked, under today's offices, in ordinary facts; a template is prepared and never held."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from time import process_time

import pytest
from django.test import Client
from openpyxl import load_workbook

from agenda.models import AgendaItem
from meetings import actions
from meetings.actions import NewSitting
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.journal import first_fault
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup, Role, Series
from meetings.series.comparing import comparison
from meetings.series.parts import parts
from people.models import Organisation, Person, Position
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import START, actor_of, make_display, make_item, make_organisation, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)
EVERYTHING = [name for name, _label in parts()]


@pytest.fixture(autouse=True)
def _known(room: Room) -> None:
    """The directory knows everybody of the room by the name on the list."""
    for one in room.people.values():
        Person.objects.filter(pk=one.person_id).update(full_name=one.name)


def clone(source: Meeting, *wanted: str, **kw: object) -> Meeting:
    old = list(source.sittings.all())
    data = {
        "title": "Hội nghị năm sau",
        "organiser": make_organisation(),
        "mode": "hybrid",
        "place": "Hà Nội",
        "sittings": [NewSitting(s.starts_at + YEAR, s.ends_at + YEAR if s.ends_at else None, s.title, s.pk) for s in old],
        "parts": wanted,
    }
    return actions.clone_meeting(by=the_secretariat(), source=source, **data | kw)  # type: ignore[arg-type]


def test_everything_is_taken_over_and_the_journal_folds_to_it(room: Room) -> None:
    sitting = room.meeting.sittings.get()
    make_item(room.meeting, "Phiên một", sitting=sitting)
    make_display(room.meeting, "Sảnh", room.lao_cai)
    Participant.objects.filter(pk=room.people["delegate"].pk).update(is_standing=True)
    new = clone(room.meeting, *EVERYTHING)
    assert fold_differences(new) == []
    assert first_fault(new.journal) is None
    kinds = list(new.journal.entries.values_list("kind", flat=True))
    assert kinds[:2] == ["meeting.created", "meeting.cloned"]
    assert {"bridge_points.added", "participants.added", "items.added", "display.opened"} <= set(kinds)
    assert (new.cloned_from, new.state, new.sittings.get().starts_at) == (room.meeting, "planned", sitting.starts_at + YEAR)
    assert list(new.items.values_list("title", flat=True)) == list(room.meeting.items.values_list("title", flat=True))
    assert new.items.get(title="Phiên một").sitting == new.sittings.get()
    assert set(new.participants.values_list("name", flat=True)) == {
        "Nguyễn Văn Chủ", "Trần Thị Thư", "Giàng A Đại", "Lý Thị Vận", "Hoàng Văn Kỹ", "Đặng Thị Hành",
    }  # fmt: skip
    assert {d.bridge_point for d in new.displays.all()} == {new.bridge_points.get(short_name="Lào Cai")}


def test_nothing_ticked_takes_nothing(room: Room) -> None:
    new = clone(room.meeting)
    assert [new.bridge_points.count(), new.participants.count(), new.items.count(), new.displays.count()] == [0, 0, 0, 0]
    assert fold_differences(new) == []


def test_the_old_meeting_is_not_touched(room: Room) -> None:
    before = (room.meeting.journal.entries.count(), room.meeting.participants.count(), room.meeting.bridge_points.count())
    clone(room.meeting, *EVERYTHING)
    assert (room.meeting.journal.entries.count(), room.meeting.participants.count(), room.meeting.bridge_points.count()) == before


def test_bridge_points_keep_fields_numbers_and_tree(room: Room) -> None:
    commune = BridgePoint.objects.create(
        meeting=room.meeting, parent=room.lao_cai, number=2000, name="Điểm cầu xã A", short_name="Xã A", kind="commune",
        seats=40, equipment="Camera", video_address="h323:10.0.0.1", head=room.people["delegate"].person,
    )  # fmt: skip
    site = clone(room.meeting, "bridge_points").bridge_points.get(name=commune.name)
    copied = ("number", "kind", "seats", "equipment", "video_address", "head_id", "short_name")
    assert [getattr(site, name) for name in copied] == [getattr(commune, name) for name in copied]
    assert site.parent is not None
    assert (site.parent.name, site.parent.meeting_id) == (room.lao_cai.name, site.meeting_id)


def test_people_of_a_bridge_point_stay_behind_without_it(room: Room) -> None:
    Participant.objects.filter(role=Role.OPERATOR).update(is_standing=True)
    new = clone(room.meeting, "operators", "technicians", "chair", "standing")
    assert list(new.participants.values_list("role", "bridge_point")) == [("chair", None)]


def test_groups_go_along_with_who_belongs_to_them(room: Room) -> None:
    group = ParticipantGroup.objects.create(meeting=room.meeting, number=1, name="Khách mời")
    Participant.objects.filter(pk=room.people["guest"].pk).update(group=group, is_standing=True)
    new = clone(room.meeting, "groups", "standing")
    assert new.participants.get().group == new.groups.get(name="Khách mời")
    assert clone(room.meeting, "standing").participants.get().group is None


def test_a_standing_delegate_goes_along_under_today_s_office(room: Room) -> None:
    delegate = room.people["delegate"]
    province = Organisation.objects.get(kind="province", code="15")
    Participant.objects.filter(pk=delegate.pk).update(is_standing=True, is_excused=True)
    Position.objects.create(person=delegate.person, organisation=province, title="Bí thư", since=date(2026, 1, 1))
    Person.objects.filter(pk=delegate.person_id).update(full_name="Giàng A Đại Anh")
    one = clone(room.meeting, "standing").participants.get()
    assert (one.name, one.position, one.unit) == ("Giàng A Đại Anh", "Bí thư", province.name)
    assert (one.organisation, one.is_excused, one.is_standing) == (province, False, True)
    delegate.refresh_from_db()
    assert delegate.position == "Phó Bí thư"


def test_a_person_entered_twice_and_merged_goes_along_once(room: Room) -> None:
    first, second = room.people["lao_cai_2"], room.people["ha_tinh"]
    Participant.objects.filter(pk__in=(first.pk, second.pk)).update(is_standing=True)
    Person.objects.filter(pk=second.person_id).update(merged_into=first.person)
    assert clone(room.meeting, "standing").participants.get().person == first.person


def test_only_who_creates_meetings_clones(room: Room, cast: Cast) -> None:
    before = Meeting.objects.count()
    for name in ("secretary", "stranger"):
        by = actor_of(room.meeting, cast[name]) if name == "secretary" else None
        with pytest.raises(NotAllowed):
            actions.clone_meeting(
                by=by or actor_of(room.meeting, cast["stranger"]), source=room.meeting, title="x", organiser=make_organisation(),
                mode="hybrid", place="x", sittings=[NewSitting(START)], parts=EVERYTHING,
            )  # fmt: skip
    assert Meeting.objects.count() == before


def test_a_clone_of_all_communes_takes_seconds(room: Room) -> None:
    """3,400 bridge points in a tree and 13,700 participants: a statement for many rows, not one for each."""
    rows = [
        BridgePoint(meeting=room.meeting, parent=room.sites[1 + n % 3], number=100 + n, name=f"Xã {n}", short_name=f"Xã {n}")
        for n in range(3400)
    ]
    sites = BridgePoint.objects.bulk_create(rows)
    people = Person.objects.bulk_create(Person(full_name=f"Đại biểu {n}") for n in range(13_700))
    Participant.objects.bulk_create(
        Participant(meeting=room.meeting, person=p, name=p.full_name, bridge_point=sites[n % 3400], is_standing=True)
        for n, p in enumerate(people)
    )
    began = process_time()
    new = clone(room.meeting, *EVERYTHING)
    assert process_time() - began < 15, "a clone takes seconds"
    assert (new.bridge_points.count(), new.participants.count()) == (3404, 13_700 + 5)
    assert fold_differences(new) == []


# What differs


def test_the_comparison_says_what_was_taken_left_changed_and_added(room: Room) -> None:
    delegate = room.people["delegate"]
    Participant.objects.filter(pk=delegate.pk).update(is_standing=True)
    Position.objects.create(person=delegate.person, organisation=make_organisation(), title="Vụ trưởng")
    new = clone(room.meeting, "programme", "bridge_points", "standing", "chair")
    AgendaItem.objects.filter(meeting=new, title="Thảo luận").update(minutes=60)
    actions.add_bridge_points(new, by=the_secretariat(), bridge_points=[actions.NewBridgePoint(name="Mới", short_name="Mới")])
    found = {part.name: {pair.name: pair.state for pair in part.pairs} for part in comparison(room.meeting, new)}
    assert found["participants"]["Giàng A Đại"] == "changed"
    assert found["participants"]["Nguyễn Văn Chủ"] == "taken"
    assert found["participants"]["Vũ Thị Năm"] == "left"
    assert found["programme"]["Thảo luận"] == "changed"
    assert found["programme"]["Khai mạc"] == "taken"
    assert found["bridge_points"]["Mới"] == "added"
    assert set(found["data"].values()) == {"taken", "changed"}
    assert set(found["sittings"].values()) == {"changed"}


def test_the_page_shows_old_beside_new_and_filters(room: Room, clients: dict[str, Client]) -> None:
    new = clone(room.meeting, "chair")
    page = clients["secretariat"].get(f"/m/{new.slug}/compare/?part=participants&state=left")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Vũ Thị Năm" in text
    assert "Nguyễn Văn Chủ" not in text
    for query in ("", "?with=" + room.meeting.slug, "?part=khong-co", "?page=99", "?part=programme"):
        assert clients["secretariat"].get(f"/m/{new.slug}/compare/{query}").status_code == 200
    for query in ("?state=x", "?with=khong-co", "?with=%00"):
        assert clients["secretariat"].get(f"/m/{new.slug}/compare/{query}").status_code == 404


def test_the_comparison_is_exported_without_formulas(room: Room, clients: dict[str, Client]) -> None:
    Participant.objects.filter(pk=room.people["unplaced"].pk).update(name="=HYPERLINK(1)")
    new = clone(room.meeting, "chair")
    file = clients["secretariat"].get(f"/m/{new.slug}/compare/?part=participants&state=left&export=xlsx").content
    rows = list(load_workbook(BytesIO(file)).active.iter_rows())
    assert len(rows) == 1 + room.meeting.participants.count() - 1
    assert {cell.data_type for row in rows for cell in row} <= {"s", "inlineStr", "n"}


def test_who_sees_one_meeting_alone_compares_it_with_no_other(room: Room, clients: dict[str, Client]) -> None:
    new = clone(room.meeting, *EVERYTHING)
    other = clone(room.meeting)
    assert clients["secretary"].get(f"/m/{new.slug}/compare/?with={room.meeting.slug}").status_code == 200
    assert clients["secretary"].get(f"/m/{new.slug}/compare/?with={other.slug}").status_code == 404


# Templates


def test_a_template_is_prepared_and_never_held(room: Room, clients: dict[str, Client]) -> None:
    template = clone(room.meeting, *EVERYTHING, kind=Meeting.Kind.TEMPLATE)
    site = template.bridge_points.get(short_name="Lào Cai")
    delegate = template.participants.get(role=Role.CHAIR)
    office = clients["secretariat"]
    assert knock(office, template, "item.add", title="Mới", kind="report", minutes=5).status_code == 200
    for command, body in {
        "meeting.open": {},
        "presence.mark": {"participants": [delegate], "state": "present"},
        "announcement.publish": {"text": "Xin chào."},
        "site_command.issue": {"kind": "other", "text": "Kiểm tra micro."},
        "display.open": {"name": "Sảnh 2"},
        "message.send": {"bridge_point": site, "line": "technical", "text": "Xin chào."},
        "block.add": {"after": "time", "text": "Một ý kiến."},
        "clock.set": {"rate": "2"},
        "deadline.set": {"kind": "papers"},
    }.items():
        answer = knock(office, template, command, **body)
        assert (answer.status_code, answer.json()["state"]) == (409, "refused"), (command, answer.content)
    assert fold_differences(template) == []


def test_a_template_has_no_clock_no_countdown_and_no_room_to_hold_it_in(room: Room, clients: dict[str, Client]) -> None:
    template = clone(room.meeting, *EVERYTHING, kind=Meeting.Kind.TEMPLATE)
    page = clients["secretariat"].get(f"/m/{template.slug}/").content.decode()
    assert "until-time" not in page
    assert "meeting-clock" not in page
    for name in ("control", "chair", "displays", "minutes"):
        assert f"/m/{template.slug}/{name}/" not in page
    assert template.slug not in clients["secretariat"].get("/").content.decode()
    assert template.slug in clients["secretariat"].get("/templates/").content.decode()


def test_a_meeting_is_made_from_a_template_and_outlives_it(room: Room, clients: dict[str, Client]) -> None:
    template = clone(room.meeting, *EVERYTHING, kind=Meeting.Kind.TEMPLATE)
    new = clone(template, *EVERYTHING)
    assert (new.kind, new.bridge_points.count()) == ("real", room.meeting.bridge_points.count())
    actions.remove_template(by=the_secretariat(), template=template)
    new.refresh_from_db()
    assert (new.cloned_from, Meeting.objects.filter(kind=Meeting.Kind.TEMPLATE).count()) == (None, 0)
    open_the_meeting(new)
    with pytest.raises(OutOfOrder):
        actions.remove_template(by=the_secretariat(), template=new)


# Through the door


def test_the_office_clones_by_its_form_once(room: Room, clients: dict[str, Client]) -> None:
    sitting, before = room.meeting.sittings.get(), Meeting.objects.count()
    body = {
        "title": "Hội nghị năm 2026", "organiser": room.meeting.organiser_id, "mode": "hybrid", "place": "Hà Nội",
        "source": room.meeting.pk, "parts": ["bridge_points", "chair", "programme"], "new_series": "  Hội nghị hằng  năm ",
        "sitting_1": sitting.pk, "starts_1": "25/11/2026 8:30", "ends_1": "11:30",
        "command_id": "00000000-0000-4000-8000-000000000001",
    }  # fmt: skip
    answers = [clients["secretariat"].post("/do/meeting.clone/", body, HTTP_ACCEPT="application/json") for _ in range(2)]
    assert [a.json()["address"] for a in answers] == ["/m/hoi-nghi-nam-2026/"] * 2
    new = Meeting.objects.get(slug="hoi-nghi-nam-2026")
    assert (Meeting.objects.count(), new.participants.get().role, new.items.count()) == (before + 1, "chair", 4)
    assert new.series == Series.objects.get(title="Hội nghị hằng năm")


@pytest.mark.parametrize(
    "change", [{"source": "0"}, {"source": "x"}, {"source": "9" * 25}, {"parts": ["everything"]}, {"title": ""}]
)
def test_a_clone_of_nothing_is_not_made(change: dict[str, object], room: Room, clients: dict[str, Client]) -> None:
    body = {
        "title": "T", "organiser": room.meeting.organiser_id, "mode": "hybrid", "place": "P", "source": room.meeting.pk,
        "starts_1": "25/11/2026 8:30", "command_id": "00000000-0000-4000-8000-000000000002",
    }  # fmt: skip
    assert clients["secretariat"].post("/do/meeting.clone/", body | change).status_code == 400
    assert Meeting.objects.count() == 1


def test_the_page_of_a_clone_shifts_the_sittings_and_shows_changed_offices(room: Room, clients: dict[str, Client]) -> None:
    Position.objects.create(person=room.people["chair"].person, organisation=make_organisation(), title="Chánh Văn phòng mới")
    Meeting.objects.filter(pk=room.meeting.pk).update(title="Hội nghị năm 2025, tổng kết 2020–2025")
    page = clients["secretariat"].get(f"/m/new/?from={room.meeting.slug}&first_day=25/11/2026").content.decode()
    assert 'value="Hội nghị năm 2026, tổng kết 2020–2025"' in page
    assert 'value="25/11/2026 08:30"' in page
    assert "Chánh Văn phòng mới" in page
    for query in (
        "?first_day=x",
        "?from=&first_day=",
        f"?from={room.meeting.slug}&first_day=99/99/9999",
        "?series=x",
        "?as_template=on",
    ):
        assert clients["secretariat"].get(f"/m/new/{query}").status_code == 200
    assert clients["secretariat"].get("/m/new/?from=khong-co").status_code == 404
