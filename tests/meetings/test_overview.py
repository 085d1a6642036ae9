"""The overview of the work: ready, missing, late, who must act, the most urgent first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings import hooks
from meetings.deadlines.actions import set_deadline
from meetings.hooks import Step
from meetings.models import Meeting, Participant, Role
from meetings.overview import Overview, bridge_points_step, data_step, overview_of
from tests.cast import Room
from tests.make import START, make_meeting, make_participants, the_secretariat

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def step(title: str, *, done: bool = False, due: int | None = None, deadline: str = "", who: str = "") -> Step:
    at = START + due * DAY if due is not None else None
    return Step(title=title, count=0, done=done, missing="…", url="/", deadline=deadline, due_at=at, who=who)


def overview(meeting: Meeting, monkeypatch: pytest.MonkeyPatch, *steps: Step) -> Overview:
    monkeypatch.setattr(hooks, "steps_of_preparation", [lambda _meeting, one=one: one for one in steps])
    return overview_of(meeting, list(meeting.sittings.all()), START)


def test_the_most_urgent_comes_first(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    found = overview(
        room.meeting, monkeypatch, step("ready", done=True, due=-9), step("undated"), step("later", due=9), step("late", due=-1),
        step("longer late", due=-3), step("soon", due=1),
    )  # fmt: skip
    assert [str(t.step.title) for t in found.tasks] == ["longer late", "late", "soon", "later", "undated", "ready"]
    assert [t.state for t in found.tasks] == ["late", "late", "missing", "missing", "missing", "ok"]
    assert (found.late, found.missing) == (2, 3)
    assert found.first is not None
    assert found.first.title == "longer late"


def test_a_step_is_governed_by_the_meeting_s_deadline_unless_it_has_its_own(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    set_deadline(room.meeting, by=the_secretariat(), kind="papers", due_at=START - DAY)
    found = overview(room.meeting, monkeypatch, step("own", due=3, deadline="papers"), step("governed", deadline="papers"))
    assert [(t.step.title, t.state, t.step.due_at) for t in found.tasks] == [
        ("governed", "late", START - DAY), ("own", "missing", START + 3 * DAY),
    ]  # fmt: skip


def test_somebody_must_act_by_name(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    found = overview(room.meeting, monkeypatch, step("a"), step("b", who="Tỉnh ủy Lào Cai"))
    assert {t.step.title: t.step.who for t in found.tasks} == {"a": "Trần Thị Thư", "b": "Tỉnh ủy Lào Cai"}
    alone = make_meeting(title="Không có thư ký")
    assert overview(alone, monkeypatch, step("a")).tasks[0].step.who == alone.organiser.name


def test_all_done_leaves_nothing_to_do(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    found = overview(room.meeting, monkeypatch, step("a", done=True), step("b", done=True, due=-5))
    assert (found.first, found.late, found.missing) == (None, 0, 0)


def test_bridge_points_but_the_central_one_need_an_operator(room: Room) -> None:
    found = bridge_points_step(room.meeting)
    assert (found.done, found.count, found.of) == (False, 2, 3)
    Participant.objects.filter(pk=room.people["ca_mau"].pk).update(role=Role.OPERATOR)
    assert bridge_points_step(room.meeting).done
    assert not bridge_points_step(make_meeting(title="Trống")).done


def test_a_sitting_needs_its_end(room: Room) -> None:
    assert data_step(room.meeting).done
    assert not data_step(make_meeting(title="Trống", sittings=[])).done
    room.meeting.sittings.update(ends_at=None)
    assert not data_step(room.meeting).done


def test_the_page_says_how_much_is_late_and_who_must_act(room: Room, clients: dict[str, Client]) -> None:
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/").content.decode()
    assert "Trần Thị Thư" in page
    assert 'class="chip bad"' in page  # the room's day is long past


def test_the_overview_asks_the_same_number_of_questions_for_few_and_for_many(room: Room, clients: dict[str, Client]) -> None:
    client, url, asked = clients["secretariat"], f"/m/{room.meeting.slug}/", []
    client.get(url)
    for number in (1, 40):
        make_participants(room.meeting, [f"Đại biểu {n}" for n in range(number)], site=room.lao_cai)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        asked.append(len(captured))
    assert asked[0] == asked[1] <= AT_MOST


AT_MOST = 28  # two for papers and for copies on paper, two for checks of bridge points, two for rehearsals
