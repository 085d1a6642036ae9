"""The pages of a review: to whom they show what, what changes when a page is opened, and how often they ask the database."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import ngettext, override
from openpyxl import load_workbook

from meetings.actions import adjourn_meeting
from minutes.blocks.actions import add_block, edit_block
from minutes.models import Circulated, MinutesBlock
from minutes.review.actions.remarks import answer_remark, withdraw_remark
from minutes.review.actions.rounds import agree_circulation, close_circulation
from people.models import Organisation, User
from tests.cast import Cast, Clients, Room, signed_in
from tests.knocking import knock
from tests.make import make_bridge_points, make_user, the_secretariat
from tests.review_doors import make_remark, make_round, make_two_rounds, reader_of, reading_as
from texts.reading import from_plain

pytestmark = pytest.mark.django_db
SECRET = "Lời chỉ người được hỏi mới thấy."


def page(room: Room, name: str = "review", query: str = "") -> str:
    return reverse(f"minutes:{name}", args=[room.meeting.slug]) + query


@pytest.fixture
def written(room: Room) -> Room:
    """A round whose text has a sentence one would recognise."""
    make_round(room)
    close_circulation(room.meeting, by=the_secretariat(), circulation=reader_of(room).circulation)
    edit_block(room.meeting, by=the_secretariat(), key="time", version=0, heading="Thời gian", text=SECRET)
    make_round(room)
    return room


def test_only_who_is_asked_sees_a_word_of_the_draft(written: Room, clients: Clients, cast: Cast) -> None:
    seen = {name for name in cast if SECRET in clients[name].get(page(written)).content.decode()}
    assert seen == {"operator", "guest"} | ({"focal_point"} if "focal_point" in seen else set())
    asked = {"operator", "guest", "focal_point"}
    assert all(clients[name].get(page(written)).status_code == 404 for name in cast if name not in asked)


def test_a_bridge_point_is_read_by_its_head_and_its_unit_though_they_sit_nowhere(written: Room) -> None:
    head, unit, department = (make_user(name) for name in ("head", "unit", "department"))
    province = Organisation.objects.get(kind="province", short_name="Lào Cai")
    office = Organisation.objects.create(kind="department", parent=province, name="Phòng Tổng hợp", short_name="TH")
    written.lao_cai.head, written.lao_cai.organisation = head.person, province
    written.lao_cai.save()
    User.objects.filter(pk=unit.pk).update(office_role="unit_head", organisation=province)
    User.objects.filter(pk=department.pk).update(office_role="focal_point", organisation=office)
    for user in (head, unit, department):
        client = signed_in(User.objects.get(pk=user.pk))
        assert SECRET in client.get(page(written)).content.decode()
        assert page(written) in client.get("/").content.decode()
        body = {"reader": reader_of(written), "key": "time", "text": f"Ý kiến của {user.username}."}
        assert knock(client, written.meeting, "remark.add", **body).status_code == 200
        assert client.get(f"/m/{written.meeting.slug}/minutes/").status_code == 404
        assert client.get(f"/m/{written.meeting.slug}/programme/").status_code == 404


def test_who_loses_the_seat_loses_the_page(written: Room, clients: Clients) -> None:
    assert clients["operator"].get(page(written)).status_code == 200
    written.meeting.participants.filter(pk=written.people["operator"].pk).update(role="technician")
    assert clients["operator"].get(page(written)).status_code == 404
    body = {"reader": reader_of(written), "key": "time", "text": "Vẫn còn đây."}
    assert knock(clients["operator"], written.meeting, "remark.add", **body).status_code == 403


def test_opening_the_page_is_noted_once_and_a_look_at_its_head_is_not(written: Room, clients: Clients) -> None:
    clients["operator"].head(page(written))
    clients["operator"].get(page(written), headers={"Sec-Purpose": "prefetch"})
    assert reader_of(written).opened_at is None
    clients["operator"].get(page(written))
    first = reader_of(written).opened_at
    clients["operator"].get(page(written))
    assert reader_of(written).opened_at == first is not None
    assert reader_of(written, "guest").opened_at is None


def test_the_start_page_asks_until_one_has_said_that_nothing_is_missing(room: Room, clients: Clients) -> None:
    make_round(room)
    assert page(room) in clients["operator"].get("/").content.decode()
    assert page(room) not in clients["delegate"].get("/").content.decode()
    agree_circulation(room.meeting, by=reading_as(room), reader=reader_of(room))
    assert page(room) not in clients["operator"].get("/").content.decode()


def test_the_start_page_says_how_many_remarks_were_sent(room: Room, clients: Clients) -> None:
    make_round(room)
    make_remark(room, "Một.")
    withdraw_remark(room.meeting, by=reading_as(room), remark=make_remark(room, "Hai."), version=1)
    make_remark(room, "Của khách.", role="guest")
    make_remark(room, "Ba.")
    with override("vi"):
        told = ngettext(
            "You have sent %(count)d remark; you can send more.", "You have sent %(count)d remarks; you can send more.", 2
        )
    assert told % {"count": 2} in clients["operator"].get("/").content.decode()


def test_the_rail_leads_who_was_asked_back_to_the_review_at_any_time(room: Room, clients: Clients) -> None:
    programme = reverse("agenda:programme", args=[room.meeting.slug])

    def entry(name: str) -> bool:
        return f'href="{page(room)}"' in clients[name].get(programme).content.decode()

    row = make_round(room)
    cost = queries(clients["operator"], programme)
    assert (entry("operator"), entry("delegate"), entry("secretary")) == (True, False, False)
    agree_circulation(room.meeting, by=reading_as(room), reader=reader_of(room))
    close_circulation(room.meeting, by=the_secretariat(), circulation=row)
    assert entry("operator")
    Circulated.objects.all().delete()
    assert (entry("operator"), queries(clients["operator"], programme)) == (False, cost)


def test_the_next_round_shows_what_has_changed_and_the_whole_when_asked(room: Room, clients: Clients) -> None:
    close_circulation(room.meeting, by=the_secretariat(), circulation=make_round(room))
    edit_block(room.meeting, by=the_secretariat(), key="time", version=0, heading="Thời gian", text="Khai mạc muộn hơn.")
    add_block(room.meeting, by=the_secretariat(), after="time", body=from_plain("Một đoạn thêm."))
    make_round(room)
    changed = clients["operator"].get(page(room)).content.decode()
    assert "<ins>Khai" in changed
    assert "Một đoạn thêm." in changed
    assert 'id="at-composition"' not in changed
    whole = clients["operator"].get(page(room, query="?all=1")).content.decode()
    assert 'id="at-composition"' in whole


def test_who_was_not_asked_before_reads_the_whole(room: Room, clients: Clients) -> None:
    close_circulation(room.meeting, by=the_secretariat(), circulation=make_round(room, participants=[]))
    edit_block(room.meeting, by=the_secretariat(), key="time", version=0, heading="Thời gian", text="Khác.")
    make_round(room)
    assert 'id="at-composition"' in clients["guest"].get(page(room)).content.decode()
    assert 'id="at-composition"' not in clients["operator"].get(page(room)).content.decode()
    assert clients["guest"].get(page(room, query="?round=1")).status_code == 404


def test_a_reader_sees_the_answers_to_own_remarks_and_nobody_else_s(room: Room, clients: Clients) -> None:
    make_round(room)
    answer_remark(room.meeting, by=the_secretariat(), remark=make_remark(room), version=1, answer="Giữ theo ghi âm.")
    make_remark(room, "Ý kiến riêng của khách.", role="guest")
    own = clients["operator"].get(page(room)).content.decode()
    assert "Giữ theo ghi âm." in own
    assert "Ý kiến riêng của khách." not in own


def test_after_the_deadline_and_after_the_round_the_page_stays_to_be_read_without_a_form(room: Room, clients: Clients) -> None:
    row = make_round(room)
    assert "remark.add" in clients["operator"].get(page(room)).content.decode()
    close_circulation(room.meeting, by=the_secretariat(), circulation=row)
    html = clients["operator"].get(page(room)).content.decode()
    assert "remark.add" not in html
    assert "Văn phòng" in html


def test_the_secretariat_sees_the_board_and_the_remarks_with_the_open_ones_first(room: Room, clients: Clients) -> None:
    make_round(room)
    done = make_remark(room, "Đã trả lời.", key="time")
    make_remark(room, "Còn chờ.", role="guest", key="composition")
    answer_remark(room.meeting, by=the_secretariat(), remark=done, version=1, answer="Vâng.")
    html = clients["secretary"].get(page(room, "circulations")).content.decode()
    assert html.index("Còn chờ.") < html.index("Đã trả lời.")
    only = clients["secretary"].get(page(room, "circulations", "?only=answered")).content.decode()
    assert "Còn chờ." not in only
    assert clients["secretary"].get(page(room, "circulations", "?round=7")).status_code == 404
    assert clients["secretary"].get(page(room, "circulations", "?round=" + "9" * 30)).status_code in (200, 404)


def test_a_remark_is_shown_beside_the_words_of_now(room: Room, clients: Clients) -> None:
    make_round(room)
    make_remark(room)
    edit_block(room.meeting, by=the_secretariat(), key="time", version=0, heading="Thời gian", text="Chữ của bây giờ.")
    html = clients["secretary"].get(f"/m/{room.meeting.slug}/minutes/rounds/1/1/").content.decode()
    assert "Chữ của bây giờ." in html
    assert 'name="block_version" value="1"' in html
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/minutes/rounds/1/2/").status_code == 404
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/minutes/rounds/{'9' * 25}/1/").status_code == 404


def test_the_table_of_remarks_has_a_line_for_each_and_no_formula(room: Room, clients: Clients) -> None:
    make_round(room)
    make_remark(room, '=HYPERLINK("http://x")')
    answer_remark(room.meeting, by=the_secretariat(), remark=make_remark(room), version=1, answer="Giữ nguyên.")
    answer = clients["secretary"].get(f"/m/{room.meeting.slug}/minutes/rounds/1/remarks.xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert len(rows) == 3
    assert rows[2][7] == "Giữ nguyên."
    assert all(cell.data_type != "f" for row in load_workbook(BytesIO(answer.content)).active.rows for cell in row)  # type: ignore[union-attr]


def test_a_page_without_a_round_says_what_to_do(room: Room, clients: Clients) -> None:
    assert page(room, "circulate") in clients["secretary"].get(page(room, "circulations")).content.decode()
    assert page(room, "circulate") not in clients["chair"].get(page(room, "circulations")).content.decode()
    assert clients["secretary"].get(page(room, "circulate")).status_code == 200


def test_a_round_is_opened_from_the_form_without_scripts(room: Room, clients: Clients) -> None:
    make_two_rounds(room)
    close_circulation(room.meeting, by=the_secretariat(), circulation=reader_of(room).circulation)
    adjourn_meeting(room.meeting, by=the_secretariat())
    body = {"everywhere": "on", "deadline": "25/11/2099 17:00", "note": "Rà soát tên người phát biểu."}
    assert knock(clients["secretary"], room.meeting, "circulation.open", **body).status_code == 200
    assert Circulated.objects.filter(circulation__number=3).count() == 3
    assert "Rà soát tên người phát biểu." in clients["operator"].get(page(room)).content.decode()


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


COSTS = {"reader": 10, "round": 18, "remark": 11, "new": 10}


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_the_pages_ask_the_database_as_often_for_many_as_for_few(many: bool, room: Room, clients: Clients) -> None:
    if many:
        make_bridge_points(room.meeting, *(f"Xã {n}" for n in range(30)))
    make_round(room, everywhere=True, bridge_points=[])
    for n in range(12 if many else 1):
        make_remark(room, f"Ý kiến {n}.", key="time" if n % 2 else "composition")
    if many:
        edit_block(room.meeting, by=the_secretariat(), key="composition", version=0, heading="Thành phần", text="Khác.")
        assert MinutesBlock.objects.exists()
    secretary = clients["secretary"]
    assert {
        "reader": queries(clients["operator"], page(room)),
        "round": queries(secretary, page(room, "circulations")),
        "remark": queries(secretary, f"/m/{room.meeting.slug}/minutes/rounds/1/1/"),
        "new": queries(secretary, page(room, "circulate")),
    } == COSTS
