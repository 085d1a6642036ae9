"""Messages on the technical line and the chair's: who writes on which side, what the journal keeps, what was read."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from django.test import Client

from control import actions
from control.models import Line, Message, ReadMark
from control.queries import thread
from control.receipts import mark_read
from meetings.actions import remove_bridge_point
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import actor_of, make_bridge_points, make_message, the_secretariat

pytestmark = pytest.mark.django_db
SECRET = "Đường truyền chập chờn từ 8 giờ"

# Who writes on which line of Lào Cai: c in the control room, s at the bridge point, cs on both sides, - on neither.
SIDES = {
    "technical": {"secretary": "c", "secretariat": "c", "administrator": "c", "chair": "-", "operator": "s", "technician": "s",
                  "other_operator": "-", "delegate": "-", "guest": "-", "observer": "-", "stranger": "-"},
    "chair": {"secretary": "c", "secretariat": "c", "administrator": "c", "chair": "c", "operator": "s", "technician": "-",
              "other_operator": "-", "delegate": "-", "guest": "-", "observer": "-", "stranger": "-"},
}  # fmt: skip


@pytest.mark.parametrize("line", SIDES)
def test_each_line_has_its_people(line: str, room: Room, cast: Cast) -> None:
    def may(name: str, at_site: bool) -> bool:
        try:
            actions.send_message(
                room.meeting,
                by=actor_of(room.meeting, cast[name]),
                bridge_point=room.lao_cai,
                line=line,
                text="A",
                at_site=at_site,
            )
        except NotAllowed:
            return False
        return True

    got = {name: ("c" if may(name, False) else "") + ("s" if may(name, True) else "") or "-" for name in SIDES[line]}
    assert got == SIDES[line]
    assert fold_differences(room.meeting) == []


def test_the_journal_keeps_a_digest_and_no_words(room: Room) -> None:
    made = make_message(room.lao_cai, SECRET)
    entry = room.meeting.journal.entries.last()
    assert entry is not None
    assert entry.payload == {
        "message": made.pk, "bridge_point": room.lao_cai.pk, "bridge_point_name": "Điểm cầu Lào Cai", "line": "technical",
        "from_site": False, "digest": sha256((made.salt + SECRET).encode()).hexdigest(),
    }  # fmt: skip
    assert "chập chờn" not in json.dumps(entry.payload, ensure_ascii=False)


def test_the_same_words_have_another_digest_each_time(room: Room) -> None:
    first, second = make_message(room.lao_cai, "Có."), make_message(room.lao_cai, "Có.")
    assert (len(first.salt), first.digest == second.digest) == (32, False)


def test_words_changed_behind_the_journal_s_back_are_found(room: Room) -> None:
    made = make_message(room.lao_cai, SECRET)
    Message.objects.filter(pk=made.pk).update(text="Mọi việc đều tốt")
    assert len(fold_differences(room.meeting)) == 1


@pytest.mark.parametrize(("name", "there"), [("operator", True), ("technician", True), ("secretary", False)])
def test_the_page_need_not_say_on_which_side_one_stands(name: str, there: bool, room: Room, clients: dict[str, Client]) -> None:
    body = {"line": "technical", "text": "Xin chào."} | ({} if there else {"bridge_point": room.lao_cai, "at_site": "on"})
    assert knock(clients[name], room.meeting, "message.send", **body).status_code == 200
    assert (Message.objects.get().from_site, Message.objects.get().bridge_point) == (there, room.lao_cai)


def test_the_lines_do_not_mix(room: Room, clients: dict[str, Client]) -> None:
    body = {"bridge_point": room.lao_cai, "text": "Xin chào."}
    assert knock(clients["technician"], room.meeting, "message.send", line="chair", **body).status_code == 403
    assert knock(clients["chair"], room.meeting, "message.send", line="technical", **body).status_code == 403
    technical, chairs = make_message(room.lao_cai), make_message(room.lao_cai, line="chair")
    make_message(room.sites[2])
    assert thread(room.lao_cai, Line.TECHNICAL) == [technical]
    assert thread(room.lao_cai, Line.CHAIR) == [chairs]


def test_a_thread_ends_with_the_newest(room: Room) -> None:
    made = [make_message(room.lao_cai, f"{n}") for n in range(5)]
    assert thread(room.lao_cai, "technical", 3) == made[2:]


def test_a_line_is_bounded(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("control.actions.messages.LINE_LIMIT", 3)
    for _ in range(3):
        make_message(room.lao_cai)
    with pytest.raises(OutOfOrder, match="full after 3"):
        make_message(room.lao_cai)
    make_message(room.lao_cai, line="chair")


def test_what_was_read_never_becomes_unread(room: Room) -> None:
    made = [make_message(room.lao_cai, f"{n}") for n in range(3)]
    other = make_message(room.lao_cai, line="chair")
    site = room.lao_cai.pk
    assert mark_read(site, "technical", True, made[1].pk)
    assert not mark_read(site, "technical", True, made[0].pk)
    assert not mark_read(site, "technical", True, made[1].pk)
    assert ReadMark.objects.get().up_to == made[1].pk
    assert mark_read(site, "technical", True, other.pk + 10**18)
    assert ReadMark.objects.get().up_to == made[2].pk, "never beyond what was written on this line"
    assert mark_read(site, "technical", False, made[0].pk)
    assert set(ReadMark.objects.values_list("at_site", "up_to")) == {(True, made[2].pk), (False, made[0].pk)}


@pytest.mark.parametrize("up_to", [0, -1, 10**30])
def test_a_line_nobody_wrote_on_cannot_be_read(up_to: int, room: Room) -> None:
    assert not mark_read(room.lao_cai.pk, "technical", True, up_to)
    assert not mark_read(10**9, "technical", True, up_to)
    assert not mark_read(room.lao_cai.pk, "nothing", True, up_to)
    assert not ReadMark.objects.exists()


def test_a_bridge_point_that_was_written_to_stays(room: Room) -> None:
    site = make_bridge_points(room.meeting, "Huế")[0]
    make_message(site)
    with pytest.raises(OutOfOrder, match="stays in the list"):
        remove_bridge_point(room.meeting, by=the_secretariat(), bridge_point=site)
