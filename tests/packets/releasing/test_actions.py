"""Releasing and recalling: what is written down, and what is refused with a sentence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from meetings import clock
from meetings.deadlines.actions import set_deadline
from meetings.errors import OutOfOrder
from meetings.models import Meeting, Role
from packets.models import Document, Release, Version
from packets.releasing.actions import Openness, judge_version, recall_document, release_document
from packets.releasing.queries import short, to_release
from packets.releasing.seeing import sight_of
from tests.cast import Cast, Clients, Room
from tests.knocking import knock
from tests.make import actor_of, make_group, the_secretariat
from tests.papers import make_document, make_release, make_version
from tests.release_doors import seen

pytestmark = pytest.mark.django_db
EVERYBODY = Openness(to_everyone=True)


@pytest.fixture
def paper(room: Room) -> Document:
    """A paper with an approved version."""
    made = make_document(room.meeting, item=room.items[1])
    make_version(made, pages=1)
    return made


def release(*papers: Document, to: Openness = EVERYBODY, **kw: Any) -> list[Release]:
    meeting = papers[0].meeting
    standings = to_release(meeting, [paper.number for paper in papers])
    editions = {
        one.document.pk: (one.document.edition, one.version.number if one.version else 0) for one in standings
    }  # fmt: skip
    return release_document(meeting, by=the_secretariat(), documents=papers, editions=editions, to=to, **kw)


def facts(meeting: Meeting, noun: str = "document") -> list[dict[str, Any]]:
    return list(meeting.journal.entries.filter(kind__startswith=noun).order_by("number").values_list("payload", flat=True))


def test_a_release_says_to_whom_and_until_when(room: Room, paper: Document) -> None:
    set_deadline(room.meeting, by=the_secretariat(), kind="papers", due_at=None)
    group, until = make_group(room.meeting), clock.now(room.meeting) + timedelta(days=1)
    to = Openness(roles=[Role.DELEGATE], groups=[group], bridge_points=[room.lao_cai], participants=[room.people["guest"]],
                  until_at=until, holds_for_item=True, may_download=True)  # fmt: skip
    (made,) = release(paper, to=to)
    fact = facts(room.meeting)[-1]
    assert fact["tokens"] == [str(made.token)]
    assert (fact["roles"], fact["groups"], fact["bridge_points"]) == (["delegate"], ["Khách mời"], ["Lào Cai"])
    assert (fact["people"], fact["until_at"], fact["held"]) == ([room.people["guest"].pk], until.isoformat(), True)
    assert (fact["download"], fact["printing"], fact["version"], fact["late"]) == (True, False, 1, False)
    version = paper.versions.get()
    assert (version.state, version.released_by) == ("released", "Văn phòng")
    assert made.audiences.count() == 4


def test_what_is_released_after_the_deadline_is_late(room: Room, paper: Document) -> None:
    due = clock.now(room.meeting) - timedelta(hours=1)
    set_deadline(room.meeting, by=the_secretariat(), kind="papers", due_at=due)
    release(paper)
    assert paper.versions.get().is_late


def test_two_who_release_at_once_do_not_overlook_each_other(room: Room, paper: Document, clients: Clients) -> None:
    body = {"documents": [paper], "editions": seen(paper), "everyone": "on"}
    assert knock(clients["secretary"], room.meeting, "document.release", **body).status_code == 200
    answer = knock(clients["secretariat"], room.meeting, "document.release", **body)
    assert answer.status_code == 409
    assert paper.releases.get().released_by in answer.json()["reason"]


def test_a_version_approved_meanwhile_makes_the_page_stale(room: Room, paper: Document, clients: Clients) -> None:
    body = {"documents": [paper], "editions": seen(paper), "everyone": "on"}
    make_version(paper, pages=1)
    assert knock(clients["secretary"], room.meeting, "document.release", **body).status_code == 409


@pytest.mark.parametrize(
    "version",
    [
        {"state": "draft"}, {"state": "checked"}, {"copy": Version.Copy.WAITING},
        {"copy": Version.Copy.REFUSED, "refusal": "macro"}, {"stamps": [["TỐI MẬT", 1]]},
    ],
)  # fmt: skip
def test_what_is_not_ready_is_not_released(version: dict[str, Any], room: Room) -> None:
    paper = make_document(room.meeting)
    make_version(paper, pages=1, **version)
    with pytest.raises(OutOfOrder) as refusal:
        release(paper)
    assert str(paper.number) in refusal.value.reason
    assert refusal.value.reason.endswith(".")
    assert not paper.releases.exists()


def test_of_several_papers_none_is_released_when_one_cannot_be(room: Room, paper: Document) -> None:
    other = make_document(room.meeting, "Chưa có tệp")
    with pytest.raises(OutOfOrder):
        release(paper, other)
    assert paper.versions.get().state == "approved"
    assert facts(room.meeting) == []


def test_words_of_secrecy_need_somebody_who_answers_for_them(room: Room, cast: Cast, paper: Document) -> None:
    paper.versions.update(stamps=[["MẬT", 1], ["MẬT", 2]])
    with pytest.raises(OutOfOrder, match="MẬT"):
        release(paper)
    chair = actor_of(room.meeting, cast["chair"])
    judge_version(room.meeting, by=chair, document=paper, version=1)
    assert facts(room.meeting, "version.judged") == [
        {"document": paper.number, "version": 1, "title": paper.title, "words": ["MẬT"]}
    ]
    with pytest.raises(OutOfOrder, match="Nguyễn Văn Chủ"):
        judge_version(room.meeting, by=chair, document=paper, version=1)
    assert release(paper)


@pytest.mark.parametrize(
    "to",
    [Openness(), Openness(to_everyone=True, holds_for_item=True), Openness(to_everyone=True, until_at=clock.FIRST)],
)
def test_a_release_to_nobody_without_an_item_or_already_over_is_refused(to: Openness, room: Room) -> None:
    paper = make_document(room.meeting)
    make_version(paper, pages=1)
    with pytest.raises(OutOfOrder):
        release(paper, to=to)


def test_a_secret_paper_is_released_as_handed_out_on_paper(room: Room, cast: Cast) -> None:
    paper = make_document(room.meeting, "Tài liệu phát giấy", secrecy="secret")
    (made,) = release(paper, to=Openness(to_everyone=True, may_download=True, may_print=True))
    assert (made.may_download, made.may_print) == (False, False)
    sight = sight_of(room.meeting, actor_of(room.meeting, cast["delegate"]), paper.number)
    assert sight is not None
    assert sight.version is None


def test_a_new_version_goes_to_those_who_have_the_paper(room: Room, cast: Cast, paper: Document) -> None:
    release(paper, to=Openness(participants=[room.people["delegate"]]))
    make_version(paper, pages=1)
    assert release(paper, to=Openness()) == []
    seen_by = {who: sight_of(room.meeting, actor_of(room.meeting, cast[who]), paper.number) for who in ("delegate", "guest")}
    assert seen_by["delegate"].version.number == 2  # type: ignore[union-attr]
    assert seen_by["guest"] is None
    with pytest.raises(OutOfOrder, match="không có phiên bản mới"):
        release(paper, to=Openness())


def test_a_release_may_end_those_before_it(room: Room, paper: Document) -> None:
    (first,) = release(paper)
    (second,) = release(paper, to=Openness(roles=[Role.CHAIR]), recalls_former=True)
    assert [one.token for one in paper.releases.filter(recalled_at=None)] == [second.token]
    assert facts(room.meeting, "document.recalled")[0]["tokens"] == [str(first.token)]


def test_a_recall_ends_one_release_or_all_and_says_when_there_is_none(room: Room, paper: Document) -> None:
    (first,) = release(paper)
    release(paper, to=Openness(roles=[Role.CHAIR]))
    recall_document(room.meeting, by=the_secretariat(), documents=[paper], release=first)
    assert paper.releases.filter(recalled_at=None).count() == 1
    recall_document(room.meeting, by=the_secretariat(), documents=[paper])
    assert not paper.releases.filter(recalled_at=None).exists()
    with pytest.raises(OutOfOrder):
        recall_document(room.meeting, by=the_secretariat(), documents=[paper])


def test_the_page_offers_what_can_be_released(room: Room, clients: Clients, paper: Document) -> None:
    stamped = make_document(room.meeting, "Có chữ <b>Mật</b>")
    make_version(stamped, pages=1, stamps=[["MẬT", 1]])
    make_release(make_document(room.meeting, "Đã phát"), participants=[room.people["guest"]])
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/papers/release/?paper=1&paper=2&paper=3&paper=99&paper=x")
    assert [one.document.number for one in page.context["ready"]] == [1, 3]
    assert [one.document.number for one in page.context["in_the_way"]] == [2]
    body = page.content.decode()
    assert "version.judge" in body
    assert "<b>Mật</b>" not in body
    assert "Lê Văn Khách" in body
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/papers/release/?paper=99999999999999999999").status_code == 404


@pytest.mark.parametrize("sent", ["1", "1:1", "x:1:1", "1:1:1:1", "-1:1:1", "9" * 30 + ":1:1"])
def test_what_a_page_cannot_have_said_is_malformed(sent: str, room: Room, clients: Clients, paper: Document) -> None:
    answer = knock(clients["secretary"], room.meeting, "document.release", documents=[paper], editions=sent, everyone="on")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"editions"})


def test_people_are_found_by_name_to_be_named(room: Room, clients: Clients) -> None:
    base = f"/m/{room.meeting.slug}/papers/release/"
    found = clients["secretary"].get(base + "people/?q=giang+dai")
    assert [row[1] for row in found.context["rows"]] == ["Giàng A Đại"]
    room.meeting.bridge_points.create(number=90, name="Điểm cầu Xã A", short_name="Xã A", parent=room.lao_cai)
    assert [row[1:3] for row in clients["secretary"].get(base + "sites/?q=xa").context["rows"]] == [("Xã A", "Lào Cai")]
    assert clients["secretary"].get(base + "others/").status_code == 404


def test_a_token_is_known_to_pages_by_its_beginning(room: Room, paper: Document, clients: Clients) -> None:
    (made,) = release(paper)
    told = clients["delegate"].get(f"/m/{room.meeting.slug}/papers/{paper.number}/standing/").json()
    assert told == {"number": paper.number, "version": 1, "grants": [short(made.token)], "until": None}
