"""What no page would send to the control room's commands: refused with a sentence, without a trace."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from control import actions
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from tests.cast import Room, furnish
from tests.knocking import knock
from tests.make import make_announcement, make_display, make_site_command, the_secretariat

pytestmark = pytest.mark.django_db

TEXTS = ["", "   ", " \t\r\n ", " \u2003 ", "\u200b\u202e\ufeff", "\u0301", "a" * 10_000, "a\0b", "\0"]
KEYS = ["x", "0", "-1", "9" * 30, "1.0", "1' OR '1'='1", "a\0b", "None", "[1]"]
SAYING = {
    "announcement.publish": {},
    "site_command.issue": {"kind": "other"},
    "message.send": {"line": "technical"},
}  # fmt: skip


def refused(client: Client, meeting: Meeting, command: str, **fields: Any) -> set[str]:
    """Return the fields that were found wrong."""
    before = meeting.journal.entries.count()
    answer = knock(client, meeting, command, **fields)
    assert answer.status_code == 400, f"{fields}: {answer.content.decode()}"
    assert meeting.journal.entries.count() == before
    errors: dict[str, list[str]] = answer.json()["errors"]
    assert all(sentence.strip() for sentences in errors.values() for sentence in sentences)
    return set(errors)


@pytest.mark.parametrize("text", TEXTS, ids=repr)
@pytest.mark.parametrize("command", SAYING)
def test_no_words_and_too_many_are_refused(command: str, text: str, room: Room, clients: dict[str, Client]) -> None:
    body = SAYING[command] | ({"bridge_point": room.lao_cai} if command == "message.send" else {})
    assert refused(clients["secretary"], room.meeting, command, text=text, **body) == {"text"}


@pytest.mark.parametrize(
    ("command", "limit"), [("announcement.publish", 500), ("site_command.issue", 500), ("message.send", 1000)]
)
def test_a_line_break_counts_once_as_in_the_browser(command: str, limit: int, room: Room, clients: dict[str, Client]) -> None:
    body = SAYING[command] | ({"bridge_point": room.lao_cai} if command == "message.send" else {})
    lines = "ô\r\n" * (limit // 2 - 1)
    assert knock(clients["secretary"], room.meeting, command, text=lines + "aa", **body).status_code == 200
    assert refused(clients["secretary"], room.meeting, command, text=lines + "aaa", **body) == {"text"}


@pytest.mark.parametrize("key", KEYS, ids=repr)
def test_no_row_has_such_a_number(key: str, room: Room, clients: dict[str, Client]) -> None:
    secretary, meeting, site = clients["secretary"], room.meeting, room.lao_cai.pk
    assert refused(secretary, meeting, "announcement.publish", text="A", sites=[site, key]) == {"sites"}
    assert refused(secretary, meeting, "site_command.issue", kind="other", text="A", sites=[key]) == {"sites"}
    assert refused(secretary, meeting, "displays.steer", mode="item", displays=[key]) == {"displays"}
    assert refused(secretary, meeting, "displays.steer", mode="item", bridge_point=key) == {"bridge_point"}
    assert refused(secretary, meeting, "displays.steer", mode="announcement", announcement=key) == {"announcement"}
    assert refused(secretary, meeting, "announcement.withdraw", announcement=key) == {"announcement"}
    assert refused(secretary, meeting, "site_command.withdraw", site_command=key) == {"site_command"}
    both = {"site_command": key, "bridge_point": key}
    assert refused(secretary, meeting, "site_command.acknowledge", **both) == {"site_command", "bridge_point"}
    assert refused(secretary, meeting, "message.send", line="technical", text="A", bridge_point=key) == {"bridge_point"}


@pytest.mark.parametrize("word", ["", "nothing", "AUTO", "a\0b", "x" * 10_000])
def test_no_such_mode_kind_or_line(word: str, room: Room, clients: dict[str, Client]) -> None:
    make_display(room.meeting)
    secretary, meeting = clients["secretary"], room.meeting
    assert refused(secretary, meeting, "displays.steer", mode=word) == {"mode"}
    assert refused(secretary, meeting, "site_command.issue", kind=word, text="A") == {"kind"}
    assert refused(secretary, meeting, "message.send", line=word, text="A", bridge_point=room.lao_cai) == {"line"}


def test_an_announcement_is_shown_by_its_name(room: Room, clients: dict[str, Client]) -> None:
    make_display(room.meeting)
    assert refused(clients["secretary"], room.meeting, "displays.steer", mode="announcement") == {"announcement"}


def test_bridge_points_named_twice_count_once(room: Room, clients: dict[str, Client]) -> None:
    site = room.lao_cai.pk
    answer = knock(
        clients["secretary"], room.meeting, "site_command.issue", kind="other", text="A", sites=[site, site, f"0{site}"]
    )
    assert answer.status_code == 200
    assert room.meeting.site_commands.get().receipts.count() == 1


def test_what_belongs_to_another_meeting_cannot_be_named_to_an_action(room: Room) -> None:
    other, by = furnish(suffix="-2"), the_secretariat()
    foreign = [make_announcement(other.meeting), make_site_command(other.meeting), make_display(other.meeting), other.lao_cai]
    announcement, site_command, display, site = foreign
    make_display(room.meeting)
    tried = [
        lambda: actions.publish_announcement(room.meeting, by=by, text="A", sites=[room.lao_cai, site]),
        lambda: actions.issue_site_command(room.meeting, by=by, kind="other", text="A", sites=[site]),
        lambda: actions.steer_displays(room.meeting, by=by, mode="item", displays=[display]),
        lambda: actions.steer_displays(room.meeting, by=by, mode="item", bridge_point=site),
        lambda: actions.steer_displays(room.meeting, by=by, mode="announcement", announcement=announcement),
        lambda: actions.withdraw_announcement(room.meeting, by=by, announcement=announcement),
        lambda: actions.withdraw_site_command(room.meeting, by=by, site_command=site_command),
        lambda: actions.acknowledge_site_command(room.meeting, by=by, site_command=site_command, bridge_point=room.lao_cai),
        lambda: actions.send_message(room.meeting, by=by, bridge_point=site, line="chair", text="A", at_site=False),
    ]
    before = room.meeting.journal.entries.count()
    for n, one in enumerate(tried):
        with pytest.raises(OutOfOrder):
            one()
        assert room.meeting.journal.entries.count() == before, n
