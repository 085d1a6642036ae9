"""Downloads and prints: where the release allows them, under a code of their own, and not to their end when it is recalled."""

from __future__ import annotations

import io
from urllib.parse import unquote

import pypdfium2
import pytest

from copies import flattening
from packets.models import Opening
from packets.reader import files
from packets.reader.files import Withdrawn
from packets.reader.taking import file_name
from tests.cast import Cast, Clients, Room
from tests.papers import make_document, make_release, make_version, recall


def released(room: Room, title: str = "Báo cáo tổng kết", *, pages: int = 2, **kw: bool) -> str:
    """Return the address of a new paper that everybody may read."""
    document = make_document(room.meeting, title)
    make_version(document, pages=pages)
    make_release(document, **kw)
    return f"/m/{room.meeting.slug}/papers/{document.number}/"


def test_a_download_is_pictures_under_a_code_of_its_own(room: Room, clients: Clients, cast: Cast) -> None:
    address = released(room, may_download=True)
    answer = clients["delegate"].get(f"{address}download/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert unquote(answer["Content-Disposition"]) == "attachment; filename*=utf-8''1. Báo cáo tổng kết.pdf"
    assert answer["Cache-Control"] == "private, no-store, no-transform"
    pdf = pypdfium2.PdfDocument(io.BytesIO(answer.getvalue()))
    assert len(pdf) == 2
    assert not pdf[0].get_textpage().get_text_range()
    opening = Opening.objects.get()
    assert (opening.way, opening.account, opening.reader) == ("download", cast["delegate"].pk, "Giàng A Đại")
    assert clients["delegate"].get(f"{address}{opening.code}.pdf").status_code == 404, "its text is not to be had"


def test_a_print_is_shown_by_the_browser_and_finer(room: Room, clients: Clients) -> None:
    address = released(room, may_print=True)
    answer = clients["delegate"].get(f"{address}print/")
    assert answer["Content-Disposition"].startswith("inline")
    assert len(pypdfium2.PdfDocument(io.BytesIO(answer.getvalue()))) == 2
    assert Opening.objects.get().way == "print"


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [({}, (403, 403)), ({"may_download": True}, (200, 403)), ({"may_print": True}, (403, 200))],
    ids=["neither", "download", "print"],
)
def test_only_what_the_release_allows(allowed: dict[str, bool], expected: tuple[int, int], room: Room, clients: Clients) -> None:
    address = released(room, **allowed)
    ways = ("download/", "print/")
    assert tuple(clients["delegate"].head(address + way).status_code for way in ways) == expected
    assert tuple(clients["secretary"].head(address + way).status_code for way in ways) == (200, 200)
    assert tuple(clients["stranger"].get(address + way).status_code for way in ways) == (404, 404)
    assert not Opening.objects.exists(), "who only looks has opened nothing"


def test_what_is_recalled_is_not_sent_to_its_end(room: Room, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "JUDGED_EVERY_S", 0.0)
    address = released(room, pages=40, may_download=True)
    body = clients["delegate"].get(f"{address}download/").streaming_content
    assert next(body).startswith(b"%PDF")
    recall(room.meeting.documents.get().releases.get())
    with pytest.raises(Withdrawn):
        list(body)
    assert not flattening.PLACES.full


def test_what_may_only_be_read_from_now_on_is_not_sent_to_its_end(
    room: Room, clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "JUDGED_EVERY_S", 0.0)
    address = released(room, pages=40, may_download=True)
    body = clients["delegate"].get(f"{address}download/").streaming_content
    next(body)
    room.meeting.documents.get().releases.update(may_download=False)
    with pytest.raises(Withdrawn):
        list(body)


def test_a_closed_account_s_long_range_breaks_off(
    room: Room, clients: Clients, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from meetings.queries import actor_for
    from packets.reader import serving
    from packets.tracing.openings import open_copy

    monkeypatch.setattr(files, "JUDGED_EVERY_S", 0.0)
    monkeypatch.setattr(files, "AT_ONCE", 1000)
    monkeypatch.setattr(serving, "BLOCK", 4096)
    address = released(room)
    opening = open_copy(
        room.meeting, actor_for(cast["delegate"], room.meeting), version=room.meeting.documents.get().versions.get()
    )
    body = clients["delegate"].get(f"{address}{opening.code}.pdf").streaming_content
    assert next(body).startswith(b"%PDF")
    cast["delegate"].is_active = False
    cast["delegate"].save()
    with pytest.raises(Withdrawn):
        list(body)


def test_when_too_many_wait_it_says_so(room: Room, clients: Clients, monkeypatch: pytest.MonkeyPatch) -> None:
    from packets.reader import taking

    monkeypatch.setattr(taking, "PLACES", flattening._Places(at_once=0, waiting=0, patience=0))
    answer = clients["delegate"].get(f"{released(room, may_download=True)}download/")
    assert (answer.status_code, Opening.objects.count()) == (503, 0)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("3. Báo cáo", "3. Báo cáo.pdf"), ("../../etc/passwd", "etc passwd.pdf"), ("a\u202efdp.exe", "afdp.exe.pdf"),
        ('x"; filename="y', "x ; filename= y.pdf"), ("\r\nSet-Cookie: a=b", "Set-Cookie a=b.pdf"), ("", "tai-lieu.pdf"),
        ("...", "tai-lieu.pdf"), ("Ư" * 400, "Ư" * 120 + ".pdf"),
    ],
)  # fmt: skip
def test_a_title_is_made_a_name_that_any_system_keeps(title: str, name: str) -> None:
    assert file_name(title) == name
