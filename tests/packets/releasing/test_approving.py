"""Who is asked to approve a newer version reads exactly that one; everybody else keeps the released one and hears of no other."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from meetings.queries import actor_for
from packets.models import Document, Opening, Version
from packets.releasing.seeing import sight_of, sights
from packets.tracing.openings import open_copy
from tests.cast import Cast, Clients, Room
from tests.packets.releasing.ways import EXACT, Copy
from tests.papers import make_document, make_release, make_version, recall

PREPARING = ("secretary", "secretariat", "administrator")


@pytest.fixture
def paper(room: Room) -> Document:
    """Paper 1: version 1 is released to everybody, version 2 has been checked."""
    made = make_document(room.meeting, "Báo cáo")
    make_version(made, texts=["zzcu Số liệu cũ."])
    make_release(made, may_download=True, may_print=True)
    make_version(made, texts=["zzmoi Số liệu mới."], state="checked", note="zzghichu")
    return made


def address(room: Room, rest: str) -> str:
    return f"/m/{room.meeting.slug}/papers/{rest}"


def page(client: Client, room: Room, rest: str) -> str:
    client.cookies["django_language"] = "en"
    answer = client.get(address(room, rest))
    assert answer.status_code == 200
    return answer.content.decode()


def copies(room: Room, cast: Cast, paper: Document, number: int) -> dict[str, Copy]:
    version = paper.versions.get(number=number)
    found = {who: open_copy(room.meeting, actor_for(user, room.meeting), version=version) for who, user in cast.items()}
    return {who: Copy(paper.number, number, opening.code) for who, opening in found.items()}


def answers(room: Room, clients: Clients, who: str, copy: Copy) -> dict[str, int]:
    found = {}
    for name, way in EXACT.items():
        answer = way.go(clients[who], room.meeting, copy)
        if answer.streaming:
            list(answer.streaming_content)  # type: ignore[attr-defined]
        found[name] = answer.status_code
    return found


SHOWN = {name: way.shows for name, way in EXACT.items()}
NOT_TAKEN_AWAY = SHOWN | {"download": 403, "print": 403}


def test_every_way_gives_the_version_to_who_approves_and_to_nobody_else(
    room: Room, cast: Cast, clients: Clients, paper: Document
) -> None:
    waiting = copies(room, cast, paper, 2)
    assert answers(room, clients, "chair", waiting["chair"]) == NOT_TAKEN_AWAY
    for who in PREPARING:
        assert answers(room, clients, who, waiting[who]) == SHOWN, who
    for who in ("delegate", "guest", "observer", "operator", "technician"):
        assert set(answers(room, clients, who, waiting[who]).values()) == {404}, who


def test_the_released_version_stays_before_who_approves(room: Room, cast: Cast, clients: Clients, paper: Document) -> None:
    released = copies(room, cast, paper, 1)
    for who in ("chair", "delegate", "secretary"):
        assert answers(room, clients, who, released[who]) == SHOWN, who
    sight = sight_of(room.meeting, actor_for(cast["chair"], room.meeting), 1)
    assert sight is not None
    assert sight.version is not None
    assert sight.awaiting is not None
    assert (sight.version.number, sight.awaiting.number) == (1, 2)
    assert [one.awaiting for one in sights(room.meeting, actor_for(cast["delegate"], room.meeting))] == [None]


def test_the_copy_carries_a_mark_of_its_own(room: Room, clients: Clients, paper: Document) -> None:
    page(clients["chair"], room, "1/")
    page(clients["chair"], room, "1/?version=2")
    found = list(Opening.objects.order_by("pk").values_list("version__number", "reader"))
    assert found == [(1, "Nguyễn Văn Chủ"), (2, "Nguyễn Văn Chủ")]
    assert Opening.objects.values("code").distinct().count() == 2


def test_what_is_found_inside_is_of_that_version(room: Room, clients: Clients, paper: Document) -> None:
    def hits(who: str, words: str, **asked: Any) -> int:
        return len(clients[who].get(address(room, "1/find/"), {"q": words} | asked).json()["hits"])

    assert (hits("chair", "zzmoi"), hits("chair", "zzmoi", version=2), hits("chair", "zzcu", version=2)) == (0, 1, 0)


@pytest.mark.parametrize("rest", ["", "1/", "mine/", "find/?q=zzmoi", "find/?q=bao", "packet/", "my-reading/"])
def test_a_delegate_hears_nothing_of_it(rest: str, room: Room, clients: Clients, paper: Document) -> None:
    body = page(clients["delegate"], room, rest)
    assert not [word for word in ("version=2", "Version 2", "zzghichu", "waits for") if word in body]


def test_who_approves_finds_it_in_the_list_the_reader_and_on_the_page_of_the_paper(
    room: Room, clients: Clients, paper: Document
) -> None:
    listed = page(clients["chair"], room, "")
    assert "Version 2 waits for your approval" in listed
    assert 'papers/1/?version=2"' in listed
    assert "Version 2 waits for your approval" in page(clients["chair"], room, "mine/")
    assert 'href="?version=2"' in page(clients["chair"], room, "1/")
    read = page(clients["chair"], room, "1/?version=2")
    assert f'href="{address(room, "1/desk/")}"' in read
    desk = page(clients["chair"], room, "1/desk/")
    assert [f"papers/1/?version={n}" in desk for n in (1, 2)] == [True, True]


def test_once_it_is_released_the_open_page_goes_on_and_an_old_link_leads_to_the_newest(
    room: Room, clients: Clients, paper: Document
) -> None:
    make_release(paper)
    for who in ("chair", "delegate"):
        told = clients[who].get(address(room, "1/standing/?version=2")).json()
        assert (told["version"], len(told["grants"])) == (2, 2), who
        assert clients[who].get(address(room, "1/?version=1")).headers["Location"] == address(room, "1/")
    assert clients["delegate"].get(address(room, "1/standing/?version=1")).json()["version"] == 2


def test_once_it_is_returned_it_is_gone(room: Room, cast: Cast, clients: Clients, paper: Document) -> None:
    opened = copies(room, cast, paper, 2)["chair"]
    Version.objects.filter(document=paper, number=2).update(state="draft")
    assert set(answers(room, clients, "chair", opened).values()) == {404}
    assert "version=2" not in page(clients["chair"], room, "")


def test_a_version_released_to_others_is_not_opened_by_approving_the_next(
    room: Room, cast: Cast, clients: Clients, paper: Document
) -> None:
    recall(paper.releases.get())
    first = copies(room, cast, paper, 1)["chair"]
    assert set(answers(room, clients, "chair", first).values()) - {302} == {404}
    assert answers(room, clients, "chair", copies(room, cast, paper, 2)["chair"]) == NOT_TAKEN_AWAY
    desk = page(clients["chair"], room, "1/desk/")
    assert "zzcu" not in desk
    assert "version=1" not in desk


def test_who_approves_compares_with_no_version_that_was_open_to_others_alone(room: Room, clients: Clients) -> None:
    made = make_document(room.meeting, "Báo cáo")
    make_version(made, texts=["zzcu Số liệu cũ."], note="zzghichu")
    make_release(made, roles=["guest"])
    make_version(made, texts=["zzmoi Số liệu mới."])
    make_release(made, roles=["chair"])
    desk = page(clients["chair"], room, "1/desk/")
    assert [word for word in ("zzcu", "zzghichu", "version=1") if word in desk] == []
    assert "version=2" in desk
    make_version(made, texts=["zzba Số liệu sau cùng."], state="checked")
    desk = page(clients["chair"], room, "1/desk/")
    assert ("zzba" in desk, "zzmoi" in desk, "zzcu" in desk) == (True, True, False)


@pytest.mark.parametrize("asked", ["0", "3", "x", "-1", "9" * 18, "9" * 40, "²", "%00"])
def test_a_version_that_is_none_is_not_there(asked: str, room: Room, clients: Clients, paper: Document) -> None:
    for who in ("secretary", "chair"):
        for rest in ("1/find/", "1/bookmarks/", "1/download/"):
            assert clients[who].get(address(room, f"{rest}?version={asked}")).status_code == 404, (who, rest)
    assert clients["secretary"].get(address(room, f"1/?version={asked}")).status_code == 404
