"""Reminders: a mail to who may read and has not opened, once; who cannot be reached is counted."""

from __future__ import annotations

from typing import Any

import pytest

from jobs.queue import claim_next
from jobs.runner import carry_out
from mailing.models import Letter
from meetings.actions import adjourn_meeting
from meetings.errors import NotAllowed, OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Actor
from packets.models import Document
from packets.reading.actions import remind_papers
from tests.cast import Cast, Clients, Room
from tests.knocking import knock
from tests.make import actor_of, open_the_meeting, the_secretariat
from tests.packets.reading.conftest import Open
from tests.papers import make_version, recall


@pytest.fixture
def reachable(room: Room, cast: Cast) -> list[str]:
    """Some of the cast have an address; all others of the meeting have none, and some no account."""
    names = ["delegate", "operator", "guest"]
    for name in names:
        person = room.people[name].person
        person.email = f"{name}@example.vn"
        person.save(update_fields=["email"])
    return names


def work() -> None:
    while (held := claim_next()) is not None:
        carry_out(held)


def remind(meeting: Meeting, by: Actor | None = None, **kw: Any) -> dict[str, Any]:
    """Remind, do the work, and return what the journal says."""
    remind_papers(meeting, by=by or the_secretariat(), **kw)
    work()
    payload: dict[str, Any] = meeting.journal.entries.order_by("-number")[0].payload
    return payload


def addressed() -> set[str]:
    return set(Letter.objects.values_list("to", flat=True))


def test_a_mail_goes_to_who_has_not_opened_and_can_be_reached(
    papers: list[Document], opens: Open, room: Room, reachable: list[str]
) -> None:
    opens("delegate", papers[0])
    opens("delegate", papers[1])
    opens("guest", papers[0])
    assert remind(room.meeting) == {"papers": [1, 2], "people": 10, "mailed": 2}
    assert addressed() == {"operator@example.vn", "guest@example.vn"}
    letter = Letter.objects.get(to="guest@example.vn")
    assert "tài liệu số 2, Hội nghị thử nghiệm" in letter.text
    assert f"/m/{room.meeting.slug}/papers/" in letter.text


def test_neither_mail_nor_job_nor_journal_names_a_paper(papers: list[Document], room: Room, reachable: list[str]) -> None:
    from jobs.models import Job

    payload = remind(room.meeting)
    texts = [*Letter.objects.values_list("subject", flat=True), *Letter.objects.values_list("text", flat=True)]
    said = " ".join([*texts, *Job.objects.values_list("title", flat=True), str(payload), str(Job.objects.get().arguments)])
    assert not any(paper.title in said for paper in papers)
    assert "@" not in str(payload) + str(Job.objects.get().arguments)


def test_some_people_and_some_papers_are_reminded(papers: list[Document], room: Room, reachable: list[str]) -> None:
    told = remind(room.meeting, papers=[papers[1]], participants=[room.people["delegate"], room.people["ca_mau"]])
    assert told == {"papers": [2], "people": 2, "mailed": 1}
    assert addressed() == {"delegate@example.vn"}


def test_an_older_version_is_to_be_opened_anew(papers: list[Document], opens: Open, room: Room, reachable: list[str]) -> None:
    for paper in papers:
        opens("delegate", paper)
    make_version(papers[0], state="released")
    assert remind(room.meeting, participants=[room.people["delegate"]]) == {"papers": [1], "people": 1, "mailed": 1}


def test_who_opens_it_before_the_mail_is_posted_gets_none(
    papers: list[Document], opens: Open, room: Room, reachable: list[str]
) -> None:
    remind_papers(room.meeting, by=the_secretariat())
    for paper in papers:
        opens("delegate", paper)
    recall(papers[1].releases.get())
    opens("guest", papers[0])
    work()
    assert addressed() == {"operator@example.vn"}
    assert "số 1, " in Letter.objects.get().text


def test_the_same_reminder_is_posted_once_and_a_second_one_again(
    papers: list[Document], room: Room, reachable: list[str]
) -> None:
    remind(room.meeting)
    assert Letter.objects.count() == 3
    remind(room.meeting)
    assert Letter.objects.count() == 6


def test_nobody_to_remind_is_said(papers: list[Document], opens: Open, room: Room, reachable: list[str]) -> None:
    opens("delegate", papers[0])
    with pytest.raises(OutOfOrder, match="Không còn ai cần nhắc"):
        remind_papers(room.meeting, by=the_secretariat(), papers=[papers[0]], participants=[room.people["delegate"]])
    recall(papers[1].releases.get())
    recall(papers[0].releases.get())
    with pytest.raises(OutOfOrder, match="Không còn ai cần nhắc"):
        remind_papers(room.meeting, by=the_secretariat())


def test_who_can_only_be_called_is_said_and_nothing_recorded(papers: list[Document], room: Room, cast: Cast) -> None:
    before = room.meeting.journal.entries.count()
    with pytest.raises(OutOfOrder, match="hãy gọi điện"):
        remind_papers(room.meeting, by=the_secretariat())
    assert room.meeting.journal.entries.count() == before


def test_the_chair_sees_the_board_and_reminds_nobody(
    papers: list[Document], room: Room, cast: Cast, reachable: list[str], clients: Clients
) -> None:
    with pytest.raises(NotAllowed):
        remind_papers(room.meeting, by=actor_of(room.meeting, cast["chair"]))
    html = clients["chair"].get(f"/m/{room.meeting.slug}/papers/reading/").content.decode()
    assert "papers.remind" not in html


def test_after_the_meeting_nobody_is_reminded(papers: list[Document], room: Room, reachable: list[str]) -> None:
    open_the_meeting(room.meeting)
    adjourn_meeting(room.meeting, by=the_secretariat())
    with pytest.raises(OutOfOrder):
        remind_papers(room.meeting, by=the_secretariat())


def test_the_board_says_when_it_was_done_and_who_is_to_be_called(
    papers: list[Document], room: Room, clients: Clients, reachable: list[str]
) -> None:
    assert knock(clients["secretary"], room.meeting, "papers.remind").status_code == 200
    clients["chair"].cookies["django_language"] = "en"
    html = clients["chair"].get(f"/m/{room.meeting.slug}/papers/reading/").content.decode()
    assert "3 by mail, 8 without an account or address: call them" in " ".join(html.split())
