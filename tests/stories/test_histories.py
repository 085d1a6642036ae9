"""Histories nobody would write down: whatever is tried, each step is recorded or refused, and the journal folds to the tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agenda import actions as agenda
from attendance.presence.actions import mark_presence
from control import actions as control
from control.models import Display
from meetings import actions, clock
from meetings.errors import OutOfOrder, Refusal
from meetings.hooks import fold_differences
from meetings.journal import first_fault
from meetings.models import BridgePoint, Meeting, Participant
from meetings.procedure import Actor, the_system
from tests.cast import Cast, Room, cast_of, furnish
from tests.make import START, actor_of, make_organisation
from tests.sizes import HISTORIES, HISTORIES_OF_ATTENDANCE, HISTORIES_OF_THE_HAND, HISTORIES_OF_VOTES
from tests.standing import standing as begun
from tests.stories import (
    attendance_steps,
    conclusion_steps,
    counting_steps,
    paper_steps,
    review_steps,
    speaking_steps,
    voting_steps,
)

Step = tuple[str, str, int, int]
Do = Callable[[Meeting, Actor, Any, Any], object]


def pick(rows: Any, n: int) -> Any:
    """Return one of the rows there are, by a number; nothing when there is none."""
    found = list(rows.order_by("pk"))
    return found[n % len(found)] if found else None


def likely(rows: Any, state: str, n: int) -> Any:
    """Return mostly a row in a state, now and then any."""
    return (pick(rows.filter(state=state), n) if n % 5 else None) or pick(rows, n)


def edit_participant(m: Meeting, by: Actor, a: int, b: int) -> object:
    p: Participant = pick(m.participants, a)
    return actions.edit_participant(
        m, by=by, participant=p, name=f"Tên {b}", position=p.position, unit="", role=p.role, bridge_point=pick(m.bridge_points, b)
    )


def edit_site(m: Meeting, by: Actor, a: int, b: int) -> object:
    site: BridgePoint = pick(m.bridge_points, a)
    return actions.edit_bridge_point(m, by=by, bridge_point=site, name=f"Điểm {b}", short_name=f"{b}", place="")


def edit_meeting(m: Meeting, by: Actor, a: int, b: int) -> object:
    sittings = [(START + timedelta(hours=n), None) for n in range(b % 3 + 1)]
    return actions.edit_meeting(
        m, by=by, title=f"T{a}", organiser=make_organisation(), mode="online", place="P", sittings=sittings
    )


def edit_item(m: Meeting, by: Actor, a: int, b: int) -> object:
    return agenda.edit_item(m, by=by, item=pick(m.items, a), title=f"T{b}", kind="vote", presenter="", minutes=b % 9 + 1)


def open_item(m: Meeting, by: Actor, a: int, b: int) -> object:
    closing = m.items.filter(state="open").first() if b % 7 != 1 else pick(m.items, b)
    return agenda.open_item(m, by=by, item=likely(m.items, "planned", a), closing=closing)


def give_floor(m: Meeting, by: Actor, a: int, b: int) -> object:
    ending = m.floor_requests.filter(state="speaking").first() if b % 7 != 1 else pick(m.floor_requests, b)
    reason = "Theo đề nghị của chủ trì" if a % 5 else ""
    return agenda.give_floor(m, by=by, request=likely(m.floor_requests, "waiting", a), ending=ending, reason=reason)


def ask(m: Meeting, by: Actor, a: int, b: int) -> object:
    kind = ("discussion", "discussion", "point_of_order", "reply")[b % 4]
    return agenda.request_floor(m, by=by, participant=pick(m.participants, a) if b % 3 else None, kind=kind)


def mark(m: Meeting, by: Actor, a: int, b: int) -> object:
    people = [pick(m.participants, n) for n in range(a, a + b % 5 + 1)]
    return mark_presence(m, by=by, participants=people, state=("present", "absent", "online", "left")[b % 4])


def steer(m: Meeting, by: Actor, a: int, b: int) -> object:
    mode = Display.Mode.values[b % len(Display.Mode.values)]
    displays = [pick(m.displays, a)] if a % 3 == 1 else []
    site = pick(m.bridge_points, a) if a % 3 == 2 else None
    return control.steer_displays(
        m, by=by, mode=mode, displays=displays, bridge_point=site, announcement=standing(m.announcements, b)
    )


def standing(rows: Any, n: int) -> Any:
    """Return mostly a row that has not been withdrawn."""
    return (pick(rows.filter(withdrawn_at=None), n) if n % 5 else None) or pick(rows, n)


def some_sites(m: Meeting, n: int) -> list[BridgePoint]:
    """Return no bridge point, which means all, or one, or two."""
    return list({pick(m.bridge_points, n), pick(m.bridge_points, n * 7)}) if n % 2 and m.bridge_points.exists() else []


def acknowledge(m: Meeting, by: Actor, a: int, b: int) -> object:
    own = m.bridge_points.filter(pk=by.bridge_point_id).first()
    site = own if own and b % 3 else pick(m.bridge_points, b)
    return control.acknowledge_site_command(m, by=by, site_command=standing(m.site_commands, a), bridge_point=site)


def write(m: Meeting, by: Actor, a: int, b: int) -> object:
    line = ("technical", "chair")[b % 2]
    return control.send_message(m, by=by, bridge_point=pick(m.bridge_points, a), line=line, text=f"Tin {b}", at_site=a % 2 == 1)


def outages(m: Meeting, by: Actor, a: int, b: int) -> object:
    """Lose lines or have them back, as the service itself notes it; what is not worth a note is a refusal here."""
    sites = [pick(m.bridge_points, n) for n in range(a, a + b % 3 + 1)]
    at = clock.now(m) - timedelta(minutes=b % 50)
    if b % 2:
        done = control.begin_outages(m, by=the_system(), lost=[(site.pk, at) for site in sites])
    else:
        done = control.end_outages(m, by=the_system(), returned=[site.pk for site in sites])
    if not done:
        raise OutOfOrder("Nothing to note.")
    return done


ACTIONS: dict[str, Do] = {
    "open": lambda m, by, a, b: actions.open_meeting(m, by=by),
    "suspend": lambda m, by, a, b: actions.suspend_meeting(m, by=by),
    "resume": lambda m, by, a, b: actions.resume_meeting(m, by=by),
    "adjourn": lambda m, by, a, b: actions.adjourn_meeting(m, by=by),
    "clock": lambda m, by, a, b: actions.set_clock(m, by=by, rate=a + 1.5, base=clock.now(m) + timedelta(minutes=b % 30 - 3)),
    "edit meeting": edit_meeting,
    "add site": lambda m, by, a, b: actions.add_bridge_points(
        m, by=by, bridge_points=[actions.NewBridgePoint(name=f"Điểm {a}", short_name="x", is_central=b % 9 == 0)]
    ),
    "edit site": edit_site,
    "remove site": lambda m, by, a, b: actions.remove_bridge_point(m, by=by, bridge_point=pick(m.bridge_points, a)),
    "add person": lambda m, by, a, b: actions.add_participants(
        m, by=by, participants=[actions.NewParticipant(name=f"Người {a}", bridge_point=pick(m.bridge_points, b))]
    ),
    "edit person": edit_participant,
    "remove person": lambda m, by, a, b: actions.remove_participant(m, by=by, participant=pick(m.participants, a)),
    "add item": lambda m, by, a, b: agenda.add_item(m, by=by, title=f"Nội dung {a}", minutes=b % 60 + 1),
    "edit item": edit_item,
    "move item": lambda m, by, a, b: agenda.move_item(m, by=by, item=likely(m.items, "planned", a), position=b % 9),
    "remove item": lambda m, by, a, b: agenda.remove_item(m, by=by, item=likely(m.items, "planned", a)),
    "open item": open_item,
    "close item": lambda m, by, a, b: agenda.close_item(m, by=by, item=likely(m.items, "open", a)),
    "defer item": lambda m, by, a, b: agenda.defer_item(m, by=by, item=likely(m.items, "planned", a)),
    "ask": ask,
    "withdraw": lambda m, by, a, b: agenda.withdraw_floor(m, by=by, request=likely(m.floor_requests, "waiting", a)),
    "give": give_floor,
    "yield": lambda m, by, a, b: agenda.yield_floor(m, by=by, request=likely(m.floor_requests, "speaking", a)),
    "mark": mark,
    "open display": lambda m, by, a, b: control.open_display(m, by=by, name=f"Màn {a}", bridge_point=pick(m.bridge_points, b)),
    "revoke display": lambda m, by, a, b: control.revoke_display(m, by=by, display=pick(m.displays, a)),
    "steer": steer,
    "announce": lambda m, by, a, b: control.publish_announcement(
        m, by=by, text=f"Thông báo {a}", sites=some_sites(m, a), show=b % 3 == 0
    ),
    "withdraw announcement": lambda m, by, a, b: control.withdraw_announcement(
        m, by=by, announcement=standing(m.announcements, a)
    ),
    "command": lambda m, by, a, b: control.issue_site_command(
        m, by=by, kind="other", text=f"Hiệu lệnh {a}", sites=some_sites(m, a)
    ),
    "acknowledge": acknowledge,
    "withdraw command": lambda m, by, a, b: control.withdraw_site_command(m, by=by, site_command=standing(m.site_commands, a)),
    "write": write,
    "outages": outages,
    **paper_steps.STEPS,
    **conclusion_steps.STEPS,
    **counting_steps.STEPS,
    **review_steps.STEPS,
    **attendance_steps.STEPS,
    **speaking_steps.STEPS,
    **voting_steps.STEPS,
}
NEED_A_ROW = {"withdraw": "floor_requests", "give": "floor_requests", "yield": "floor_requests", "revoke display": "displays",
              "edit item": "items", "move item": "items", "remove item": "items", "open item": "items", "close item": "items",
              "defer item": "items", "edit site": "bridge_points", "remove site": "bridge_points", "mark": "participants",
              "edit person": "participants", "remove person": "participants", "steer": "displays", "write": "bridge_points",
              "withdraw announcement": "announcements", "acknowledge": "site_commands", "withdraw command": "site_commands",
              "outages": "bridge_points", "release paper": "documents", "recall paper": "documents",
              **conclusion_steps.NEED_A_ROW, **counting_steps.NEED_A_ROW, **voting_steps.NEED_A_ROW,
              **speaking_steps.NEED_A_ROW}  # fmt: skip
# Who is there, among what may get in its way.
ATTENDANCE = [*attendance_steps.STEPS, *["scan", "mark in all ways", "settle", "door"] * 2, *counting_steps.STEPS,
              "add person", "remove person", "edit person", "remove site", "open item", "close item",
              "suspend", "resume", "adjourn", "clock"]  # fmt: skip
# What runs a meeting stands several times, so that histories get somewhere.
NAMES = [
    *(name for name in ACTIONS if name not in attendance_steps.STEPS and name not in voting_steps.STEPS),
    *["open item", "ask", "give", "yield", "mark", "resume", "open"] * 2,
]
# Votes, among what may get in their way.
VOTES = [*voting_steps.STEPS, *["add poll", "open poll", "count hands", "accept hands", "close poll", "declare poll"] * 2,
         *["vote"] * 5, "count hall", "mark", "add body", "remove body", "add members", "remove members", "add person",
         "remove person", "edit person", "remove site", "remove item",
         "open item", "close item", "suspend", "resume", "adjourn", "clock"]  # fmt: skip
WHO = ["secretary"] * 6 + ["chair"] * 2 + ["operator", "delegate", "observer"]
# And what the secretariat does with its hand, among what may get in its way.
HAND = [*["open display", "revoke display", "steer", "announce", "command", "acknowledge", "write", "outages"] * 3,
        "withdraw announcement", "withdraw command", "add site", "remove site", "close item",
        "open roll call", "mark roll call", "answer roll call", "close roll call", "count hall",
        "suspend", "resume", "adjourn"]  # fmt: skip


def steps(names: list[str]) -> st.SearchStrategy[Step]:
    """Return the steps with these names."""
    return st.tuples(st.sampled_from(names), st.sampled_from(WHO), st.integers(0, 999), st.integers(0, 999))


def take(room: Room, step: Step, users: dict[str, Any]) -> None:
    """Take one step: it is refused and leaves no trace, or it is recorded."""
    name, who, a, b = step
    meeting = Meeting.objects.get(pk=room.meeting.pk)
    if name in NEED_A_ROW and not getattr(meeting, NEED_A_ROW[name]).exists():
        return
    before, reason = meeting.journal.entries.count(), None
    try:
        ACTIONS[name](meeting, actor_of(meeting, users[who]), a, b)
    except Refusal as refusal:
        reason = refusal.reason
    recorded = meeting.journal.entries.count() > before
    assert recorded == (reason is None), f"{name} was {'refused and recorded' if recorded else 'done and not recorded'}"
    assert reason is None or reason.endswith("."), f"no sentence: {reason}"


def furnished(kind: str) -> tuple[Room, Cast]:
    """Return a new room of a kind and its cast."""
    room = furnish(kind=kind)
    return room, cast_of(room)


def rows_written() -> int:
    """Return how many rows this connection has written, ever; what is taken back counts too."""
    return int(connection.connection.total_changes)


def live_through(history: list[Step], kind: str) -> None:
    """Take every step of a history, looking at the journal after each; keep nothing."""
    with transaction.atomic():
        begun.begin()
        room, users = begun.get(f"people in a {kind} room", lambda: furnished(kind))
        written = -1
        for step in [("open", "chair", 0, 0), ("open item", "chair", 0, 2), *history]:
            take(room, step, users)
            if written == (written := rows_written()):
                continue  # not a row has changed: journal and tables are those that were compared
            meeting = Meeting.objects.select_related("journal").get(pk=room.meeting.pk)
            assert fold_differences(meeting) == [], step
        assert first_fault(meeting.journal) is None
        assert list(meeting.journal.entries.values_list("number", flat=True)) == list(range(1, meeting.journal.head + 1))
        assert meeting.items.filter(state="open").count() <= 1
        assert meeting.floor_requests.filter(state="speaking").count() <= 1
        assert list(meeting.items.values_list("position", flat=True)) == list(range(1, meeting.items.count() + 1))
        assert meeting.state != "adjourned" or not meeting.outages.filter(ended_at=None).exists()
        transaction.set_rollback(True)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=HISTORIES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(history=st.lists(steps(NAMES), min_size=25, max_size=50), kind=st.sampled_from(["real", "demo"]))
def test_every_history_folds_to_the_tables(history: list[Step], kind: str) -> None:
    live_through(history, kind)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=HISTORIES_OF_THE_HAND, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(history=st.lists(steps(HAND), min_size=25, max_size=50), kind=st.sampled_from(["real", "demo"]))
def test_every_history_of_the_secretariat_s_hand_folds_to_the_tables(history: list[Step], kind: str) -> None:
    live_through(history, kind)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=HISTORIES_OF_ATTENDANCE, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(history=st.lists(steps(ATTENDANCE), min_size=25, max_size=50), kind=st.sampled_from(["real", "demo"]))
def test_every_history_of_attendance_folds_to_the_tables(history: list[Step], kind: str) -> None:
    live_through(history, kind)


@pytest.mark.long
@pytest.mark.django_db
@settings(max_examples=HISTORIES_OF_VOTES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(history=st.lists(steps(VOTES), min_size=25, max_size=50), kind=st.sampled_from(["real", "demo"]))
def test_every_history_of_votes_folds_to_the_tables(history: list[Step], kind: str) -> None:
    live_through(history, kind)
