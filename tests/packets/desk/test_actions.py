"""What one does to papers before their release, through the command door: entered, changed, ordered, checked, approved."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from meetings.hooks import fold_differences
from packets.models import Binding, Document, HandOut, PageText, Version
from tests.cast import Clients, Room
from tests.knocking import knock
from tests.make import START
from tests.papers import make_document, make_paper, make_version, recall

pytestmark = pytest.mark.postgres


@pytest.fixture
def secretary(clients: Clients) -> Client:
    return clients["secretary"]


def do(client: Client, room: Room, command: str, **fields: Any) -> Any:
    """Send a command; return its status and its answer."""
    answer = knock(client, room.meeting, command, **fields)
    return answer.status_code, answer.json()


def order(room: Room) -> list[tuple[str, int | None]]:
    return [(one.title, one.item_id) for one in room.meeting.documents.filter(is_removed=False).order_by("position")]


def added(secretary: Client, room: Room, title: str, **about: Any) -> Document:
    assert do(secretary, room, "document.add", title=title, **about)[0] == 200
    return room.meeting.documents.order_by("-number")[0]


def test_papers_get_numbers_that_are_never_given_twice(secretary: Client, room: Room) -> None:
    first, second = added(secretary, room, "Một"), added(secretary, room, "Hai", item=room.items[1])
    assert (first.number, second.number, second.item_id) == (1, 2, room.items[1].pk)
    assert do(secretary, room, "document.remove", document=second, edition=1)[0] == 200
    assert added(secretary, room, "Ba").number == 3
    assert fold_differences(room.meeting) == []


def test_a_paper_needs_its_title_but_a_secret_one_gets_neutral_words(secretary: Client, room: Room) -> None:
    status, answer = do(secretary, room, "document.add", title=" \u200b ")
    assert (status, list(answer["errors"])) == (400, ["title"])
    placeholder = added(secretary, room, "", secrecy="secret")
    assert placeholder.is_placeholder
    assert placeholder.title.startswith("Tài liệu phát bản giấy")
    entry = room.meeting.journal.entries.order_by("-number")[0]
    assert (entry.kind, entry.payload["secrecy"], entry.payload["title"]) == ("document.added", "secret", placeholder.title)


def test_a_paper_is_changed_as_it_was_read(secretary: Client, room: Room) -> None:
    paper = added(secretary, room, "Báo cáo")
    body = {"document": paper, "edition": 1, "title": "Báo cáo\u202e  chính", "item": room.items[2], "secrecy": "internal"}
    assert do(secretary, room, "document.edit", **body)[0] == 200
    paper.refresh_from_db()
    assert (paper.title, paper.item_id, paper.secrecy, paper.edition) == ("Báo cáo chính", room.items[2].pk, "internal", 2)
    status, answer = do(secretary, room, "document.edit", **body | {"title": "Khác"})
    assert (status, answer["version"]) == (409, 2)
    assert "Báo cáo chính" in answer["reason"]
    assert fold_differences(room.meeting) == []


def test_a_paper_with_files_does_not_become_secret(secretary: Client, room: Room) -> None:
    paper = make_document(room.meeting)
    make_version(paper, pages=1)
    assert do(secretary, room, "document.edit", document=paper, edition=1, title="A", secrecy="top_secret")[0] == 409


def test_a_placeholder_stays_while_copies_of_it_are_out(secretary: Client, room: Room) -> None:
    paper = make_document(room.meeting, secrecy="secret")
    HandOut.objects.create(document=paper, number=1, receiver="Đại biểu 15-03", issued_at=START, issued_by="Văn phòng")
    assert do(secretary, room, "document.remove", document=paper, edition=1)[0] == 409
    assert do(secretary, room, "document.edit", document=paper, edition=1, title="A", secrecy="normal")[0] == 409
    HandOut.objects.update(collected_at=START)
    assert do(secretary, room, "document.remove", document=paper, edition=1)[0] == 200


def test_papers_are_put_into_order(secretary: Client, room: Room) -> None:
    item = room.items[1]
    a, b, c = (added(secretary, room, title, item=item) for title in "ABC")
    other = added(secretary, room, "D")
    assert do(secretary, room, "document.move", document=c, way="up")[0] == 200
    assert [title for title, _item in order(room)] == ["A", "C", "B", "D"]
    assert do(secretary, room, "document.move", document=a, way="up")[0] == 409
    assert do(secretary, room, "document.move", document=other, way="down")[0] == 409
    assert do(secretary, room, "document.move", document=other, item=item, before=c)[0] == 200
    assert [title for title, at in order(room) if at == item.pk] == ["A", "D", "C", "B"]
    assert do(secretary, room, "document.move", document=b)[0] == 200
    assert order(room)[-1] == ("B", None)
    assert do(secretary, room, "document.move", document=b, item=item, before=other)[0] == 200
    a.refresh_from_db()
    assert do(secretary, room, "document.move", document=a, item=room.items[2], before=c)[0] == 409
    fact = room.meeting.journal.entries.filter(kind="document.moved").order_by("-number")[0]
    assert (fact.payload["place"], fact.payload["item_title"]) == (2, item.title)


def test_a_released_paper_is_recalled_before_it_is_removed(secretary: Client, room: Room) -> None:
    paper = make_paper(room.meeting, pages=1)
    assert do(secretary, room, "document.remove", document=paper, edition=paper.edition)[0] == 409
    recall(paper.releases.get())
    assert do(secretary, room, "document.remove", document=paper, edition=paper.edition)[0] == 200
    assert paper.versions.get().original.name


def test_files_of_a_paper_that_must_not_be_here_are_erased(
    secretary: Client, room: Room, django_capture_on_commit_callbacks: Any
) -> None:
    paper = make_document(room.meeting)
    version = make_version(paper, pages=2, state="draft", stamps=[["MẬT", 1]])
    bound = Binding(meeting=room.meeting, key="a", versions=[version.pk], made_at=START)
    bound.file.save("bound.pdf", ContentFile(b"%PDF"))
    other = Binding.objects.create(meeting=room.meeting, key="b", file="papers/bound/other.pdf", versions=[0], made_at=START)
    names = [version.original.name, version.reading.name, bound.file.name]
    with django_capture_on_commit_callbacks(execute=True):
        assert do(secretary, room, "document.remove", document=paper, edition=1, erase="1")[0] == 200
    assert [default_storage.exists(name) for name in names] == [False, False, False]
    version.refresh_from_db()
    assert (version.original.name, version.reading.name, version.stamps) == ("", "", [])
    assert version.original_sha256
    assert list(Binding.objects.all()) == [other]
    assert not PageText.objects.exists()
    assert room.meeting.journal.entries.order_by("-number")[0].payload["erased"] is True


def test_versions_go_from_draft_to_checked_to_approved(secretary: Client, clients: Clients, room: Room) -> None:
    versions = [make_version(make_document(room.meeting, f"Báo cáo {n}"), pages=1, state="draft") for n in range(3)]
    assert do(secretary, room, "version.approve", versions=versions)[0] == 409
    assert do(secretary, room, "version.check", versions=versions[:1])[0] == 200
    assert do(secretary, room, "version.check", versions=versions)[0] == 200, "who was first is no obstacle to the rest"
    status, answer = do(secretary, room, "version.check", versions=versions)
    assert (status, bool(answer["reason"])) == (409, True)
    assert do(clients["chair"], room, "version.approve", versions=versions)[0] == 200
    for version in versions:
        version.refresh_from_db()
    assert {(v.state, v.checked_by, v.approved_by) for v in versions} == {("approved", "Trần Thị Thư", "Nguyễn Văn Chủ")}
    assert do(clients["chair"], room, "version.return", versions=versions[:1], why="Thiếu phụ lục.")[0] == 200
    back = Version.objects.get(pk=versions[0].pk)
    assert (back.state, back.checked_by, back.returned_by, back.returned_why) == (
        "draft", "", "Nguyễn Văn Chủ", "Thiếu phụ lục.",
    )  # fmt: skip
    assert "Thiếu phụ lục." not in str([one.payload for one in room.meeting.journal.entries.all()])
    assert do(clients["chair"], room, "version.return", versions=versions[1:], why="Hai bản.")[0] == 400
    kinds = list(room.meeting.journal.entries.values_list("kind", flat=True))
    assert (kinds.count("version.checked"), kinds.count("version.approved"), kinds.count("version.returned")) == (3, 3, 1)


def test_only_the_newest_version_that_can_be_read_is_checked(secretary: Client, room: Room) -> None:
    paper = make_document(room.meeting)
    old, new = make_version(paper, pages=1, state="draft"), make_version(paper, pages=1, state="draft", copy="waiting")
    for version in (old, new):
        status, answer = do(secretary, room, "version.check", versions=[version])
        assert (status, "1" in answer["reason"]) == (409, True)
    other = make_version(make_document(room.meeting, "Khác"), pages=1, state="draft")
    assert do(secretary, room, "version.check", versions=[other, new])[0] == 409
    other.refresh_from_db()
    assert other.state == "draft", "nothing is checked unless all can be"
    assert do(secretary, room, "version.check", versions=[10**20])[0] == 400
    assert do(secretary, room, "version.check")[0] == 400
