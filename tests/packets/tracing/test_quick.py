"""Ranges answered before the pages' layers: the same bytes and the same rights, and nothing that is not granted."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from django.test import AsyncClient, Client
from pypdfium2 import PdfDocument

from copies import flattening
from meetings.queries import actor_for
from packets.models import Opening, Version
from packets.reader import files, quick, serving
from packets.reader.quick import Verdicts, send_range
from packets.reader.serving import OpenedCopy, copy_of
from packets.tracing.openings import open_copy
from people.models import User
from tests.cast import Clients, Room, cast_of, furnish
from tests.papers import make_paper, recall

pytestmark = pytest.mark.django_db(transaction=True)


class Asking:
    """One opened copy, and a way to ask for ranges of it as the server does."""

    def __init__(self) -> None:
        self.room: Room = furnish()
        self.cast = cast_of(self.room)
        self.clients = Clients(self.cast)
        self.version: Version = make_paper(self.room.meeting).versions.get()
        self.opening: Opening = open_copy(
            self.room.meeting, actor_for(self.cast["delegate"], self.room.meeting), version=self.version
        )
        self.path = f"/m/{self.room.meeting.slug}/papers/{self.version.document.number}/{self.opening.code}.pdf"

    def session(self, name: str) -> str:
        client: Client = self.clients[name]
        return str(client.cookies["sessionid"].value) if "sessionid" in client.cookies else ""

    def ask(self, name: str = "delegate", *, path: str = "", method: str = "GET", **headers: str) -> list[dict[str, Any]] | None:
        """Return what was sent; nothing when it is left to the pages."""
        sent: list[dict[str, Any]] = []

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        said = {"host": "127.0.0.1", "cookie": f"sessionid={self.session(name)}", "range": "bytes=0-99"} | headers
        pairs = [(key.replace("_", "-").encode(), value.encode()) for key, value in said.items() if value]
        scope = {"type": "http", "method": method, "path": path or self.path, "headers": pairs}
        done = asyncio.run(send_range(scope, send))
        assert done == bool(sent)
        return sent or None


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Asking:
    monkeypatch.setattr(quick, "VERDICTS", Verdicts())
    return Asking()


def test_a_range_is_the_same_as_by_the_page(asking: Asking) -> None:
    for span in ("bytes=0-99", "bytes=1000-2999", "bytes=-300"):
        sent = asking.ask(range=span)
        page = asking.clients["delegate"].get(asking.path, headers={"Range": span})
        assert sent is not None
        start, body = sent
        told = {name.decode(): value.decode() for name, value in start["headers"]}
        assert (start["status"], body["body"]) == (206, page.content) == (page.status_code, page.content)
        theirs = {name.lower(): value for name, value in page.headers.items() if name != "Vary"}
        assert told == theirs


def test_who_may_not_is_left_to_the_pages(asking: Asking) -> None:
    others = ("anonymous", "stranger", "guest", "chair", "secretary", "secretariat", "administrator")
    assert {name: asking.ask(name) for name in others} == dict.fromkeys(others)
    assert asking.ask(cookie="sessionid=nothing") is None
    assert asking.ask(cookie="") is None
    User.objects.filter(pk=asking.cast["delegate"].pk).update(must_change_password=True)
    assert asking.ask() is None


def test_what_is_no_plain_range_is_left_to_the_pages(asking: Asking) -> None:
    assert asking.ask() is not None
    for header in ("bytes=99999999-", "bytes=0-1,2-3", "pages=1-2", ""):
        assert asking.ask(range=header) is None
    assert asking.ask(method="HEAD") is None
    assert asking.ask(method="POST") is None
    assert asking.ask(sec_fetch_dest="document") is None
    assert asking.ask(if_range='"another"') is None
    assert asking.ask(host="elsewhere.example") is None
    assert asking.ask(path=asking.path.replace(".pdf", ".pdf/")) is None
    assert asking.ask(path=asking.path.replace(asking.opening.code, "0" * 12)) is None
    assert asking.ask(path=asking.path.replace("/papers/1/", "/papers/2/")) is None


def test_a_verdict_holds_for_a_second_and_no_longer(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "HELD_S", 0.4)
    assert asking.ask() is not None
    recall(asking.version.document.releases.get())
    asyncio.run(asyncio.sleep(0.45))
    assert asking.ask() is None
    assert asking.clients["delegate"].get(asking.path).status_code == 404


def test_a_verdict_is_a_session_s_own(asking: Asking) -> None:
    assert asking.ask() is not None
    assert asking.ask("chair") is None
    assert asking.ask(cookie=f"sessionid={asking.session('delegate')}x") is None


def test_verdicts_do_not_grow_without_end(asking: Asking) -> None:
    verdicts, copy = Verdicts(remembered=10), copy_of(asking.opening)
    for number in range(50):
        verdicts.keep("session", str(number), copy, 1e12)
    kept = [number for number in range(50) if isinstance(verdicts.of("session", str(number)), OpenedCopy)]
    assert kept == list(range(40, 50))


def streamed(asking: Asking, address: str, most: int) -> bytes:
    """Read an answer as the server does, up to so many bytes, and go away."""

    async def read() -> bytes:
        client = AsyncClient(headers={"host": "127.0.0.1"})
        client.cookies = asking.clients["delegate"].cookies
        answer = await client.get(address)
        assert answer.is_async
        pieces = aiter(answer.streaming_content)
        body = b""
        async for piece in pieces:
            body += piece
            if len(body) >= most:
                break
        await pieces.aclose()
        return body

    return asyncio.run(read())


def test_a_download_comes_page_by_page_and_ends_with_who_goes_away(asking: Asking) -> None:
    asking.session("delegate")
    asking.version.document.releases.update(may_download=True)
    address = f"/m/{asking.room.meeting.slug}/papers/1/download/"
    assert len(PdfDocument(streamed(asking, address, 1 << 30))) == 3
    assert streamed(asking, address, 1).startswith(b"%PDF")
    assert not flattening.PLACES.full
    assert flattening.PLACES._in == 0


def test_a_large_file_is_streamed_in_blocks(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    asking.session("delegate")
    monkeypatch.setattr(files, "AT_ONCE", 1000)
    monkeypatch.setattr(serving, "BLOCK", 5000)
    copy = copy_of(asking.opening)
    assert streamed(asking, asking.path, 1 << 30) == copy.read(0, copy.length)


def test_who_has_just_opened_a_paper_gets_its_first_ranges_at_once(asking: Asking) -> None:
    asking.session("delegate")
    asking.clients["delegate"].get(f"/m/{asking.room.meeting.slug}/papers/1/")
    opened = Opening.objects.get()
    assert quick.VERDICTS.of(asking.session("delegate"), asking.path) == copy_of(opened)
    assert asking.ask() is not None
    assert asking.ask("guest") is None
