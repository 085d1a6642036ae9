"""Whom the lines of a paper mean, and what stands on paper for them."""

from __future__ import annotations

import pytest
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from meetings.actions import excuse_participants
from meetings.errors import OutOfOrder
from meetings.models import Participant
from minutes.issuance.actions import set_recipients
from minutes.issuance.recipients import Picked, lines_of, printed, reach, targets
from minutes.papers.actions import draft_paper
from people.models import Organisation
from tests.cast import Clients, Room
from tests.knocking import knock
from tests.make import make_asked_unit, make_group, make_participants, make_user, the_secretariat
from tests.official_papers import differences, make_official, names_of

pytestmark = pytest.mark.django_db


def lao_cai() -> Organisation:
    return Organisation.objects.get(kind="province", short_name="Lào Cai")


def test_the_lines_stand_in_the_order_of_papers_and_the_archive_is_last(room: Room) -> None:
    picked = Picked(
        above=["Ban Bí thư (để báo cáo)"], units=[lao_cai()], all_sites=True, bridge_points=[room.lao_cai],
        roles=["delegate", "chair"], groups=[make_group(room.meeting)], participants=[room.people["guest"]],
        below=["Báo Nhân Dân"], archive="Lưu Văn phòng",
    )  # fmt: skip
    assert printed(lines_of(picked)) == [
        "Ban Bí thư (để báo cáo)", "Tỉnh ủy Lào Cai", "Các điểm cầu", "Điểm cầu Lào Cai", "Chủ trì hội nghị",
        "Các đại biểu dự hội nghị", "Khách mời", "Đồng chí Lê Văn Khách, Chuyên gia, Trung tâm", "Báo Nhân Dân", "Lưu Văn phòng",
    ]  # fmt: skip


def test_everybody_is_meant_once_whatever_lines_they_stand_under(room: Room) -> None:
    delegate = room.people["delegate"]
    lines = lines_of(Picked(roles=["delegate"], participants=[delegate], bridge_points=[room.lao_cai], all_sites=True))
    names = names_of(room.meeting, lines)
    assert len(names) == len(set(names))
    assert names.count(delegate.name) == 1
    assert names.count("Điểm cầu Lào Cai") == 1


def test_who_has_no_account_is_reached_through_the_bridge_point_and_by_name_on_paper(room: Room) -> None:
    of_many = targets(room.meeting, lines_of(Picked(roles=["delegate"])))
    found = {one.name: one.channel(by_mail=False) for one in of_many}
    assert found["Giàng A Đại"] == "system"
    assert "Vàng Seo Hai" not in found  # at Lào Cai, where an operator reads
    assert found["Điểm cầu Lào Cai"] == "system"
    assert found["Lâm Út Tư"] == "paper"  # at Cà Mau nobody has an account
    (by_name,) = targets(room.meeting, lines_of(Picked(participants=[room.people["lao_cai_2"]])))
    assert (by_name.name, by_name.channel(by_mail=True)) == ("Vàng Seo Hai", "paper")
    Participant.objects.get(pk=by_name.participant).person.__class__.objects.filter(full_name="Vàng Seo Hai").update(
        email="hai@example.vn"
    )
    (by_name,) = targets(room.meeting, lines_of(Picked(participants=[room.people["lao_cai_2"]])))
    assert by_name.channel(by_mail=True) == "mail"
    for by_mail, reached in ((True, "Vàng Seo Hai"), (False, "Điểm cầu Lào Cai")):  # an address helps when mails go out
        names = [one.name for one in targets(room.meeting, lines_of(Picked(roles=["delegate"])), by_mail=by_mail)]
        assert ("Vàng Seo Hai" in names, reached in names) == (by_mail, True)


def test_who_will_not_come_is_no_delegate_but_can_be_named(room: Room) -> None:
    gone = room.people["delegate"]
    excuse_participants(room.meeting, by=the_secretariat(), participants=[gone])
    assert gone.name not in names_of(room.meeting, lines_of(Picked(roles=["delegate"])))
    assert names_of(room.meeting, lines_of(Picked(participants=[gone]))) == [gone.name]


def test_a_unit_reads_through_its_focal_point(room: Room) -> None:
    unit = make_asked_unit(room.meeting, "Cà Mau").organisation
    (before,) = targets(room.meeting, lines_of(Picked(units=[unit])))
    make_user("dau-moi", office_role="focal_point", organisation=unit)
    (after,) = targets(room.meeting, lines_of(Picked(units=[unit])))
    assert (before.signs_in, after.signs_in) == (False, True)


