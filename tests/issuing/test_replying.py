"""The page behind a reply link: looked at by scanners, altered, expired, recalled, used twice, used by two at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from issuing.answering import views
from issuing.answering.actions import answer_invitation, approve_substitute, refuse_substitute
from issuing.answering.answers import LINK_ANSWERS, Answer
from issuing.answering.views import MISSES
from issuing.invitations import links
from issuing.invitations.actions import recall_invitations
from issuing.models import Invitation, InvitationText
from meetings import clock, hooks
from meetings.actions import remove_participant
from meetings.errors import NotAllowed, OutOfOrder
from meetings.models import Journal, JournalEntry, Meeting, Participant
from meetings.procedure import the_invited
from tests.at_once import together
from tests.cast import Room
from tests.issuing_papers import answer, invite, link, send
from tests.make import the_secretariat

pytestmark = pytest.mark.django_db
State = Invitation.State


@pytest.fixture(autouse=True)
def _nobody_has_missed() -> None:
    cache.clear()


@pytest.fixture
def row(coming: Room) -> Invitation:
    """The delegate's invitation, sent."""
    (made,) = invite(coming.meeting, coming.people["delegate"])
    send(coming.meeting, coming.people["delegate"])
    made.refresh_from_db()
    return made


def say(row: Invitation, state: str, **kw: str) -> int:
    return Client().post(link(row), {"answer": state, **kw}).status_code


def said(row: Invitation) -> Invitation:
    return Invitation.objects.get(pk=row.pk)


def head(row: Invitation) -> int:
    return Journal.objects.get(pk=row.meeting.journal_id).head


