"""Files sent in chunks: begun, gone on with after a cut line, taken in; by one account, within limits, on a full disk."""

from __future__ import annotations

import errno
import uuid
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from jobs.models import Job
from meetings.hooks import fold_differences
from packets.models import Upload, Version
from packets.uploading import limits, store
from tests.cast import Clients, Room
from tests.papers import make_document, make_version
from tests.pdfs import make_pdf

pytestmark = pytest.mark.postgres

PDF = make_pdf(("Trang một", "Trang hai"))
TUS = {"HTTP_TUS_RESUMABLE": "1.0.0", "HTTP_ACCEPT": "application/json"}


def begin(client: Client, room: Room, name: str = "Báo cáo.pdf", size: int = len(PDF), **wishes: Any) -> HttpResponse:
    pairs = {"filename": name} | {key: str(value) for key, value in wishes.items()}
    told = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in pairs.items())
    url = f"/m/{room.meeting.slug}/papers/uploads/"
    return client.post(url, HTTP_UPLOAD_LENGTH=str(size), HTTP_UPLOAD_METADATA=told, content_type="text/plain", **TUS)


def send(client: Client, url: str, data: bytes, offset: int = 0, **headers: Any) -> HttpResponse:
    kind = {"content_type": "application/offset+octet-stream"}
    return client.patch(url, data, **kind | {"HTTP_UPLOAD_OFFSET": str(offset)} | TUS | headers)


@pytest.fixture
def secretary(clients: Clients) -> Client:
    return clients["secretary"]


def test_a_file_goes_on_from_where_the_line_was_cut(secretary: Client, room: Room) -> None:
    begun = begin(secretary, room, item=room.items[1].pk)
    url, half = begun.headers["Location"], len(PDF) // 2
    assert (begun.status_code, begun.headers["Tus-Resumable"]) == (201, "1.0.0")
    assert "Upload-Expires" in begun.headers
    assert send(secretary, url, PDF[:half]).headers["Upload-Offset"] == str(half)
    head = secretary.head(url)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == (str(half), str(len(PDF)))
    assert "no-store" in head.headers["Cache-Control"]
    last = send(secretary, url, PDF[half:], half)
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(PDF)))
    version = Version.objects.get()
    assert version.document.title == "Báo cáo"
    assert version.document.item_id == room.items[1].pk
    assert (version.name, version.original_size, version.state, version.copy) == ("Báo cáo.pdf", len(PDF), "draft", "waiting")
    with version.original.open("rb") as file:
        assert file.read() == PDF
    assert "Báo" not in version.original.name
    assert Job.objects.get(name="papers.prepare").arguments == {"version": version.pk}
    told = secretary.get(url).json()
    assert (told["state"], told["paper"], told["twin"]) == ("taken", 1, None)
    assert fold_differences(room.meeting) == []
    assert [one for one in store.folder().iterdir() if one.name == url.split("/")[-2].replace("-", "")] == []


def test_a_chunk_at_the_wrong_place_is_refused_and_nothing_is_kept_of_it(secretary: Client, room: Room) -> None:
    url = begin(secretary, room).headers["Location"]
    send(secretary, url, PDF[:10])
    again = send(secretary, url, PDF[:10])
    assert (again.status_code, again.headers["Upload-Offset"]) == (409, "10")
    assert send(secretary, url, PDF[20:], 20).status_code == 409
    assert send(secretary, url, PDF + b"more", 10).status_code == 413
    assert secretary.head(url).headers["Upload-Offset"] == "10"
    assert send(secretary, url, PDF[10:], 10).status_code == 204
    assert Version.objects.get().original_size == len(PDF)


def test_two_windows_that_send_the_same_file_do_not_mix_it(secretary: Client, room: Room) -> None:
    url = begin(secretary, room).headers["Location"]
    with store.held(Upload.objects.get().key):
        refused = send(secretary, url, PDF)
    assert refused.status_code == 423
    assert refused.json()["reason"]
    assert send(secretary, url, PDF).status_code == 204