def test_many_recipients_cost_as_many_queries_as_few(room: Room, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    lines = lines_of(Picked(roles=["delegate"], all_sites=True, units=[lao_cai()]))
    for _more in (0, 40):
        make_participants(room.meeting, [f"Đại biểu {n:02d}-{_more}" for n in range(_more)], site=room.lao_cai)
        with django_assert_num_queries(4):  # people, where they sit, bridge points, units
            targets(room.meeting, lines)


def test_recipients_are_chosen_in_a_draft_alone_and_never_overwritten(room: Room) -> None:
    draft, lines = make_official(room.meeting, state="draft"), lines_of(Picked(all_sites=True))
    set_recipients(room.meeting, by=the_secretariat(), paper=draft, version=1, lines=lines)
    with pytest.raises(OutOfOrder):
        set_recipients(room.meeting, by=the_secretariat(), paper=draft, version=1, lines=lines)
    with pytest.raises(OutOfOrder):
        set_recipients(room.meeting, by=the_secretariat(), paper=make_official(room.meeting), version=1, lines=lines)
    draft.refresh_from_db()
    assert (draft.version, draft.recipients) == (2, [{"kind": "sites", "id": "", "name": "Các điểm cầu"}])
    assert [line for line in differences(room.meeting) if "issuance" in line] == []


HOSTILE = "<script>alert(1)</script>\u202e\u0000 ; -- 'Ban' & {{ 7*7 }}"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "__all__"),
        ({"above": "x" * 4001}, "above"),
        ({"above": "x" * 201}, "above"),
        ({"above": "\n".join(f"Nơi {n}" for n in range(30))}, "above"),
        ({"archive": "Văn thư"}, "archive"),
        ({"units": ["999999999999999999999"]}, "units"),
        ({"units": ["0 OR 1=1"]}, "units"),
        ({"roles": ["emperor"]}, "roles"),
        ({"participants": ["-1"]}, "participants"),
        ({"version": "9" * 30, "all_sites": "on"}, "version"),
    ],
)
def test_what_cannot_be_a_list_of_recipients_is_refused_with_its_field(
    room: Room, clients: Clients, body: dict[str, object], field: str
) -> None:
    draft = make_official(room.meeting, state="draft", recipients=[])
    answer = knock(clients["secretary"], room.meeting, "recipients.set", **{"paper": draft, "version": 1} | body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_hostile_words_are_kept_as_words_and_shown_escaped(room: Room, clients: Clients) -> None:
    draft = make_official(room.meeting, state="draft")
    body = {"paper": draft, "version": 1, "above": HOSTILE.replace("\0", ""), "archive": "Lưu <b>VT</b>"}
    assert knock(clients["secretary"], room.meeting, "recipients.set", **body).status_code == 200
    html = clients["secretary"].get(f"/m/{room.meeting.slug}/issuance/{draft.number}/").content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "<b>VT</b>" not in html


def test_a_list_of_papers_knows_which_drafts_reach_somebody_in_as_many_queries_for_many(
    room: Room, clients: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    empty = make_group(room.meeting, "Tổ trống")
    picks = [
        Picked(archive="Lưu Văn phòng"), Picked(below=["Lưu: VT"]), Picked(above=["Ban Bí thư"]), Picked(all_sites=True),
        Picked(roles=["delegate"]), Picked(roles=["guest"], archive="Lưu"), Picked(groups=[empty]),
        Picked(units=[room.meeting.organiser]),
        Picked(bridge_points=[room.lao_cai]), Picked(participants=[room.people["delegate"]]), Picked(),
    ]  # fmt: skip
    lines = [lines_of(one) for one in picks]
    meant = [bool(targets(room.meeting, one)) for one in lines]
    assert set(meant) == {True, False}
    for many in (1, 9):
        with django_assert_num_queries(6):  # roles, groups, people, whether there are bridge points, these, units
            assert reach(room.meeting, lines * many) == meant * many
    _kept, sent = (draft_paper(room.meeting, by=the_secretariat(), kind=kind) for kind in ("BB", "TB"))
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/issuance/")
    assert page.context["reaching"] == {sent.pk}
    html = page.content.decode()
    assert html.count(gettext("Recipients chosen")) == 1
    assert f'<span class="chip">{gettext("Only kept")}</span>' in html
