"""Away for the whole morning, or with a clock that jumps: what is sent is the truth, in order, and fits the line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from channels.db import database_sync_to_async
from django.utils import timezone

from attendance.presence.facts import PresenceMarked
from live.screens import SCREENS
from meetings.hooks import fold_differences
from meetings.journal import first_fault, transition
from meetings.models import Journal, Meeting
from meetings.procedure import Ability
from tests.cast import Room
from tests.live.line import line_to
from tests.make import ask_for_floor, make_items, mark_present, open_the_item, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")
MISSED = 5_000  # entries
TRIES = 3  # something else on this machine may cost one return its second, not every one
CARRIED_IN_3_S = 3 * 1_000_000 // 8  # bytes at 1 Mbit/s
LARGEST_FRAME = 256 * 1024  # bytes (docs/live-protocol.md)


async def do(work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Do something to the database from a test that runs on the event loop."""
    return await database_sync_to_async(work)(*args, **kwargs)


def a_long_morning(room: Room) -> None:
    """Thousands of entries in one go: people are marked again and again."""
    person = room.people["delegate"]
    with transition(room.meeting, by=the_secretariat(), ability=Ability.MARK_ANY_PRESENCE) as change:
        for turn in range(MISSED):
            state = ("absent", "present")[turn % 2]
            change.record(
                PresenceMarked(
                    bridge_point=room.lao_cai.pk, bridge_point_name=room.lao_cai.name, state=state,
                    participants=[{"id": person.pk, "name": person.name, "office": person.office}],
                )
            )  # fmt: skip


async def test_who_comes_back_after_thousands_of_entries_gets_the_state_at_once(room: Room) -> None:
    await do(open_the_meeting, room.meeting)
    async with line_to(room.meeting) as line:
        first = await line.hello()
    await do(mark_present, room.people["delegate"])
    waited: list[float] = []
    while not waited or (waited[-1] >= 1 and len(waited) < TRIES):
        await do(a_long_morning, room)
        await do(open_the_item, room.items[len(waited)], room.items[len(waited) - 1] if waited else None)
        head = (await do(Journal.objects.get, pk=room.meeting.journal_id)).head
        assert head - first["n"] > MISSED
        async with line_to(room.meeting) as line:
            began = time.monotonic()
            frame = await line.hello(after=first["n"], epoch=first["epoch"])
            waited.append(time.monotonic() - began)
    assert waited[-1] < 1
    assert frame["n"] == head
    assert len(json.dumps(frame, ensure_ascii=False).encode()) < CARRIED_IN_3_S
    async with line_to(room.meeting) as line:
        whole = await line.hello()
    assert first["parts"] | frame["parts"] == whole["parts"]


@pytest.mark.parametrize("screen", sorted(SCREENS))
async def test_no_first_frame_is_larger_than_a_line_should_carry(screen: str, room: Room) -> None:
    title = "Báo cáo kết quả thực hiện nhiệm vụ năm 2025 và phương hướng nhiệm vụ năm 2026 số"
    await do(make_items, room.meeting, 496, title)
    await do(open_the_meeting, room.meeting)
    await do(open_the_item, room.items[0])
    async with line_to(room.meeting, screen, bridge_point=room.lao_cai.pk) as line:
        await line.say({"t": "hello"})
        assert len((await line.outbox.get())["text"].encode()) <= LARGEST_FRAME


async def test_a_clock_that_jumps_loses_nothing_and_changes_no_order(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    real_now, real_time = timezone.now, time.time
    await do(open_the_meeting, room.meeting)
    await do(open_the_item, room.items[0])
    async with line_to(room.meeting) as line:
        numbers = [(await line.hello())["n"]]
        for turn, step in enumerate((5, -5, 3600, -3600, 25 * 3600, 0)):
            monkeypatch.setattr(timezone, "now", lambda step=step: real_now() + timedelta(seconds=step))
            monkeypatch.setattr(time, "time", lambda step=step: real_time() + step)
            await do(mark_present, room.people["delegate"], state=("present", "absent")[turn % 2])
            numbers.append((await line.hear("parts", within=2))["n"])
        await do(ask_for_floor, room.people["ca_mau"])
        numbers.append((await line.hear("parts", within=2))["n"])
    assert numbers == list(range(numbers[0], numbers[0] + 8))
    meeting = await do(Meeting.objects.select_related("journal").get, pk=room.meeting.pk)
    assert await do(first_fault, meeting.journal) is None
    assert await do(fold_differences, meeting) == []
