"""Two texts of one block beside each other, versions, and what a page that follows is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from minutes.models import Minutes
from tests.cast import Room
from tests.make import mark_present, open_the_item, the_secretariat
from tests.minutes.blocks.blocks import add, shown, write
from texts.nodes import document, paragraph, text

pytestmark = pytest.mark.django_db
BASE = ("Một.", "Hai.", "Ba.")
SINCE = 15  # who, where (5); minutes, writers, head, copies typed; entries, body above, blocks, copies; two for who may speak
QUIET = 6  # of these, when nothing is new: who, where, minutes (nobody has typed yet), head


def doc(*lines: str) -> dict[str, Any]:
    return document([paragraph(text(line)) for line in lines])


def compare(client: Client, room: Room, version: int, *lines: str, heading: str = "Thời gian, địa điểm") -> Any:
    body = {"version": version, "heading": heading, "body": json.dumps(doc(*lines))}
    return client.post(f"/m/{room.meeting.slug}/minutes/blocks/time/compare/", body)


@pytest.fixture
def three(running: Room) -> Room:
    """A block of three paragraphs, whose first somebody else has changed since version 1."""
    write(running, "time", "", body=doc(*BASE))
    write(running, "time", "", body=doc("Một, sửa.", "Hai.", "Ba."))
    return running


def test_both_texts_are_shown_and_put_together_where_nobody_touched_the_other_s_passage(
    three: Room, clients: dict[str, Client]
) -> None:
    conflict = compare(clients["secretary"], three, 1, "Một.", "Hai.", "Ba, của tôi.").context["conflict"]
    assert conflict.merged == doc("Một, sửa.", "Hai.", "Ba, của tôi.")
    assert [piece.state for piece in conflict.pieces] == ["changed", "same", "changed"]
    html = compare(clients["secretary"], three, 1, "Một.", "Hai.", "Ba, của tôi.").content.decode()
    assert "data-merge" in html
    assert "<ins" in html


def test_where_both_changed_the_same_words_a_person_must_choose(three: Room, clients: dict[str, Client]) -> None:
    answer = compare(clients["secretary"], three, 1, "Một, của tôi.", "Hai.", "Ba.")
    assert answer.context["conflict"].merged is None
    assert "data-merge" not in answer.content.decode()


def test_what_one_saved_oneself_is_told_as_another_window_s(three: Room, clients: dict[str, Client]) -> None:
    told = gettext("You saved other words here in another window at %(at)s. Nothing has been overwritten: choose, then save.")
    html = compare(clients["secretary"], three, 1, "Một", "Hai của người kia", "Ba").content.decode()
    assert told.partition("%(at)s")[0] not in html
    three.meeting.participants.filter(pk=three.people["secretary"].pk).update(name=the_secretariat().name)
    html = compare(clients["secretary"], three, 1, "Một", "Hai của người kia", "Ba").content.decode()
    assert told.partition("%(at)s")[0] in html


def test_both_may_say_the_same(three: Room, clients: dict[str, Client]) -> None:
    assert compare(clients["secretary"], three, 1, "Một, sửa.", "Hai.", "Ba.").context["conflict"].is_same


def test_what_is_compared_is_kept_nowhere_and_malformed_words_are_refused(three: Room, clients: dict[str, Client]) -> None:
    compare(clients["secretary"], three, 1, "Chỉ xem.")
    assert "Chỉ xem." not in shown(three, "time").text
    url = f"/m/{three.meeting.slug}/minutes/blocks/time/compare/"
    assert clients["secretary"].post(url, {"version": "x"}).status_code == 400
    assert clients["secretary"].post(url.replace("/time/", "/khong/"), {"version": 0}).status_code == 404
    assert clients["chair"].post(url, {"version": 0}).status_code == 403


def test_any_two_versions_stand_beside_each_other(three: Room, clients: dict[str, Client]) -> None:
    url = f"/m/{three.meeting.slug}/minutes/blocks/time/revisions/"
    for query, versions in (("", (1, 2)), ("?a=0&b=2", (0, 2)), ("?a=9&b=x", (1, 2)), ("?a=2&b=2", (2, 2))):
        history = clients["chair"].get(url + query).context["history"]
        assert (history.left.version, history.right.version) == versions
    assert "do/block.restore/" in clients["secretary"].get(url).content.decode()
    assert "do/block.restore/" not in clients["chair"].get(url).content.decode()
    assert clients["chair"].get(url.replace("/time/", "/composition/")).status_code == 404


def since(client: Client, room: Room, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/m/{room.meeting.slug}/minutes/since/", query).json()
    return found


def test_a_page_that_follows_is_told_what_it_has_not(
    running: Room, clients: dict[str, Client], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    secretary = clients["secretary"]
    first = since(secretary, running)
    assert set(first["html"]) == {key for key, _stamp in first["blocks"]}
    known = "".join(stamp for _key, stamp in first["blocks"])
    assert "html" not in since(secretary, running, stamp=first["stamp"], known=known)
    with django_assert_num_queries(QUIET):
        assert "blocks" not in since(secretary, running, stamp=first["stamp"], head=first["head"])
    open_the_item(running.items[1], closing=running.items[0])
    second = since(secretary, running, stamp=first["stamp"], known=known)
    assert {f"item:{one.pk}" for one in running.items[:2]} <= set(second["html"])
    assert "time" not in second["html"]
    assert second["running"] == f"item:{running.items[1].pk}"
    assert 'class="block point running"' in second["html"][second["running"]]


def test_who_only_reads_follows_without_forms(running: Room, clients: dict[str, Client]) -> None:
    assert "do/block" not in json.dumps(since(clients["chair"], running))
    assert "data-edit" not in json.dumps(since(clients["chair"], running))


@pytest.mark.parametrize("many", [3, 30])
def test_following_asks_the_database_as_often_for_many_blocks_as_for_few(
    running: Room, clients: dict[str, Client], django_assert_num_queries: DjangoAssertNumQueries, many: int
) -> None:
    for n in range(many):
        add(running, "course", f"Ý kiến {n}.")
    newest = since(clients["secretary"], running)["stamp"]
    mark_present(running.people["delegate"])
    assert Minutes.objects.get().revision == many
    with django_assert_num_queries(SINCE):
        assert since(clients["secretary"], running, stamp="")["stamp"] != newest