def test_files_that_wait_for_their_turn_are_taken_in_when_that_is_asked_for(secretary: Client, room: Room) -> None:
    first, second = (begin(secretary, room, name, waits=1).headers["Location"] for name in ("1. Một.pdf", "2. Hai.pdf"))
    send(secretary, second, PDF)
    assert secretary.get(second).json()["state"] == "arrived"
    send(secretary, first, PDF)
    told = [secretary.post(url, content_type="text/plain", **TUS).json() for url in (first, second)]
    assert [(one["paper"], one["title"], one["twin"]) for one in told] == [(1, "Một", None), (2, "Hai", 1)]
    assert secretary.post(first, content_type="text/plain", **TUS).json()["paper"] == 1
    assert Version.objects.count() == 2


def test_the_same_file_is_no_new_version(secretary: Client, room: Room) -> None:
    send(secretary, begin(secretary, room).headers["Location"], PDF)
    paper = room.meeting.documents.get()
    url = begin(secretary, room, document=paper.pk).headers["Location"]
    assert send(secretary, url, PDF).status_code == 204
    told = secretary.get(url).json()
    assert told["state"] == "refused"
    assert "1" in told["reason"]
    assert paper.versions.count() == 1
    newer = begin(secretary, room, document=paper.pk, size=len(PDF) + 1, note="Sửa trang 2").headers["Location"]
    send(secretary, newer, PDF + b"\n")
    assert (paper.versions.first().number, paper.versions.first().note) == (2, "Sửa trang 2")


