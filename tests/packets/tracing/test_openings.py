"""How many records the openings of one account make: the same opened again goes on under its code, and an hour has a limit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from meetings.queries import actor_for
from packets.models import Document, Opening
from packets.tracing import openings
from packets.tracing.openings import open_copy
from tests.cast import Cast, Clients, Room
from tests.papers import make_packet, make_paper, make_release, make_version


@pytest.fixture
def paper(room: Room) -> Document:
    return make_paper(room.meeting)


def address(paper: Document, way: str = "") -> str:
    return f"/m/{paper.meeting.slug}/papers/{paper.number}/{way}"


def codes() -> list[str]:
    return list(Opening.objects.order_by("pk").values_list("code", flat=True))


def test_who_opens_the_same_paper_again_goes_on_under_one_code(paper: Document, clients: Clients) -> None:
    first, second = (clients["delegate"].get(address(paper)).content.decode() for _ in "ab")
    (code,) = codes()
    assert f"/{code}.pdf" in first
    assert f"/{code}.pdf" in second
    assert clients["delegate"].get(address(paper, f"{code}.pdf")).status_code == 200
    clients["guest"].get(address(paper))
    assert Opening.objects.values("account").distinct().count() == 2
    Opening.objects.update(opened_at=F("opened_at") - openings.GOES_ON)
    clients["delegate"].get(address(paper))
    assert len(set(codes())) == 3


def test_another_version_another_unit_and_a_packet_have_codes_of_their_own(
    paper: Document, room: Room, clients: Clients, cast: Cast
) -> None:
    clients["delegate"].get(address(paper))
    own = room.people["delegate"]
    own.organisation_name = own.name = "Giàng A Đại (đổi đơn vị)"
    own.save()
    clients["delegate"].get(address(paper))
    make_version(paper)
    make_release(paper)
    clients["delegate"].get(address(paper))
    for _ in "ab":
        open_copy(room.meeting, actor_for(cast["delegate"], room.meeting), binding=make_packet(paper))
    assert len(codes()) == 4
    assert Opening.objects.filter(version=None).count() == 1


def test_what_is_taken_away_has_a_code_of_its_own_each_time(paper: Document, room: Room, cast: Cast) -> None:
    actor, version = actor_for(cast["delegate"], room.meeting), paper.versions.get()
    for way in ("screen", "download", "download", "print", "print", "screen"):
        open_copy(room.meeting, actor, version=version, way=way)
    assert sorted(Opening.objects.values_list("way", flat=True)) == ["download", "download", "print", "print", "screen"]


def test_an_account_opens_so_many_within_an_hour_and_then_is_told(
    paper: Document, room: Room, clients: Clients, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openings, "MOST_AN_HOUR", 2)
    others = [make_paper(room.meeting, f"Phụ lục {n}") for n in (1, 2)]
    paper.releases.update(may_download=True)
    client = clients["delegate"]
    client.cookies["django_language"] = "en"
    assert client.get(address(paper)).status_code == client.get(address(others[0])).status_code == 200
    for refused in (address(others[1]), address(paper, "download/")):
        answer = client.get(refused)
        assert answer.status_code == 409
        assert "You have opened 2 copies of papers in this meeting within an hour." in answer.content.decode()
    assert client.get(address(paper)).status_code == 200, "what is open goes on"
    assert clients["guest"].get(address(others[1])).status_code == 200, "nobody else is kept from reading"
    account = cast["delegate"].pk
    Opening.objects.filter(account=account).update(recorded_at=timezone.now() - timedelta(hours=1))
    assert client.get(address(others[1])).status_code == 200
    assert Opening.objects.filter(account=account).count() == 3
