"""The desk and its fragments: what they show, to whom, what they cost, and what hostile words become."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override

from meetings.actions import adjourn_meeting
from minutes.conclusions import actions
from minutes.conclusions.wording import Wording
from minutes.models import Conclusion, Minutes, MinutesBlock
from tests.cast import Room, furnish
from tests.conclusions import TEXT, adopted, make_conclusion, shown
from tests.knocking import knock
from tests.make import START, make_organisation, open_the_item, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> \"onmouseover='x' {{ 7|add:7 }} {% now %} &lt;b&gt; \u202egnội"
OVER = (
    "The minutes have been approved: nothing more is proposed, worded or adopted. What was adopted can still be withdrawn, "
    "with the reason."
)
COSTS = {"": 10, "list/": 6, "{pk}/": 10, "{pk}/state/": 7, "file/": 6}


def page(room: Room, client: Client, path: str = "") -> str:
    answer = client.get(f"/m/{room.meeting.slug}/minutes/conclusions/{path}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize("rows", [1, 12])
def test_a_page_costs_the_same_for_few_conclusions_and_for_many(rows: int, room: Room, clients: dict[str, Client]) -> None:
    open_the_meeting(room.meeting)
    for n in range(rows):
        made = make_conclusion(room.meeting, f"Kết luận {n}.", item=room.items[n % 4], due=date(2020, 1, 1))
        actions.change_conclusion(
            room.meeting, by=the_secretariat(), conclusion=made, version=1, item=room.items[0], wording=Wording(f"Mới {n}.")
        )
        adopted(make_conclusion(room.meeting, f"Đã thông qua {n}.", item=room.items[1]))
    found = {}
    for path in COSTS:
        page(room, clients["secretary"], path.format(pk=made.pk))
        with CaptureQueriesContext(connection) as asked:
            page(room, clients["secretary"], path.format(pk=made.pk))
        found[path] = len(asked)
    assert found == COSTS


def test_hostile_words_stand_as_they_were_typed_and_do_nothing(room: Room, clients: dict[str, Client]) -> None:
    body = {"text": HOSTILE, "who": HOSTILE[:80], "along": HOSTILE, "product": HOSTILE}
    assert knock(clients["secretary"], room.meeting, "conclusion.propose", **body).status_code == 200
    made = room.meeting.conclusions.get()
    assert "\u202e" not in made.text + made.who + made.along + made.product
    for path in ("", "list/", f"{made.pk}/", f"{made.pk}/state/"):
        told = page(room, clients["secretary"], path)
        assert "<script>alert" not in told
        assert html.escape("<script>alert(1)</script>") in told
        assert "{{ 7|add:7 }}" in told


@pytest.mark.parametrize(
    "bad",
    [
        {"text": ""}, {"text": " \u200b\u202e\n"}, {"text": "x" * 4001}, {"text": "a\0b"}, {"text": "x" * 1_000_000},
        {"along": "x" * 601}, {"product": "x" * 401}, {"who": "x" * 301}, {"due": "ngày mai"}, {"due": "0001-01-01"},
        {"due": "2026-02-30"}, {"item": "999999999999999999999"}, {"item": "1 OR 1=1"},
    ],
)  # fmt: skip
def test_bad_words_are_refused_at_their_field(bad: dict[str, str], room: Room, clients: dict[str, Client]) -> None:
    answer = knock(clients["secretary"], room.meeting, "conclusion.propose", **({"text": TEXT} | bad))
    assert (answer.status_code, set(answer.json()["errors"])) == (400, set(bad))
    assert not room.meeting.conclusions.exists()


def test_the_longest_words_there_can_be_are_kept(room: Room, clients: dict[str, Client]) -> None:
    body = {"text": "ộ" * 4000, "who": "x" * 300, "along": "x" * 600, "product": "x" * 400}
    assert knock(clients["secretary"], room.meeting, "conclusion.propose", **body).status_code == 200
    assert "ộ" * 4000 in page(room, clients["chair"])


def test_who_leads_is_an_organisation_or_words(room: Room, clients: dict[str, Client]) -> None:
    known = make_organisation("Ban Tổ chức Trung ương")
    said = [
        ({"who": "Ban Tổ chức Trung ương", "who_pk": str(known.pk)}, ("Ban Tổ chức Trung ương", known.pk)),
        ({"who": "ban to chuc trung uong"}, ("Ban Tổ chức Trung ương", known.pk)),
        ({"who": "Tổ giúp việc", "who_pk": str(known.pk)}, ("Tổ giúp việc", None)),
        ({"who": "Tổ giúp việc", "who_pk": "9" * 30}, ("Tổ giúp việc", None)),
        ({"who": str(known.pk)}, (str(known.pk), None)),
        ({}, ("", None)),
    ]
    for body, kept in said:
        assert knock(clients["secretary"], room.meeting, "conclusion.propose", text=TEXT, **body).status_code == 200
        made = room.meeting.conclusions.latest("pk")
        assert (made.who, made.organisation_id) == kept, body


def test_a_conclusion_of_another_meeting_is_not_there(room: Room, clients: dict[str, Client]) -> None:
    theirs = make_conclusion(furnish(suffix="-2").meeting, "Của hội nghị khác.")
    for path in (f"{theirs.pk}/", f"{theirs.pk}/state/", f"{10**30}/"):
        assert clients["secretary"].get(f"/m/{room.meeting.slug}/minutes/conclusions/{path}").status_code == 404
    for path in ("?again={0}", "?block=99999999999999999999", "?item=x", "?again=" + "9" * 40):
        assert theirs.text not in page(room, clients["secretary"], path.format(theirs.pk))


def test_a_new_conclusion_begins_with_the_open_item_the_chair_s_words_or_a_withdrawn_one(
    room: Room, clients: dict[str, Client]
) -> None:
    open_the_meeting(room.meeting)
    open_the_item(room.items[0])
    begun = page(room, clients["secretary"])
    assert f'<option value="{room.items[0].pk}" selected>' in begun
    assert 'data-insert="Về nội dung “Khai mạc”: "' in begun
    kept, _made = Minutes.objects.get_or_create(meeting=room.meeting, defaults={"drafted_at": START})
    said = MinutesBlock.objects.create(
        minutes=kept, key="own-1", position=1, kind="text", text="Thống nhất chủ trương.", changed_at=START,
        speaker=room.people["chair"],
    )  # fmt: skip
    told = page(room, clients["secretary"])
    assert 'data-insert="Thống nhất chủ trương."' in told
    assert ">\nThống nhất chủ trương.</textarea>" in page(room, clients["secretary"], f"?block={said.pk}")
    made = make_conclusion(room.meeting, "Rút để làm lại.", who="Văn phòng")
    actions.withdraw_conclusion(room.meeting, by=the_secretariat(), conclusion=made, version=1)
    again = page(room, clients["secretary"], f"?again={made.pk}")
    assert ">\nRút để làm lại.</textarea>" in again
    assert 'name="who" value="Văn phòng"' in again
    assert "Về nội dung “Thảo luận”" in page(room, clients["secretary"], f"?item={room.items[2].pk}")


def test_a_day_that_has_passed_is_said(room: Room, clients: dict[str, Client]) -> None:
    make_conclusion(room.meeting, due=date(2020, 1, 31))
    past = page(room, clients["secretary"]).count("chip warn")
    Conclusion.objects.update(due=date.today() + timedelta(days=3650))
    assert page(room, clients["secretary"]).count("chip warn") == past - 1


def test_the_day_is_entered_as_everywhere_else(room: Room, clients: dict[str, Client]) -> None:
    assert knock(clients["secretary"], room.meeting, "conclusion.propose", text=TEXT, due="5/1/2026").status_code == 200
    made = room.meeting.conclusions.get()
    assert made.due == date(2026, 1, 5)
    told = page(room, clients["secretary"], f"{made.pk}/")
    assert 'name="due" value="05/01/2026" placeholder="26/11/2025" data-moment="day"' in told
    assert 'data-due="05/01/2026"' in told


def test_once_the_minutes_are_approved_the_desk_says_so_and_offers_what_is_left(room: Room, clients: dict[str, Client]) -> None:
    open_the_meeting(room.meeting)
    made, kept = make_conclusion(room.meeting), adopted(make_conclusion(room.meeting, "Đã thông qua."))
    adjourn_meeting(room.meeting, by=the_secretariat())
    Minutes.objects.update_or_create(
        meeting=room.meeting, defaults={"state": "approved", "drafted_at": START, "approved_at": START, "revision": 1}
    )
    for path in ("", f"{made.pk}/", f"{kept.pk}/"):
        told = page(room, clients["secretary"], path)
        assert set(re.findall(r'data-command="(conclusion\.\w+)"', told)) == {"conclusion.withdraw"}
        assert re.findall(r'data-open="withdraw" data-v-conclusion="(\d+)"', told) == (
            [] if str(made.pk) in path else [str(kept.pk)]
        )
        with override("vi"):
            assert gettext(OVER) in html.unescape(told)


def test_the_chair_sees_the_words_and_is_offered_no_form_to_change_them(room: Room, clients: dict[str, Client]) -> None:
    open_the_meeting(room.meeting)
    made = shown(make_conclusion(room.meeting))
    for path in ("", f"{made.pk}/"):
        told = page(room, clients["chair"], path)
        assert TEXT in told
        assert set(re.findall(r'data-command="(conclusion\.\w+)"', told)) == {
            "conclusion.hide", "conclusion.adopt", "conclusion.withdraw",
        }  # fmt: skip


def test_two_wordings_are_compared_and_what_changed_since_a_version_is_told(room: Room, clients: dict[str, Client]) -> None:
    made = make_conclusion(room.meeting, "Giao Văn phòng chủ trì.")
    actions.change_conclusion(
        room.meeting, by=the_secretariat(), conclusion=made, version=1, wording=Wording("Giao Ban Tổ chức chủ trì.")
    )
    told = page(room, clients["secretary"], f"{made.pk}/?old=1&new=2")
    assert "<del>Văn phòng </del>" in told
    assert "<ins>Ban Tổ chức </ins>" in told
    assert "<template data-since>" in page(room, clients["secretary"], f"{made.pk}/state/?version=1")
    for version in ("2", "0", "x", "9" * 30, ""):
        assert "<template data-since>" not in page(room, clients["secretary"], f"{made.pk}/state/?version={version}")


def test_the_adopted_ones_go_out_as_json(room: Room, clients: dict[str, Client]) -> None:
    open_the_meeting(room.meeting)
    adopted(make_conclusion(room.meeting, who="Văn phòng"))
    make_conclusion(room.meeting, "Chưa.")
    answer = clients["chair"].get(f"/m/{room.meeting.slug}/minutes/conclusions/file/")
    told = answer.json()
    assert told["schema"] == "diemcau/conclusions/1"
    assert [(one["number"], one["who"]) for one in told["conclusions"]] == [(1, "Văn phòng")]
    assert "attachment" in answer["Content-Disposition"]
