"""The pages of badges: how it stands with each, badges as PDF, by a job when there are many; the page of keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from attendance.badges import paper
from attendance.badges.actions import issue_badges, revoke_badges
from attendance.badges.models import BadgeKey, Credential
from jobs.models import Job
from jobs.queue import claim_next
from jobs.runner import carry_out
from meetings.actions import excuse_participants
from tests.cast import Clients, Room
from tests.knocking import knock
from tests.make import make_command_id, make_participants, the_secretariat
from tests.printing.measuring import texts

pytestmark = pytest.mark.django_db
LIST, CHOSEN, KEYS = 12, 10, 4
SECONDS = 0.5  # of processor time for a list of three thousand: ten times what it takes


def page(clients: Clients, room: Room, name: str = "badges", query: str = "", who: str = "secretary") -> HttpResponse:
    return clients[who].get(reverse(f"attendance:{name}", args=[room.meeting.slug]) + query)


def issue(room: Room, *names: str) -> None:
    people = [room.people[name] for name in names]
    issue_badges(room.meeting, by=the_secretariat(), participants=people, everyone=not people)


def names(answer: HttpResponse) -> set[str]:
    return {one.name for one in answer.context["page"]}


def printed(clients: Clients, room: Room, **fields: object) -> HttpResponse:
    return clients["secretary"].post(reverse("attendance:print_badges", args=[room.meeting.slug]), fields)


def count(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as file:
        return len(file.pages)


def test_each_state_is_told_and_can_be_sought(room: Room, clients: Clients) -> None:
    people, by = room.people, the_secretariat()
    issue(room, "delegate", "ca_mau", "ha_tinh", "chair")
    revoke_badges(room.meeting, by=by, participants=[people["ca_mau"]])
    excuse_participants(room.meeting, by=by, participants=[people["guest"]])
    Credential.objects.filter(participant=people["ha_tinh"]).update(printed_at=timezone.now())
    Credential.objects.filter(participant=people["chair"]).update(valid_until=timezone.now() - timedelta(days=900))
    expected = {
        "ready": {"delegate"}, "printed": {"ha_tinh"}, "revoked": {"ca_mau"}, "excused": {"guest"}, "outdated": {"chair"},
    }  # fmt: skip
    for state, who in expected.items():
        assert names(page(clients, room, query=f"?badge={state}")) == {people[one].name for one in who}, state
    held = {people[one].name for one in ("delegate", "ha_tinh", "chair", "guest")}
    assert not names(page(clients, room, query="?badge=none")) & held
    assert people["ca_mau"].name in names(page(clients, room, query="?badge=none"))
    html = page(clients, room).content.decode()
    for word in ("Chưa in", "Đã in", "Đã thu hồi", "In theo giờ cũ: in lại", "Báo vắng"):
        assert word in html


def test_the_page_says_how_many_badges_hold_no_more_and_replaces_them(room: Room, clients: Clients) -> None:
    issue(room)
    BadgeKey.objects.update(retired_at=timezone.now())
    totals = page(clients, room).context["totals"]
    assert (totals.good, totals.retired) == (0, room.meeting.participants.count())
    assert knock(clients["secretary"], room.meeting, "badges.reissue", outdated="on").status_code == 200
    totals = page(clients, room).context["totals"]
    assert (totals.good, totals.retired, totals.narrow, totals.without) == (room.meeting.participants.count(), 0, 0, 0)


def test_nobody_meant_is_refused_with_its_field(room: Room, clients: Clients) -> None:
    for command in ("badges.issue", "badges.reissue", "badges.revoke"):
        answer = knock(clients["secretary"], room.meeting, command)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["participants"])


def test_one_badge_is_a_page_of_a6_and_looking_makes_none(room: Room, clients: Clients) -> None:
    one = room.people["delegate"]
    address = reverse("attendance:badge", args=[room.meeting.slug, one.pk])
    assert clients["secretary"].get(address).status_code == 409
    assert Credential.objects.count() == 0
    issue(room, "delegate")
    answer = clients["secretary"].get(address)
    assert (answer["Content-Type"], count(answer.content)) == ("application/pdf", 1)
    assert "no-cache" in answer["Cache-Control"]
    assert one.name in texts(answer.content)[0]
    assert Credential.objects.get().printed_at is not None
    head = room.meeting.journal.entries.order_by("number").last()
    assert head is not None
    assert head.kind == "badges.issued"


def test_those_chosen_are_printed_four_on_a_sheet_or_one_on_a_page(room: Room, clients: Clients) -> None:
    issue(room)
    some = [room.people[name].pk for name in ("delegate", "ca_mau", "ha_tinh", "chair", "guest")]
    assert count(printed(clients, room, participants=some, form="a4").content) == 2
    assert count(printed(clients, room, participants=some, form="a6").content) == 5
    assert count(printed(clients, room, found="on", q="Giàng", form="a6").content) == 1
    assert count(printed(clients, room, everyone="on", form="other").content) == -(-room.meeting.participants.count() // 4)


def test_without_a_badge_there_is_nothing_to_print_and_the_page_says_so(room: Room, clients: Clients) -> None:
    answer = clients["secretary"].post(
        reverse("attendance:print_badges", args=[room.meeting.slug]), {"everyone": "on"}, follow=True
    )
    assert "chưa ai có thẻ" in answer.content.decode()


def test_strange_numbers_choose_nobody(room: Room, clients: Clients) -> None:
    for text in ("", "x", "9" * 400, "-1", "1;2"):
        assert page(clients, room, "badges_chosen", f"?participants={text}").status_code == 200
        assert printed(clients, room, participants=text).status_code == 302


def test_many_are_printed_by_a_job_in_parts(room: Room, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "AT_ONCE", 5)  # a limit, not a behaviour: five people are enough to see the parts
    issue(room)
    answer = printed(clients, room, everyone="on", form="a6")
    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:job", args=[job.uuid])
    held = claim_next()
    assert held is not None
    carry_out(held)
    job.refresh_from_db()
    assert job.state == "done"
    with job.files.get(is_part=False).file.open("rb") as file:
        assert count(file.read()) == room.meeting.participants.count()


def test_the_page_of_those_chosen_says_what_can_be_done(room: Room, clients: Clients) -> None:
    issue(room, "delegate")
    query = f"?participants={room.people['delegate'].pk}&participants={room.people['ca_mau'].pk}"
    found = page(clients, room, "badges_chosen", query).context
    assert (found["lacking"], found["held"], found["printable"]) == (1, 1, 1)
    everyone = page(clients, room, "badges_chosen", "?found=on").context
    assert len(everyone["people"]) == room.meeting.participants.count()


def test_hostile_names_stay_words(room: Room, clients: Clients) -> None:
    people = make_participants(room.meeting, ["<script>alert(1)</script>", "{{ row.pk }}", "\ue000name\ue001", "A" * 120])
    issue_badges(room.meeting, by=the_secretariat(), participants=people)
    html = page(clients, room).content.decode()
    assert "<script>alert" not in html
    assert "{{ row.pk }}" in html
    assert count(printed(clients, room, participants=[one.pk for one in people], form="a6").content) == 4


@pytest.fixture
def crowd(room: Room) -> Callable[[int], None]:
    """Add so many people with badges."""

    def add(number: int) -> None:
        made = room.meeting.participants.count()
        people = make_participants(room.meeting, [f"Đại biểu {made + n}" for n in range(number)], site=room.lao_cai)
        issue_badges(room.meeting, by=the_secretariat(), participants=people)

    return add


def test_the_pages_ask_the_same_for_many(
    room: Room, clients: Clients, crowd: Callable[[int], None], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page(clients, room)
    clients["administrator"].get(reverse("attendance:badge_keys"))
    for many in (1, 30):
        crowd(many)
        with django_assert_num_queries(LIST):
            page(clients, room)
        with django_assert_num_queries(CHOSEN):
            page(clients, room, "badges_chosen", "?found=on")
        with django_assert_num_queries(KEYS):
            clients["administrator"].get(reverse("attendance:badge_keys"))


def test_the_list_of_three_thousand_is_quick(room: Room, clients: Clients, crowd: Callable[[int], None]) -> None:
    crowd(3000)
    page(clients, room)
    start = time.thread_time()
    answer = page(clients, room)
    assert time.thread_time() - start < SECONDS
    assert len(answer.content) < 300_000


def test_the_page_of_keys_lists_them_and_what_they_signed(room: Room, clients: Clients) -> None:
    address = reverse("attendance:badge_keys")
    assert "Chưa có khóa ký thẻ" in clients["administrator"].get(address).content.decode()
    issue(room, "delegate", "ca_mau")
    answer = clients["administrator"].get(address)
    ((key, fingerprint, signs, is_closed),) = answer.context["keys"]
    assert (key.in_use, signs, is_closed, len(fingerprint)) == (2, True, False, 19)
    assert key.sealed not in answer.content.decode()
    BadgeKey.objects.update(sealed="x")
    assert "Không mở được khóa số 1" in clients["administrator"].get(address).content.decode()
    assert clients["secretary"].get(address).status_code == 403


def test_the_newest_key_signs(room: Room, clients: Clients) -> None:
    issue(room, "delegate")
    command = reverse("meetings:do_in_office", args=["badge_key.rotate"])
    answer = clients["administrator"].post(command, {"command_id": make_command_id()}, HTTP_ACCEPT="application/json")
    assert answer.status_code == 200
    listed = clients["administrator"].get(reverse("attendance:badge_keys")).context["keys"]
    assert [(key.number, key.in_use, signs) for key, _fingerprint, signs, _closed in listed] == [(2, 0, True), (1, 1, False)]
