"""The desk of papers and the page of one paper: what they show, to whom, in how many queries; files of plain forms."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jobs.models import Job
from meetings.deadlines.actions import set_deadline
from packets.models import Version
from tests.cast import Clients, Room
from tests.make import START, the_secretariat
from tests.papers import make_document, make_paper, make_release, make_version
from tests.pdfs import make_pdf

DESK_QUERIES = 18
PAPER_QUERIES = 19
PDF = make_pdf(("Trang một",))


@pytest.fixture
def secretary(clients: Clients) -> Client:
    clients["secretary"].cookies["django_language"] = "en"
    return clients["secretary"]


def page(client: Client, room: Room, path: str = "") -> str:
    client.cookies["django_language"] = "en"
    answer = client.get(f"/m/{room.meeting.slug}/papers/{path}")
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def test_an_empty_desk_says_what_to_do_and_shows_every_item(secretary: Client, room: Room) -> None:
    shown = page(secretary, room)
    assert "No paper yet" in shown
    assert all(item.title in shown for item in room.items)
    assert shown.count("data-drop-item=") == len(room.items) + 1


def test_every_paper_says_how_far_it_is(secretary: Client, room: Room) -> None:
    def paper(title: str, **kw: Any) -> Version:
        return make_version(make_document(room.meeting, title, item=room.items[1]), pages=1, **kw)

    make_document(room.meeting, "Chờ tệp")
    paper("Nháp", state="draft")
    paper("Kiểm", state="checked")
    paper("Duyệt", state="approved")
    broken = paper("Có mật khẩu", state="draft")
    Version.objects.filter(pk=broken.pk).update(copy="refused", refusal="encrypted")
    waiting = paper("Đang chờ", state="draft")
    Version.objects.filter(pk=waiting.pk).update(copy="waiting")
    stopped = paper("Dừng", state="draft")
    Version.objects.filter(pk=stopped.pk).update(copy="waiting")
    Job.objects.create(
        name="papers.prepare",
        title="x",
        scope=room.meeting.pk,
        arguments={"version": stopped.pk},
        state="failed",
        note="Hết chỗ.",
    )
    paper("Dấu", state="approved", stamps=[["TỐI MẬT", 2]])
    make_document(room.meeting, "Bản giấy", secrecy="top_secret")
    make_paper(room.meeting, "Đã phát", pages=1)
    gone = make_paper(room.meeting, "Thu hồi", pages=1)
    gone.releases.update(recalled_at=START)
    shown = page(secretary, room)
    for words in (
        "No file yet", "Draft", "Checked", "Approved", "Cannot be read", "protected with a password", "Waits to be prepared",
        "Preparation has stopped", "Hết chỗ.", "TỐI MẬT (p. 2)", "On paper only", "Top secret", "Recalled",
    ):  # fmt: skip
        assert words in shown, words
    assert 'data-busy="1"' in shown


def test_papers_that_come_after_the_deadline_are_marked(secretary: Client, room: Room) -> None:
    make_version(make_document(room.meeting, "Muộn"), pages=1, state="draft", uploaded_at=START.replace(year=2024))
    assert ">Late<" not in page(secretary, room)
    set_deadline(room.meeting, by=the_secretariat(), kind="papers", due_at=START.replace(year=2023))
    assert ">Late<" in page(secretary, room)
    assert "Deadline passed" in page(secretary, room)


def test_the_same_file_is_said_on_the_later_paper(secretary: Client, room: Room) -> None:
    for title in ("Một", "Hai"):
        make_version(make_document(room.meeting, title), data=PDF, texts=("a",), state="draft")
    assert "Same file as paper 1" in page(secretary, room)
    assert "Paper 1 has the very same file" in page(secretary, room, "2/desk/")


def test_hostile_words_are_only_words(secretary: Client, room: Room) -> None:
    paper = make_document(room.meeting, "<script>alert(1)</script>")
    make_version(paper, pages=1, state="draft", name="<img onerror=x>.pdf", note="<b>x")
    for shown in (page(secretary, room), page(secretary, room, "1/desk/")):
        assert "<script>alert" not in shown
        assert "<img onerror" not in shown
    assert "&lt;img onerror=x&gt;.pdf" in page(secretary, room, "1/desk/")


@pytest.mark.parametrize("count", [3, 30])
def test_the_desk_asks_the_same_of_the_database_for_few_papers_and_for_many(count: int, secretary: Client, room: Room) -> None:
    for n in range(count):
        paper = make_document(room.meeting, f"Báo cáo {n}", item=room.items[n % 3])
        make_version(paper, pages=1, state="draft")
        if n % 2:
            make_release(paper)
    page(secretary, room)
    with CaptureQueriesContext(connection) as asked:
        page(secretary, room)
    assert len(asked) == DESK_QUERIES
    with CaptureQueriesContext(connection) as asked:
        page(secretary, room, "1/desk/")
    assert len(asked) == PAPER_QUERIES


def test_a_page_that_has_not_changed_is_not_sent_again(secretary: Client, room: Room) -> None:
    version = make_version(make_document(room.meeting), pages=1, state="draft")
    url = f"/m/{room.meeting.slug}/papers/"
    tag = secretary.get(url, HTTP_HOST="localhost").headers["ETag"]
    assert secretary.get(url, HTTP_HOST="localhost", HTTP_IF_NONE_MATCH=tag).status_code == 304
    Version.objects.filter(pk=version.pk).update(pages=9)
    assert secretary.get(url, HTTP_HOST="localhost", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_the_page_of_a_paper_says_what_is_new_and_what_was_taken_out(secretary: Client, room: Room) -> None:
    paper = make_document(room.meeting)
    make_version(paper, texts=("Kết quả đạt 95% kế hoạch năm nay của toàn ngành",))
    make_version(paper, texts=("Kết quả đạt 97% kế hoạch năm nay của toàn ngành", "Phụ lục"), removed=["scripts", "nonsense"])
    shown = page(secretary, room, "1/desk/")
    assert "JavaScript" in shown
    assert "nonsense" not in shown
    assert "97%</ins>" in shown
    assert "95%</del>" in shown
    assert "Page 2 is new" in shown


def test_who_may_not_see_a_paper_learns_nothing_of_its_desk(clients: Clients, room: Room) -> None:
    draft = make_document(room.meeting)
    make_version(draft, pages=1, state="draft")
    for path in ("1/desk/", "1/original/1/", "99/desk/", "9999999999999/desk/"):
        url = f"/m/{room.meeting.slug}/papers/{path}"
        assert {clients[who].get(url).status_code for who in ("delegate", "chair", "observer", "stranger")} == {404}, path


def test_the_chair_looks_at_what_waits_for_approval(clients: Clients, room: Room) -> None:
    make_version(make_document(room.meeting), pages=1, state="checked")
    shown = page(clients["chair"], room, "1/desk/")
    assert "version.approve" in shown
    assert "/original/" not in shown
    assert clients["chair"].get(f"/m/{room.meeting.slug}/papers/1/original/1/").status_code == 403


def test_a_draft_after_what_was_released_is_not_before_the_chair(clients: Clients, room: Room, secretary: Client) -> None:
    paper = make_paper(room.meeting, pages=1)
    make_version(paper, pages=2, state="draft", name="zzten.docx", note="zzghichu")
    hidden = ("Page 2 is new", "zzten", "zzghichu")
    assert not [word for word in hidden if word not in page(secretary, room, "1/desk/")]
    assert not [word for word in hidden if word in page(clients["chair"], room, "1/desk/")]
    Version.objects.filter(document=paper, number=2).update(state="checked")
    assert "zzten" in page(clients["chair"], room, "1/desk/")


def test_the_original_goes_to_who_prepares_as_a_file_nothing_opens(secretary: Client, room: Room) -> None:
    make_version(make_document(room.meeting), data=PDF, texts=("a",), name="Báo\u202e cáo.html")
    answer = secretary.get(f"/m/{room.meeting.slug}/papers/1/original/1/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "%E2%80%AE" not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert secretary.get(f"/m/{room.meeting.slug}/papers/1/original/2/").status_code == 404


def test_files_of_a_plain_form_become_papers(secretary: Client, room: Room) -> None:
    sent = {"1. Một.pdf": PDF, "Hai.docx": b"PK..", "Ba.exe": b"MZ", "0.pdf": b""}
    files = [SimpleUploadedFile(name, data) for name, data in sent.items()]
    url = f"/m/{room.meeting.slug}/papers/new/"
    answer = secretary.post(url, {"title": "Tên", "item": room.items[1].pk, "secrecy": "normal", "files": files})
    assert answer.status_code == 303
    assert [(one.title, one.item_id) for one in room.meeting.documents.order_by("number")] == [
        ("Một", room.items[1].pk), ("Hai", room.items[1].pk),
    ]  # fmt: skip
    told = page(secretary, room)
    assert "Ba.exe: " in told
    assert "0.pdf: " in told


def test_a_plain_form_keeps_what_was_typed_when_it_is_refused(secretary: Client, room: Room) -> None:
    url = f"/m/{room.meeting.slug}/papers/new/"
    answer = secretary.post(url, {"title": "Tên rất dài", "secrecy": "normal", "files": [SimpleUploadedFile("a.exe", b"MZ")]})
    assert (answer.status_code, "Tên rất dài" in answer.content.decode()) == (400, True)
    assert secretary.post(url, {"title": "", "secrecy": "normal"}).status_code == 400
    assert not room.meeting.documents.exists()
    assert secretary.post(url, {"title": "Còn chờ", "secrecy": "normal"}).status_code == 303
    assert room.meeting.documents.get().title == "Còn chờ"


def test_a_secret_file_of_a_plain_form_is_dropped_and_a_placeholder_made(secretary: Client, room: Room) -> None:
    url = f"/m/{room.meeting.slug}/papers/new/"
    body = {"title": "Tài liệu giấy", "secrecy": "secret", "files": [SimpleUploadedFile("a.pdf", PDF)]}
    assert secretary.post(url, body).status_code == 303
    assert room.meeting.documents.get().is_placeholder
    assert not Version.objects.exists()
    assert "may not be kept" in page(secretary, room)
