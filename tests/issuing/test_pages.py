"""The pages of registers and invitations: what they show, what they cost, what their files hold."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import openpyxl  # type: ignore[import-untyped]
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from issuing.actions import cancel_number, give_number
from issuing.invitations.actions import issue_invitations
from issuing.models import Invitation, IssuedDocument
from tests.cast import Clients, Room
from tests.issuing_papers import answer, invite, make_paper, make_register, make_text, send
from tests.knocking import knock
from tests.make import make_command_id, make_participants, the_secretariat

pytestmark = pytest.mark.django_db
REGISTERS = (
    8  # session, account, its person, registers counted, registers, periods, those that are not whole, organisations of the form
)
REGISTER = 8  # session, account, its person, register, whole, papers counted, papers, recipients
INVITATIONS = 17


def page(client: Client, url: str) -> str:
    answered = client.get(url)
    assert answered.status_code == 200
    return answered.content.decode()


def test_the_registers_show_the_next_number(clients: Clients) -> None:
    make_paper()
    html = page(clients["clerk"], "/registers/")
    assert "02-GM/VPTW" in html
    assert "do/register.open/" in html
    assert "02-GM/VPTW" in page(clients["clerk"], "/registers/?type=GM&period=Nhiệm kỳ 2025–2030&q=van phong")
    assert "02-GM/VPTW" not in page(clients["clerk"], "/registers/?type=TB")


def test_a_register_with_a_hole_is_shown_as_broken(clients: Clients) -> None:
    paper = make_paper()
    assert 'class="notice bad"' not in page(clients["clerk"], "/registers/")
    IssuedDocument.objects.filter(pk=paper.pk).update(number=7)
    assert 'class="notice bad"' in page(clients["clerk"], "/registers/")
    assert "chip bad" in page(clients["clerk"], f"/registers/{paper.register_id}/")


def test_a_register_shows_what_was_cancelled_and_why(clients: Clients) -> None:
    first, second = make_paper(), make_paper()
    cancel_number(by=the_secretariat(), document=first, reason="Sai <b>ngày</b>", replacement=2)
    html = page(clients["clerk"], f"/registers/{first.register_id}/")
    assert "Sai &lt;b&gt;ngày&lt;/b&gt;" in html
    assert second.symbol in html
    found = page(clients["clerk"], f"/registers/{first.register_id}/?state=cancelled")
    assert f'data-v-symbol="{second.symbol}"' not in found


def test_the_clerk_gives_a_number_through_the_door(clients: Clients) -> None:
    body = {"register": make_register().pk, "abstract": "Về  việc thử", "dated": "20/11/2025", "recipients": "Ban Bí thư\n\n Lưu"}
    sent = body | {"command_id": make_command_id()}
    for _twice in range(2):
        assert clients["clerk"].post("/do/number.give/", sent, HTTP_ACCEPT="application/json").status_code == 200
    paper = IssuedDocument.objects.get()
    assert (paper.symbol, paper.abstract) == ("01-GM/VPTW", "Về việc thử")
    assert [r.name for r in paper.recipients.all()] == ["Ban Bí thư", "Lưu"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dated", "32/13/2025"),
        ("abstract", " "),
        ("first", "0"),
        ("until", "01/01/2020"),
        ("replacement", "-1"),
        ("register", "9"),
    ],
)
def test_bad_input_is_refused_with_its_field(clients: Clients, name: str, value: str) -> None:
    register, paper = make_register(), make_paper()
    bodies = {
        "number.give": {"register": register.pk, "abstract": "A", "dated": "20/11/2025"},
        "number.cancel": {"document": paper.pk, "reason": "Sai"},
        "register.open": {
            "organisation": register.organisation_id, "paper_type": "TB", "period": "N", "since": "01/10/2025", "first": "1",
        },
    }  # fmt: skip
    command = {"replacement": "number.cancel", "first": "register.open", "until": "register.open"}.get(name, "number.give")
    sent = bodies[command] | {name: value, "command_id": make_command_id()}
    answered = clients["clerk"].post(f"/do/{command}/", sent, HTTP_ACCEPT="application/json")
    assert answered.status_code == 400
    assert list(answered.json()["errors"]) == [name]


def test_a_file_of_a_register_opens_no_formula(clients: Clients) -> None:
    paper = make_paper(abstract="=HYPERLINK(1)", signer="+84")
    url = f"/registers/{paper.register_id}"
    assert b'"\'=HYPERLINK(1)"' in clients["clerk"].get(f"{url}/csv/").content
    book = openpyxl.load_workbook(io.BytesIO(clients["clerk"].get(f"{url}/xlsx/").content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "d"}
    pdf = clients["clerk"].get(f"{url}/pdf/")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert clients["clerk"].get(f"{url}/exe/").status_code == 404


def test_the_pages_of_registers_cost_the_same_for_many(
    clients: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    register, by = make_register(), the_secretariat()
    clients["clerk"].get("/registers/")
    for many in (3, 30):
        for n in range(many):
            give_number(by=by, register=register, abstract=f"Giấy {n}", dated=date(2025, 11, 20), recipients=["A", "Lưu"])
        with django_assert_num_queries(REGISTERS):
            clients["clerk"].get("/registers/")
        with django_assert_num_queries(REGISTER):
            clients["clerk"].get(f"/registers/{register.pk}/")


def test_the_page_of_invitations_costs_the_same_for_many(
    coming: Room, clients: Clients, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_register()
    make_text(coming.meeting)
    url = reverse("issuing:invitations", args=[coming.meeting.slug])
    clients["secretary"].get(url)
    for many in (3, 80):
        make_participants(coming.meeting, [f"Đại biểu {many}-{n}" for n in range(many)], site=coming.lao_cai)
        issue_invitations(coming.meeting, by=the_secretariat(), everyone=True, dated=date(2025, 11, 20))
        with django_assert_num_queries(INVITATIONS):
            clients["secretary"].get(url)


def test_who_gives_nothing_back_finds_what_to_do(coming: Room, clients: Clients) -> None:
    url = reverse("issuing:invitations", args=[coming.meeting.slug])
    html = page(clients["secretary"], url)
    assert "do/invitations.issue/" not in html.split('id="chosen"')[0]
    assert reverse("issuing:invitation_text", args=[coming.meeting.slug]) in html
    make_text(coming.meeting)
    assert "/registers/" in page(clients["secretary"], url)
    make_register()
    html = page(clients["secretary"], url)
    assert "do/invitations.issue/" in html.split('id="chosen"')[0]
    assert 'href="/registers/"' not in html


def test_the_list_is_narrowed_and_exported_without_reasons(coming: Room, clients: Clients) -> None:
    one, two = coming.people["delegate"], coming.people["guest"]
    rows = invite(coming.meeting, one, two)
    send(coming.meeting, one)
    answer(rows[0], "declined", reason="Đi viện")
    answer(rows[1], "substituted", substitute_name="=1+1", substitute_phone="0912345678")
    url = reverse("issuing:invitations", args=[coming.meeting.slug])
    shown = page(clients["secretary"], f"{url}?state=declined")
    assert one.name in shown
    assert f'name="participants" value="{two.pk}"' not in shown
    assert "do/substitute.approve/" in page(clients["secretary"], f"{url}?state=to_approve")
    table = clients["secretary"].get(reverse("issuing:invitation_list", args=[coming.meeting.slug, "csv"])).content.decode()
    assert "'=1+1" in table
    for secret in ("Đi viện", "0912345678", "dai.bieu@example.vn"):
        assert secret not in table


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("opening", "{ai đó} kính mời"),
        ("mail_text", "Kính mời {tên}"),
        ("mail_subject", "{liên kết}"),
        ("place", "{địa điểm"),
        ("answers_until", "01/01/2020 08:00"),
    ],
)
def test_a_text_that_would_not_work_is_refused_at_its_field(coming: Room, clients: Clients, field: str, value: str) -> None:
    from tests.issuing_papers import words_of

    words = {name: text for name, text in words_of(coming.meeting).items() if text is not None}
    body = words | {"version": 0, "answer_by": "01/01/2099 08:00", field: value}
    answered = knock(clients["secretary"], coming.meeting, "invitation_text.edit", **body)
    assert answered.status_code == 400
    assert list(json.loads(answered.content)["errors"]) == [field]


def test_chosen_people_of_another_meeting_are_refused(coming: Room, clients: Clients) -> None:
    from tests.cast import furnish

    other = furnish(suffix="-2")
    answered = knock(clients["secretary"], coming.meeting, "invitations.recall", participants=[other.people["guest"]])
    assert answered.status_code == 400
    assert knock(clients["secretary"], coming.meeting, "invitations.recall").status_code == 400


def test_a_paper_s_code_says_what_stands_in_the_register(client: Client) -> None:
    paper = make_paper(abstract="Giấy mời họp")
    url = reverse("issuing:check", args=[paper.code])
    assert "01-GM/VPTW" in page(client, url)
    spelled = "-".join(re.findall("....|..", paper.code.lower()))
    assert "Giấy mời họp" in page(client, f"/paper/{spelled}/")
    cancel_number(by=the_secretariat(), document=paper, reason="Chuyện riêng")
    assert "Chuyện riêng" not in page(client, url)
    assert client.get("/paper/AAAA/").status_code == 404


def test_the_words_go_along_when_a_meeting_is_cloned(coming: Room, clients: Clients) -> None:
    from datetime import timedelta

    from issuing.invitations.cloning import copy_text
    from issuing.models import InvitationText
    from meetings.hooks import Maps
    from meetings.journal import transition
    from meetings.procedure import Ability
    from tests.make import make_meeting

    make_text(coming.meeting, content="Như năm trước")
    new = make_meeting()
    with transition(new, by=the_secretariat(), ability=Ability.PREPARE) as change:
        copy_text(coming.meeting, new, Maps(change=change, wanted=frozenset(), shift=timedelta(days=365)))
    assert InvitationText.objects.get(meeting=new).content == "Như năm trước"
    assert not Invitation.objects.filter(meeting=new).exists()
