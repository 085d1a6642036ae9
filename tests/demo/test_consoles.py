"""A console of the demonstration by itself: what it says to the server's frames, as docs/live-protocol.md tells it."""

from __future__ import annotations

import json

from demo.consoles import LONGEST_RETRY, SEEN_AT_ONCE, Console
from live.tickets import Ticket

BEAT = {"t": "beat", "n": 7, "clock": {"now": "2025-11-26T09:00:00+07:00", "rate": 1.0, "real": 1764124867000}}


def console() -> Console:
    return Console(Ticket(meeting=1, slug="vptw-2025", screen="console", language="vi"))


def parts(number: int, **html: str) -> dict[str, object]:
    return {"t": "parts", "epoch": "e", "n": number, "parts": {name: {"n": number, "html": text} for name, text in html.items()}}


def orders(*keys: int) -> str:
    return "".join(f'<article data-order="{key}" data-seen="site_command:{key}">…</article>' for key in keys)


def test_a_beat_is_answered_with_its_own_moment() -> None:
    assert json.loads(console().answer(BEAT)) == {"t": "here", "echo": 1764124867000}


def test_site_commands_are_reported_as_seen_once_with_the_next_beat() -> None:
    one = console()
    one.takes(parts(5, orders=orders(12, 13)))
    one.takes(parts(6, now="<p>…</p>"))
    assert json.loads(one.answer(BEAT))["seen"] == ["site_command:12", "site_command:13"]
    one.takes(parts(7, orders=orders(12, 13, 14)))
    assert json.loads(one.answer(BEAT))["seen"] == ["site_command:14"]
    assert "seen" not in json.loads(one.answer(BEAT))
    assert (one.epoch, one.number) == ("e", 7)


def test_no_frame_names_more_than_the_server_takes() -> None:
    one = console()
    one.takes(parts(5, orders=orders(*range(1, 31))))
    assert [len(json.loads(one.answer(BEAT)).get("seen", [])) for _beat in range(3)] == [SEEN_AT_ONCE, 10, 0]


def test_it_comes_back_within_a_second_and_then_ever_more_seldom() -> None:
    one = console()
    pauses = [one.pause() for _attempt in range(12)]
    assert pauses[0] <= 1
    assert 1 <= pauses[1] <= 3
    assert all(LONGEST_RETRY / 2 <= pause <= LONGEST_RETRY * 1.5 for pause in pauses[6:])