def test_looking_changes_nothing_and_leaves_no_trace(row: Invitation) -> None:
    before = head(row)
    for method in ("get", "head", "get"):
        answer_ = getattr(Client(), method)(link(row))
        assert answer_.status_code == 200
        assert answer_["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer_["Cache-Control"]
        assert not answer_.cookies
    assert head(row) == before
    assert said(row).state == State.SENT


def test_the_page_says_what_one_is_invited_to(row: Invitation) -> None:
    html = Client().get(link(row)).content.decode()
    for words in ("Giàng A Đại", "Hội nghị thử nghiệm", "01-GM/VPTW", "Điểm cầu Lào Cai", "05/01/2099"):
        assert words in html
    assert "dai.bieu@example.vn" not in html


def test_an_answer_is_taken_without_account_or_cookie_and_can_be_changed(row: Invitation) -> None:
    strict = Client(enforce_csrf_checks=True)
    answered = strict.post(link(row), {"answer": "accepted"}, HTTP_ORIGIN="null")
    assert (answered.status_code, answered["Location"]) == (303, link(row))
    assert (said(row).state, said(row).way, said(row).answered_by) == ("accepted", "link", "Giàng A Đại")
    assert say(row, "declined", reason="Đi công tác") == 303
    assert (said(row).state, said(row).reason) == ("declined", "Đi công tác")
    assert said(row).participant.is_excused
    assert say(row, "accepted") == 303
    assert (said(row).reason, said(row).participant.is_excused) == ("", False)
    assert hooks.fold_differences(row.meeting) == []
    facts = JournalEntry.objects.filter(journal=row.meeting.journal_id, kind="invitation.answered").order_by("number")
    assert [(f.actor, f.account, f.payload["answer"]) for f in facts] == [
        ("Giàng A Đại", None, "accepted"), ("Giàng A Đại", None, "declined"), ("Giàng A Đại", None, "accepted"),
    ]  # fmt: skip


def test_the_same_answer_twice_is_one_fact(row: Invitation) -> None:
    assert say(row, "accepted") == 303
    before = head(row)
    assert say(row, "accepted") == 303
    assert head(row) == before


def test_received_and_answered_later_is_no_answer(row: Invitation) -> None:
    assert say(row, "seen") == 303
    assert not said(row).is_answered
    assert said(row).state == State.SEEN


@pytest.mark.parametrize("body", [{}, {"answer": "recalled"}, {"answer": "issued"}, {"answer": "substituted"}, {"answer": "\0"}])
def test_a_bad_answer_is_refused_on_the_page_with_what_was_typed(row: Invitation, body: dict[str, str]) -> None:
    typed = {"substitute_position": "Phó Chánh Văn phòng <i>"} | body
    answered = Client().post(link(row), typed)
    assert answered.status_code == 400
    assert "Phó Chánh Văn phòng &lt;i&gt;" in answered.content.decode()
    assert said(row).state == State.SENT


@pytest.mark.parametrize("change", ["first", "last", "short", "long", "nonsense", "signed"])
def test_an_altered_link_leads_nowhere(row: Invitation, change: str) -> None:
    token = links.token_of(row.participant_id, row.nonce)
    other = {"a": "b"}.get(token[0], "a")
    altered = {
        "first": other + token[1:], "last": token[:-1] + {"a": "b"}.get(token[-1], "a"), "short": token[:-1],
        "long": token + "a", "nonsense": "%00%ff", "signed": f"{row.participant_id}:{row.nonce}",
    }[change]  # fmt: skip
    for method in ("get", "post"):
        answered = getattr(Client(), method)(f"/r/{altered}/", {"answer": "accepted"})
        assert answered.status_code == 404
    assert said(row).state == State.SENT


def test_capitals_and_small_letters_are_the_same_address(row: Invitation) -> None:
    assert Client().get(f"/r/{links.token_of(row.participant_id, row.nonce).upper()}/").status_code == 200


def closed_pages(row: Invitation) -> dict[str, tuple[int, str]]:
    """The page of a link that was altered, is over, was recalled."""
    found = {"altered": Client().get("/r/aaaaaaaaaaaaaaaaaaaaaaaaaa/")}
    InvitationText.objects.update(answers_until=clock.now(row.meeting) - timedelta(seconds=1))
    found["over"] = Client().get(link(row))
    InvitationText.objects.update(answers_until=None)
    recall_invitations(row.meeting, by=the_secretariat(), everyone=True)
    found["recalled"] = Client().get(link(row))
    return {name: (page.status_code, page.content.decode()) for name, page in found.items()}


def test_a_link_that_is_over_recalled_or_altered_says_so_and_names_nobody(row: Invitation) -> None:
    pages = closed_pages(row)
    assert {name: status for name, (status, _html) in pages.items()} == {"altered": 404, "over": 410, "recalled": 410}
    for _status, html in pages.values():
        for name in ("Giàng A Đại", "Hội nghị thử nghiệm", "GM/VPTW", "Lào Cai"):
            assert name not in html
        assert "<h1>" in html
    assert len({html for _status, html in pages.values()}) == 3


def test_a_link_ends_by_the_meeting_s_clock(row: Invitation) -> None:
    Meeting.objects.filter(pk=row.meeting_id).update(
        kind="rehearsal", clock_base="2099-01-05T00:59:59Z", clock_anchor="2026-01-01T00:00:00Z", clock_rate=1e-9
    )
    assert say(row, "accepted") == 303
    Meeting.objects.filter(pk=row.meeting_id).update(clock_base="2099-01-05T01:00:00Z")
    assert say(row, "declined") == 410
    assert said(row).state == State.ACCEPTED


def test_a_link_ends_with_the_opening(row: Invitation) -> None:
    Meeting.objects.filter(pk=row.meeting_id).update(state="open")
    assert Client().get(link(row)).status_code == 410


def test_what_ends_while_somebody_types_is_refused_under_the_lock(row: Invitation) -> None:
    InvitationText.objects.update(answers_until=clock.now(row.meeting) - timedelta(seconds=1))
    with pytest.raises(OutOfOrder):
        answer_invitation(row.meeting, by=the_invited(row.participant), invitation=row, answer=Answer(State.ACCEPTED), way="link")


def test_the_invited_answers_for_nobody_else(coming: Room, row: Invitation) -> None:
    with pytest.raises(NotAllowed):
        answer_invitation(
            row.meeting, by=the_invited(coming.people["guest"]), invitation=row, answer=Answer(State.ACCEPTED), way="link"
        )


def test_a_link_cannot_fill_the_journal(row: Invitation) -> None:
    statuses = [say(row, "accepted" if n % 2 else "declined") for n in range(34)]
    assert statuses[:30] == [303] * 30
    assert set(statuses[30:]) == {409}


def test_guessing_is_slowed_down_and_the_good_link_is_not(row: Invitation) -> None:
    statuses = {Client().get(f"/r/{'b' * 25}a/").status_code for _ in range(MISSES)}
    assert statuses == {404}
    assert Client().get("/r/cccccccccccccccccccccccccc/").status_code == 429
    assert Client().get(link(row)).status_code == 200


def test_a_substitute_comes_on_the_list_when_approved(coming: Room, row: Invitation) -> None:
    assert (
        say(row, "substituted", substitute_name="Lò Thị Thay", substitute_position="Chuyên viên", substitute_phone="091") == 303
    )
    assert not Participant.objects.filter(name="Lò Thị Thay").exists()
    made = approve_substitute(row.meeting, by=the_secretariat(), invitation=row)
    assert (made.name, made.position, made.bridge_point, made.substitute_for) == (
        "Lò Thị Thay", "Chuyên viên", coming.lao_cai, row.participant,
    )  # fmt: skip
    assert made.person.phone == "091"
    assert said(row).participant.is_excused
    assert say(row, "accepted") == 409
    assert "Lò Thị Thay" in Client().get(link(row)).content.decode()
    assert hooks.fold_differences(row.meeting) == []
    remove_participant(row.meeting, by=the_secretariat(), participant=made)
    assert say(row, "accepted") == 303
    assert not said(row).participant.is_excused


def test_a_substitute_who_is_refused_leaves_the_question_open(row: Invitation) -> None:
    answer(row, State.SUBSTITUTED, substitute_name="Lò Thị Thay")
    refuse_substitute(row.meeting, by=the_secretariat(), invitation=row)
    assert (said(row).state, said(row).substitute_refused) == ("seen", True)
    with pytest.raises(OutOfOrder):
        approve_substitute(row.meeting, by=the_secretariat(), invitation=row)
    assert say(row, "accepted") == 303
    assert not said(row).substitute_refused
    assert hooks.fold_differences(row.meeting) == []


def test_names_full_of_markup_stay_words(row: Invitation) -> None:
    assert say(row, "substituted", substitute_name="<script>alert(1)</script>", reason="x" * 300) == 303
    html = Client().get(link(row)).content.decode()
    assert "<script>alert" not in html
    assert say(row, "substituted", substitute_name="x" * 121) == 400


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_after_the_other(coming: Room) -> None:
    (row,) = invite(coming.meeting, coming.people["delegate"])
    results = together(*[lambda: say(row, "accepted"), lambda: say(row, "declined")] * 3)
    assert set(results) == {303}
    last = JournalEntry.objects.filter(journal=row.meeting.journal_id, kind="invitation.answered").latest("number")
    assert said(row).state == last.payload["answer"]
    assert said(row).participant.is_excused == (last.payload["answer"] == "declined")
    assert hooks.fold_differences(row.meeting) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_answer_and_a_recall_at_once_leave_it_recalled(coming: Room) -> None:
    (row,) = invite(coming.meeting, coming.people["delegate"])
    together(
        lambda: say(row, "accepted"),
        lambda: recall_invitations(Meeting.objects.get(pk=row.meeting_id), by=the_secretariat(), everyone=True),
    )
    assert said(row).state == State.RECALLED
    assert Client().get(link(row)).status_code == 410


def test_a_link_that_was_used_too_often_or_says_the_same_again_locks_nothing(
    row: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say(row, "accepted") == 303
    locked: list[object] = []
    monkeypatch.setattr(views, "answer_invitation", lambda *_args, **kw: locked.append(kw["answer"]))
    assert say(row, "accepted") == 303
    Invitation.objects.filter(pk=row.pk).update(link_answers=LINK_ANSWERS)
    assert say(row, "declined") == 409
    assert locked == []
    Invitation.objects.filter(pk=row.pk).update(link_answers=LINK_ANSWERS - 1)
    assert say(row, "declined") == 303
    assert len(locked) == 1
