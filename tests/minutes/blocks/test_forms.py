"""What comes in at the door for a block: malformed words, hostile ones, too many, the same twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from minutes.models import MinutesBlock
from tests.cast import Room, furnish
from tests.knocking import knock
from tests.minutes.blocks.blocks import keys, shown, write
from texts.nodes import document, paragraph, text

pytestmark = pytest.mark.django_db
DEEP = {"type": "doc", "content": [{"type": "blockquote", "content": [{"type": "paragraph"}]}]}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"key": "time", "heading": "", "text": "Chữ"}, "heading"),
        ({"key": "time", "heading": "x" * 401, "text": "Chữ"}, "heading"),
        ({"key": "time", "version": "một", "text": "Chữ"}, "version"),
        ({"key": "time", "version": -1, "text": "Chữ"}, "version"),
        ({"key": "x" * 41, "text": "Chữ"}, "key"),
        ({"key": "time", "body": "{"}, "body"),
        ({"key": "time", "body": json.dumps(DEEP)}, "body"),
        ({"key": "time", "text": "a" * 1_000_000}, "body"),
        ({"key": "chair", "text": "a" * 3_000}, "body"),
        ({"key": "time", "text": "Chữ", "serial": 2**60}, "serial"),
    ],
)
def test_malformed_words_name_their_field(running: Room, clients: dict[str, Client], body: dict[str, Any], field: str) -> None:
    said: dict[str, Any] = {"version": 0, "heading": "Thời gian"} | body
    answer = knock(clients["secretary"], running.meeting, "block.edit", **said)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {field}
    assert not MinutesBlock.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>", "\u202eđảo chiều\u202c", "{{ meeting }}{% now %}", "&lt;b&gt;&amp;", "'; DROP TABLE x; --",
        "a\u0301\u0302" * 300, "Ộ" * 5000, "\u200b", "%(name)s {0}",
    ],
)  # fmt: skip
def test_hostile_words_stay_words(running: Room, clients: dict[str, Client], words: str) -> None:
    secretary = clients["secretary"]
    body = json.dumps(document([paragraph(text(f"đầu {words} cuối"))]))
    answer = knock(secretary, running.meeting, "block.edit", key="time", version=0, heading="H " + words[:200], body=body)
    assert answer.status_code == 200, answer.content
    html = secretary.get(f"/m/{running.meeting.slug}/minutes/").content.decode()
    assert "<script>alert(1)" not in html
    assert "cuối" in html


def test_a_page_without_scripts_sends_plain_text(running: Room, clients: dict[str, Client]) -> None:
    said = {"key": "time", "version": 0, "heading": "Thời gian", "text": "Một dòng.\r\n- mục\r\n- mục hai\r\n\r\nDòng cuối"}
    assert knock(clients["secretary"], running.meeting, "block.edit", **said).status_code == 200
    assert [node["type"] for node in shown(running, "time").body["content"]] == ["paragraph", "bullet_list", "paragraph"]


def test_the_editor_s_document_wins_over_the_plain_text_beside_it(running: Room, clients: dict[str, Client]) -> None:
    body = json.dumps(document([paragraph(text("Của trình soạn", "em"))]))
    said = {"key": "time", "version": 0, "heading": "H", "text": "Của ô chữ", "body": body}
    assert knock(clients["secretary"], running.meeting, "block.edit", **said).status_code == 200
    assert shown(running, "time").text == "Của trình soạn"


def test_lines_of_the_head_are_lines(running: Room, clients: dict[str, Client]) -> None:
    secretary = clients["secretary"]
    for key, said, kept in (
        ("chair", "Nguyễn\nVăn A ", "Nguyễn Văn A"),
        ("number", "\u00a0\u00a0-BB/VPTW", "\u00a0\u00a0-BB/VPTW"),
    ):
        answer = knock(secretary, running.meeting, "block.edit", key=key, version=0, heading="Chủ trì", text=said)
        assert answer.status_code == 200
        assert (shown(running, key).text, shown(running, key).doc) == (kept, None)


def test_the_same_edit_sent_twice_takes_effect_once(running: Room, clients: dict[str, Client]) -> None:
    words: dict[str, Any] = {"key": "time", "version": 0, "heading": "H", "text": "Một lần."}
    command_id = "3f0e0d6e-6f9a-4c56-9d3f-0d6f7c9b1a01"
    first, second = (knock(clients["secretary"], running.meeting, "block.edit", command_id=command_id, **words) for _ in range(2))
    assert (first.status_code, second.json()) == (200, first.json())
    assert shown(running, "time").version == 1


def test_a_refusal_says_which_version_stands_there(running: Room, clients: dict[str, Client]) -> None:
    write(running, "time", "Trước.")
    answer = knock(clients["secretary"], running.meeting, "block.edit", key="time", version=0, heading="H", text="Sau.")
    assert (answer.status_code, answer.json()["version"]) == (409, 1)


def test_who_speaks_is_named_by_one_tap(running: Room, clients: dict[str, Client]) -> None:
    key, speaker = f"item:{running.items[0].pk}", running.people["delegate"]
    answer = knock(clients["secretary"], running.meeting, "block.add", after=key, speaker=speaker, is_last="1")
    assert answer.status_code == 200
    assert shown(running, "own:1").text == "Đồng chí Giàng A Đại, Phó Bí thư, Lào Cai, điểm cầu Lào Cai phát biểu:"
    assert keys(running)[keys(running).index(key) + 1] == "own:1"
    assert shown(running, "own:1").speaker == speaker.pk


@pytest.mark.parametrize(
    ("body", "field"), [({}, "body"), ({"kind": "annex", "text": "A"}, "kind"), ({"kind": "point", "text": "A"}, "heading")]
)
def test_a_block_of_nothing_is_none(running: Room, clients: dict[str, Client], body: dict[str, str], field: str) -> None:
    answer = knock(clients["secretary"], running.meeting, "block.add", after="course", **body)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {field})


def test_nobody_of_another_meeting_speaks_here(running: Room, clients: dict[str, Client]) -> None:
    other = furnish(suffix="-2")
    answer = knock(clients["secretariat"], running.meeting, "block.add", after="course", speaker=other.people["delegate"])
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"speaker"})
