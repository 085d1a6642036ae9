"""Units hand in the papers of their speeches: until the deadline, within limits, seen by themselves and the secretariat alone."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agenda.models import Speech
from agenda.speeches.actions import close_speech_call, set_speech_call, withdraw_speech
from attendance.models import AskedUnit
from copies.making import make_reading_copy
from live.audience import holding, viewer_of
from meetings import clock
from meetings.hooks import fold_differences
from packets.desk.actions import approve_version, check_version
from packets.models import Document, HandIn, Upload, Version
from packets.preparing.work import write_copy
from packets.releasing.actions import Openness, recall_document, release_document
from people.models import Organisation
from tests.cast import Clients, Room
from tests.knocking import knock
from tests.make import actor_of, make_participant, make_speech, make_speech_call, make_user, the_secretariat
from tests.packets.uploading.test_tus import PDF, TUS, begin, send
from tests.papers import make_document, make_release, make_version

PAGE_QUERIES = 16


def address(speech: Speech, rest: str = "") -> str:
    return f"/m/{speech.meeting.slug}/papers/speeches/{speech.pk}/{rest}"


def hand_in(client: Client, speech: Speech, data: bytes = PDF, *, name: str = "tham-luan.pdf", **fields: str) -> HttpResponse:
    """Send a file by the plain form."""
    return client.post(address(speech), fields | {"files": SimpleUploadedFile(name, data)})


def prepared(version: Version) -> Version:
    """Give a version the reading copy that its job would make."""
    place = Path("papers/reading") / f"{version.pk}.pdf"
    target = Path(settings.FILES_DIR) / place
    target.parent.mkdir(parents=True, exist_ok=True)
    write_copy(version, place, make_reading_copy(Path(version.original.path), version.name, target))
    return version


def start(client: Client, speech: Speech, size: int = len(PDF), **wishes: str) -> HttpResponse:
    """Begin a resumable upload of the paper of a speech."""
    pairs = {"filename": "tham-luan.pdf"} | wishes
    told = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in pairs.items())
    kind: dict[str, Any] = {"HTTP_UPLOAD_LENGTH": str(size), "HTTP_UPLOAD_METADATA": told, "content_type": "text/plain"}
    return client.post(address(speech, "uploads/"), **kind | TUS)


def test_the_paper_is_a_draft_of_its_unit_named_after_the_speech(focal: Client, room: Room, speech: Speech) -> None:
    assert f'href="{address(speech)}"' in focal.get(f"/m/{room.meeting.slug}/programme/speeches/").content.decode()
    begun = start(focal, speech, waits="1")
    url, half = begun.headers["Location"], len(PDF) // 2
    assert begun.status_code == 201
    assert send(focal, url, PDF[:half]).headers["Upload-Offset"] == str(half)
    assert send(focal, url, PDF[half:], half).status_code == 204
    told = focal.post(url, content_type="text/plain", **TUS).json()
    assert (told["state"], told["version"], told["url"], told["twin"]) == ("taken", 1, address(speech), None)
    version = Version.objects.select_related("document").get()
    assert (version.unit_id, version.state, version.copy) == (speech.unit_id, "draft", "waiting")
    assert (version.document.title, version.document.speech_id) == (speech.title, speech.pk)
    assert version.document.item_id == speech.call.item_id
    assert "Being prepared" in focal.get(address(speech)).content.decode()
    entry = room.meeting.journal.entries.get(kind="version.added")
    assert entry.payload["unit_name"] == speech.unit.organisation.name
    assert fold_differences(room.meeting) == []


def test_its_unit_sees_how_far_it_is_and_reads_it(focal: Client, room: Room, speech: Speech) -> None:
    def says(word: str) -> None:
        assert f"<b>{word}.</b>" in focal.get(address(speech)).content.decode()

    says("Not handed in yet")
    assert hand_in(focal, speech, secrecy="internal").status_code == 303
    version = Version.objects.get()
    assert version.document.secrecy == "internal"
    Version.objects.update(copy="refused", refusal="encrypted")
    assert "protected with a password" in focal.get(address(speech)).content.decode()
    Version.objects.update(copy="waiting", refusal="")
    prepared(version)
    says("Ready")
    number, office = version.document.number, the_secretariat()
    assert focal.get(f"/m/{room.meeting.slug}/papers/{number}/").status_code == 200
    check_version(room.meeting, by=office, versions=[version])
    says("Checked")
    approve_version(room.meeting, by=office, versions=[version])
    says("Approved")
    paper = Document.objects.get()
    release_document(
        room.meeting, by=office, documents=[paper], editions={paper.pk: (paper.edition, 1)}, to=Openness(to_everyone=True)
    )
    says("Released")
    recall_document(room.meeting, by=office, documents=[paper])
    says("Recalled")
    assert focal.get(f"/m/{room.meeting.slug}/papers/{number}/").status_code == 200
    assert fold_differences(room.meeting) == []


def test_to_every_other_unit_it_is_not_there(focal: Client, others: Client, clients: Clients, room: Room, speech: Speech) -> None:
    hand_in(focal, speech)
    version = prepared(Version.objects.get())
    begun = start(focal, speech).headers["Location"]
    papers = f"/m/{room.meeting.slug}/papers"
    for path in (address(speech), f"{papers}/1/", f"{papers}/1/standing/", f"{papers}/1/desk/", f"{papers}/1/original/1/", begun):
        assert others.get(path).status_code == 404, path
    assert hand_in(others, speech).status_code == 404
    assert start(others, speech).status_code == 404
    assert send(others, begun, PDF).status_code == 404
    told = [knock(others, room.meeting, "hand_in.request", speech=key, wish="Xin nộp sau") for key in (speech.pk, speech.pk + 9)]
    assert [(one.status_code, list(one.json()["errors"])) for one in told] == [(400, ["speech"])] * 2
    for path in (f"{papers}/", f"{papers}/find/?q=so+hoa", f"/m/{room.meeting.slug}/programme/speeches/"):
        assert speech.title not in others.get(path).content.decode()
    assert {clients[who].get(f"{papers}/1/").status_code for who in ("delegate", "chair", "operator", "stranger")} == {404}
    assert (focal.get(f"{papers}/1/desk/").status_code, focal.get(f"{papers}/1/original/1/").status_code) == (403, 403)
    assert focal.get(f"{papers}/1/download/").status_code == 403
    AskedUnit.objects.filter(pk=version.unit_id).update(is_withdrawn=True)
    assert focal.get(f"{papers}/1/").status_code == 404, "its unit is not asked any more"


def test_a_unit_reads_what_it_has_handed_in_and_not_what_was_made_of_it(focal: Client, room: Room, speech: Speech) -> None:
    hand_in(focal, speech)
    prepared(Version.objects.get())
    paper = Document.objects.get()
    edited = make_version(paper, state="draft", texts=("zzvanphong",))
    answer = focal.get(f"/m/{room.meeting.slug}/papers/1/standing/").json()
    assert answer["version"] == 1
    assert focal.get(f"/m/{room.meeting.slug}/papers/find/?q=zzvanphong").context["found"].papers == []
    make_release(paper)
    assert focal.get(f"/m/{room.meeting.slug}/papers/1/standing/").json()["version"] == 1, "it is released to who takes part"
    assert hand_in(focal, speech, PDF + b"\n", note="Sửa trang 2").status_code == 303
    newest = Version.objects.get(number=edited.number + 1)
    assert (newest.document_id, newest.note) == (paper.pk, "Sửa trang 2")
    page = focal.get(address(speech))
    assert [version.number for version, _standing in page.context["paper"].versions] == [3, 1]
    assert "Replaced by a newer version" in page.content.decode()


def test_a_delegate_who_hands_in_for_the_unit_is_told_of_the_own_version_and_asked_nothing(
    focal: Client, clients: Clients, room: Room, speech: Speech
) -> None:
    make_participant(room.meeting, "Lò Thị Đầu", site=room.lao_cai, user=clients.cast["focal_point"])
    hand_in(focal, speech)
    prepared(Version.objects.get())
    make_release(Document.objects.get())
    hand_in(focal, speech, PDF + b"\n")
    prepared(Version.objects.get(number=2))
    papers = f"/m/{room.meeting.slug}/papers"
    for state, word in (("draft", "Draft"), ("checked", "Checked"), ("approved", "Approved")):
        Version.objects.filter(number=2).update(state=state)
        for path in (f"{papers}/", f"{papers}/mine/", f"{papers}/1/"):
            page = focal.get(path).content.decode()
            assert f"Version 2: {word}" in page, path
            assert [said for said in ("waits for your", "is approved, not", "papers/1/desk/") if said in page] == [], path
        assert focal.get(f"{papers}/1/?version=2").status_code == 200
        assert focal.get(f"{papers}/1/desk/").status_code == 403


def test_a_new_version_comes_until_the_deadline_and_then_by_request_only(
    focal: Client, clients: Clients, room: Room, speech: Speech
) -> None:
    hand_in(focal, speech)
    now = clock.now(room.meeting)
    assert knock(focal, room.meeting, "hand_in.request", speech=speech, wish="Sớm").status_code == 409
    begun = start(focal, speech, len(PDF) + 1).headers["Location"]
    set_speech_call(
        room.meeting, by=the_secretariat(), item=speech.call.item, call=speech.call, minutes=8, deadline=now - timedelta(hours=1)
    )
    late = hand_in(focal, speech, PDF + b"\n")
    assert (late.status_code, late.context["refused"][:13]) == (400, "The deadline ")
    assert start(focal, speech).status_code == 409
    send(focal, begun, PDF + b"\n")
    assert focal.get(begun).json()["state"] == "refused", "what was under way comes too late as well"
    assert Version.objects.count() == 1

    assert knock(focal, room.meeting, "hand_in.request", speech=speech, wish="Chờ số liệu").status_code == 200
    assert "Chờ số liệu" not in str(list(room.meeting.journal.entries.values_list("payload", flat=True)))
    desk = clients["secretary"]
    assert "Chờ số liệu" in desk.get(address(speech)).content.decode()
    assert f"/papers/speeches/{speech.pk}/" in desk.get(f"/m/{room.meeting.slug}/papers/").content.decode()
    assert knock(desk, room.meeting, "hand_in.decline", speech=speech, answer="Đã in xong").status_code == 200
    assert "Đã in xong" in focal.get(address(speech)).content.decode()
    assert knock(desk, room.meeting, "hand_in.grant", speech=speech, until="2099-01-01T08:00").status_code == 409
    knock(focal, room.meeting, "hand_in.request", speech=speech, wish="Sửa một số liệu")
    assert fold_differences(room.meeting) == []
    assert knock(desk, room.meeting, "hand_in.grant", speech=speech, until="2020-01-01T08:00").status_code == 409
    assert knock(desk, room.meeting, "hand_in.grant", speech=speech, until="2099-01-01T08:00").status_code == 200
    assert hand_in(focal, speech, PDF + b"\n").status_code == 303
    assert fold_differences(room.meeting) == []
    HandIn.objects.update(until=now - timedelta(minutes=1))
    assert hand_in(focal, speech, PDF + b"\n\n").status_code == 400


def test_what_is_closed_by_hand_takes_no_paper(focal: Client, room: Room, speech: Speech) -> None:
    close_speech_call(room.meeting, by=the_secretariat(), call=speech.call)
    late = hand_in(focal, speech)
    assert late.context["refused"].startswith("The registration of speeches is closed.")


@pytest.mark.parametrize("secrecy", ["confidential", "secret", "top_secret"])
def test_a_secret_paper_is_not_taken_new_or_as_a_version(secrecy: str, focal: Client, speech: Speech) -> None:
    for _time in range(2):
        before = Version.objects.count()
        refused = start(focal, speech, secrecy=secrecy)
        assert (refused.status_code, "no file was taken" in refused.json()["reason"]) == (409, True)
        assert "no file was taken" in hand_in(focal, speech, PDF + b"x", secrecy=secrecy).context["refused"]
        assert Version.objects.count() == before
        hand_in(focal, speech)
    assert not Upload.objects.exists()


def test_only_one_readable_file_is_taken_by_the_plain_form(focal: Client, clients: Clients, speech: Speech) -> None:
    assert focal.post(address(speech), {}).status_code == 400
    assert hand_in(focal, speech, b"").status_code == 400
    assert hand_in(focal, speech, name="a.docm").status_code == 400
    assert hand_in(focal, speech, secrecy="geheim").status_code == 400
    assert hand_in(clients["secretary"], speech).status_code == 403, "the secretariat has its desk"
    assert focal.get(f"{address(speech)[:-2]}{'9' * 25}/").status_code == 404
    assert not Version.objects.exists()


def test_the_paper_of_a_withdrawn_speech_stays_and_is_marked(focal: Client, clients: Clients, room: Room, speech: Speech) -> None:
    hand_in(focal, speech)
    withdraw_speech(room.meeting, by=the_secretariat(), speech=speech, version=speech.version)
    assert "withdrawn" in hand_in(focal, speech, PDF + b"\n").context["refused"]
    desk = clients["secretary"]
    desk.cookies["django_language"] = "en"
    for path in ("", "1/desk/"):
        assert "Speech withdrawn" in desk.get(f"/m/{room.meeting.slug}/papers/{path}").content.decode()
    assert focal.get(address(speech)).status_code == 200


def test_a_paper_that_waits_for_its_file_is_the_unit_s_own_and_what_was_taken_out_is_not(
    focal: Client, room: Room, speech: Speech
) -> None:
    make_document(room.meeting, "Bản giấy", speech=speech, secrecy="secret")
    awaited = make_document(room.meeting, "Tham luận chờ tệp", speech=speech)
    hand_in(focal, speech)
    assert Version.objects.get().document_id == awaited.pk
    Document.objects.filter(pk=awaited.pk).update(is_removed=True)
    assert focal.get(address(speech)).context["paper"].versions == []
    hand_in(focal, speech)
    assert Version.objects.latest("pk").document.title == speech.title


def test_the_same_file_of_another_unit_is_not_told(focal: Client, others: Client, room: Room, speech: Speech) -> None:
    foreign = make_speech(room.meeting.asked_units.exclude(pk=speech.unit_id).get(), "Bài của Cà Mau")
    hand_in(others, foreign)
    url = start(focal, speech).headers["Location"]
    send(focal, url, PDF)
    told = focal.get(url).json()
    assert (told["state"], told["twin"]) == ("taken", None)
    assert Document.objects.count() == 2
    again = start(focal, speech).headers["Location"]
    send(focal, again, PDF)
    assert focal.get(again).json()["state"] == "refused"


def test_the_desk_has_a_row_for_each_speech_and_files_are_dropped_on_it(clients: Clients, room: Room, speech: Speech) -> None:
    desk = clients["secretary"]
    page = desk.get(f"/m/{room.meeting.slug}/papers/").content.decode()
    assert f'data-drop-speech="{speech.pk}"' in page
    url = begin(desk, room, speech=speech.pk).headers["Location"]
    send(desk, url, PDF)
    paper = Document.objects.get()
    assert (paper.speech_id, paper.item_id, paper.versions.get().unit_id) == (speech.pk, speech.call.item_id, None)
    assert f'value="{speech.pk}" selected' in desk.get(f"/m/{room.meeting.slug}/papers/new/?speech={speech.pk}").content.decode()


@pytest.mark.parametrize("count", [3, 20])
def test_a_unit_s_page_costs_the_same_for_few_versions_and_for_many(
    count: int, focal: Client, room: Room, unit: AskedUnit
) -> None:
    call = make_speech_call(room.meeting, per_unit=20)
    speeches = [make_speech(unit, f"Bài {n}", call=call) for n in range(count)]
    for one in speeches:
        make_version(make_document(room.meeting, one.title, speech=one), pages=1, state="draft", unit=unit)
    for _n in range(count):
        make_version(Document.objects.latest("pk"), pages=1, state="draft", unit=unit)
    focal.get(address(speeches[-1]))
    with CaptureQueriesContext(connection) as asked:
        focal.get(address(speeches[-1]))
    assert len(asked) == PAGE_QUERIES, "\n".join(q["sql"][:150] for q in asked)


def test_a_department_of_a_unit_speaks_for_it(clients: Clients, room: Room, speech: Speech) -> None:
    office = Organisation.objects.create(parent=speech.unit.organisation, kind="department", name="Văn phòng", short_name="VP")
    clients.cast["department"] = make_user("focal-vp", office_role="focal_point", organisation=office)
    assert clients["department"].get(address(speech)).status_code == 200


def test_the_line_of_a_focal_point_s_open_paper_stands_while_its_unit_is_asked(
    clients: Clients, room: Room, unit: AskedUnit
) -> None:
    actor = actor_of(room.meeting, clients.cast["focal_point"])
    ticket = viewer_of(room.meeting, actor, "reader", "vi", None).ticket
    assert holding([ticket]) == {ticket}
    AskedUnit.objects.filter(pk=unit.pk).update(is_withdrawn=True)
    assert holding([ticket]) == set()