@pytest.mark.parametrize(
    ("name", "size", "status", "word"),
    [
        ("a.pdf", 0, 400, "empty"),
        ("a.docm", 5, 415, "macro"),
        ("a.exe", 5, 415, "unknown"),
        ("a.pdf", limits.LARGEST_FILE + 1, 413, "huge"),
    ],
)
def test_what_cannot_become_a_paper_is_refused_before_it_is_sent(
    name: str, size: int, status: int, word: str, secretary: Client, room: Room
) -> None:
    refused = begin(secretary, room, name, size)
    assert (refused.status_code, refused.json()["word"]) == (status, word)
    assert refused.json()["reason"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("secrecy", ["confidential", "secret", "top_secret"])
def test_a_secret_file_is_not_taken(secrecy: str, secretary: Client, room: Room) -> None:
    placeholder = make_document(room.meeting, secrecy=secrecy)
    for refused in (begin(secretary, room, secrecy=secrecy), begin(secretary, room, document=placeholder.pk)):
        assert (refused.status_code, refused.json()["word"]) == (409, "secret")
    assert not Upload.objects.exists()


def test_a_paper_that_was_made_secret_or_taken_out_meanwhile_takes_no_file(secretary: Client, room: Room) -> None:
    for change in ({"secrecy": "secret"}, {"is_removed": True}):
        paper = make_document(room.meeting)
        url = begin(secretary, room, document=paper.pk).headers["Location"]
        room.meeting.documents.filter(pk=paper.pk).update(**change)
        send(secretary, url, PDF)
        assert secretary.get(url).json()["state"] == "refused"
    assert not Version.objects.exists()
    assert [one for one in (settings.FILES_DIR / "uploads").iterdir() if one.stat().st_size == len(PDF)] == []


def test_rows_of_another_meeting_and_nonsense_are_not_taken(secretary: Client, room: Room) -> None:
    for wish in ({"item": 10**12}, {"document": "x"}, {"speech": -1}, {"secrecy": "geheim"}, {"item": "9" * 30}):
        assert begin(secretary, room, **wish).status_code == 400
    url = f"/m/{room.meeting.slug}/papers/uploads/"
    assert secretary.post(url, content_type="text/plain").status_code == 412
    assert secretary.post(url, content_type="text/plain", **TUS).status_code == 400
    assert secretary.options(url).headers["Tus-Extension"] == "creation,expiration,termination"


def test_half_a_file_is_there_for_its_own_account_alone(clients: Clients, room: Room) -> None:
    url = begin(clients["secretary"], room).headers["Location"]
    assert clients["secretariat"].head(url).status_code == 404
    assert send(clients["secretariat"], url, PDF).status_code == 404
    assert send(clients["delegate"], url, PDF).status_code == 403
    assert clients["secretariat"].delete(url, **TUS).status_code == 404


def test_an_upload_is_let_go(secretary: Client, room: Room) -> None:
    url = begin(secretary, room).headers["Location"]
    key = Upload.objects.get().key
    send(secretary, url, PDF[:10])
    assert secretary.delete(url, **TUS).status_code == 204
    assert (store.path_of(key).exists(), secretary.head(url).status_code) == (False, 404)


def test_an_upload_let_go_in_another_window_at_the_same_moment_is_not_there(
    secretary: Client, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, held = begin(secretary, room).headers["Location"], store.held

    @contextmanager
    def late(key: uuid.UUID) -> Iterator[BinaryIO]:
        with held(key) as file:
            Upload.objects.filter(pk=key).delete()
            yield file

    monkeypatch.setattr(store, "held", late)
    assert send(secretary, url, PDF).status_code == 404
    assert not Version.objects.exists()


def test_half_a_file_that_was_tidied_away_says_so(secretary: Client, room: Room) -> None:
    url = begin(secretary, room).headers["Location"]
    store.forget(Upload.objects.get().key)
    gone = send(secretary, url, PDF)
    assert (gone.status_code, gone.json()["word"]) == (410, "expired")


def test_a_full_disk_is_said_and_what_has_come_is_kept(secretary: Client, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    url = begin(secretary, room).headers["Location"]
    send(secretary, url, PDF[:10])

    def full(_fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(store.os, "fdatasync", full)
        refused = send(secretary, url, PDF[10:], 10)
    assert (refused.status_code, refused.json()["word"]) == (507, "disk")
    assert secretary.head(url).headers["Upload-Offset"] == "10"
    with monkeypatch.context() as disk:
        disk.setattr(store.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": limits.RESERVE})())
        assert begin(secretary, room).status_code == 507
    assert send(secretary, url, PDF[10:], 10).status_code == 204
    assert Version.objects.count() == 1


def test_a_disk_that_fills_at_the_last_step_loses_nothing(secretary: Client, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    url = begin(secretary, room).headers["Location"]

    def full(*_args: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(store.os, "link", full)
        assert send(secretary, url, PDF).status_code == 507
    assert secretary.get(url).json()["state"] == "arrived"
    assert secretary.post(url, content_type="text/plain", **TUS).json()["state"] == "taken"


def test_an_account_sends_so_many_files_and_no_more(secretary: Client, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_UNFINISHED", 2)
    assert [begin(secretary, room).status_code for _ in range(3)] == [201, 201, 429]
    monkeypatch.setattr(limits, "MOST_UNFINISHED", 200)
    monkeypatch.setattr(limits, "MOST_UNFINISHED_BYTES", 3 * len(PDF))
    assert [begin(secretary, room).status_code for _ in range(2)] == [201, 429]


def test_a_chunk_is_at_most_four_megabytes(secretary: Client, room: Room) -> None:
    url = begin(secretary, room, size=limits.LARGEST_CHUNK + 10).headers["Location"]
    assert send(secretary, url, bytes(limits.LARGEST_CHUNK + 1)).status_code == 413
    assert send(secretary, url, bytes(limits.LARGEST_CHUNK)).headers["Upload-Offset"] == str(limits.LARGEST_CHUNK)
    assert send(secretary, url, b"x", limits.LARGEST_CHUNK, content_type="text/plain").status_code == 415
    assert send(secretary, url, b"x", -1).status_code == 400


def test_a_proxy_that_knows_no_patch_is_gone_round(secretary: Client, room: Room) -> None:
    url = begin(secretary, room).headers["Location"]
    kind = {"content_type": "application/offset+octet-stream", "HTTP_X_HTTP_METHOD_OVERRIDE": "PATCH", "HTTP_UPLOAD_OFFSET": "0"}
    assert secretary.post(url, PDF, **kind | TUS).status_code == 204
    assert Version.objects.count() == 1


def test_a_file_for_an_item_that_has_gone_is_the_meeting_s(secretary: Client, room: Room) -> None:
    url = begin(secretary, room, item=room.items[3].pk).headers["Location"]
    room.items[3].delete()
    send(secretary, url, PDF)
    assert room.meeting.documents.get().item_id is None


def test_two_files_of_the_same_content_are_noticed(secretary: Client, room: Room) -> None:
    old = make_version(make_document(room.meeting, "Cũ"), data=PDF, texts=("a", "b"))
    url = begin(secretary, room, "mới.pdf").headers["Location"]
    send(secretary, url, PDF)
    assert secretary.get(url).json()["twin"] == old.document.number
