"""The script of the conference: in order, complete, of known commands, the same each time."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from demo.accounts import USERNAMES
from demo.communes import COMMUNES, names_by_province, people_of
from demo.fixture import conference
from demo.hand import LATE, SILENT
from demo.moves import Ballot, Halls, Item, Line, Made, OpenItem, People, Registered, Site, Sites, Step
from demo.preparing.registration import FOCAL_POINTS
from demo.roster import CENTRAL, seats
from demo.script import COUNTED, SPEAKING_SITES, walk
from meetings.commands import commands
from people.provinces import PROVINCES

CODES = [code for code, *_names in PROVINCES]
MOVES = walk(CODES)
STEPS = [move for move in MOVES if isinstance(move, Step)]
BALLOTS = [move for move in MOVES if isinstance(move, Ballot)]
LINES = [move for move in MOVES if isinstance(move, Line)]
COUNTED_SEATS = [seat for seat in seats(CODES) if seat.role in COUNTED]


def steps(command: str) -> list[Step]:
    return [step for step in STEPS if step.command == command]


def test_moves_are_in_the_order_of_time_and_the_same_each_time() -> None:
    assert [move.at for move in MOVES] == sorted(move.at for move in MOVES)
    assert walk(CODES) == MOVES


def test_every_step_is_a_command_of_the_door_with_fields_of_its_form() -> None:
    known = commands()
    assert {step.command for step in STEPS} <= set(known)
    for step in STEPS:
        own = {name for name in step.fields if not name.startswith("votes_")}  # a poll's options are fields when it is known
        assert own <= set(known[step.command].form.base_fields), step


def test_everybody_who_acts_has_a_seat_with_that_account() -> None:
    assert {step.who for step in STEPS} <= {seat.account for seat in seats(CODES)}


def test_the_provinces_vote_once_each_on_devices_or_in_a_hall_whose_count_the_chair_accepts() -> None:
    delegates = Counter(seat.site for seat in seats(CODES) if seat.role == "delegate" and seat.site != CENTRAL)
    own = Counter(seat.site for seat in seats(CODES) for ballot in BALLOTS if ballot.who == seat.account)
    halls: Counter[str] = Counter()
    for step in steps("hall_tally.enter"):
        site = step.fields["bridge_point"]
        assert isinstance(site, Site)
        assert step.who == f"operator-{site.code}"
        halls[site.code] = sum(int(str(n)) for name, n in step.fields.items() if name.startswith("votes_"))
    assert len({ballot.who for ballot in BALLOTS}) == len(BALLOTS) == own.total()
    assert (set(own), len(halls)) == ({"15", "22", "48"}, 31)
    assert delegates - own - halls == Counter(["12", "31", "52", "80", "91", "48"])  # away; of 48 one does not vote
    assert {step.fields["tally"] for step in steps("hall_tally.accept")} == {Made(f"hall-{code}") for code in halls}
    opened, ended = steps("poll.open")[0].at, steps("poll.close")[0].at
    assert all(opened < move.at < ended for move in [*BALLOTS, *steps("hall_tally.enter"), *steps("hall_tally.accept")])


def test_items_are_opened_in_order_each_closing_the_one_before() -> None:
    opened = [step.fields["item"] for step in steps("item.open")]
    assert opened == [Item(n) for n in range(1, len(conference().programme) + 1)]
    assert {step.fields["closing"] for step in steps("item.open")} == {OpenItem()}


def test_eight_registered_speeches_are_given_the_floor_and_a_delegate_asks_beside() -> None:
    assert len(set(SPEAKING_SITES)) == 8
    assert [step.who for step in steps("floor.request")] == ["delegate"]
    assert [step.fields["request"] for step in steps("floor.give")] == [Registered(code) for code in SPEAKING_SITES]
    assert [step.who for step in steps("floor.withdraw")] == ["delegate"]


def test_the_third_speech_runs_over_its_time() -> None:
    limit = next(item.speech_minutes for item in conference().programme if item.kind == "speeches")
    given, ended = steps("floor.give")[2], steps("floor.yield")[1]
    assert given.fields["request"] == ended.fields["request"]
    assert limit is not None
    assert (ended.at - given.at).total_seconds() > limit * 60


def test_the_meeting_is_opened_suspended_resumed_and_adjourned_by_the_chair() -> None:
    course = [step for step in STEPS if step.command.startswith("meeting.")]
    assert [step.command for step in course] == [f"meeting.{verb}" for verb in ("open", "suspend", "resume", "adjourn")]
    assert {step.who for step in course} == {"chair"}
    assert STEPS[-1] is course[-1]


def test_every_delegate_is_marked_once_by_who_may() -> None:
    sizes = Counter(seat.site for seat in COUNTED_SEATS)
    marked: Counter[tuple[str, int]] = Counter()
    for step in steps("presence.mark"):
        people = step.fields["participants"]
        assert isinstance(people, People)
        assert step.who == ("secretary" if people.site == CENTRAL else f"operator-{people.site}")
        marked.update((people.site, number) for number in range(people.first, people.last + 1))
    assert marked == {(site, number): 1 for site, size in sizes.items() for number in range(1, size + 1)}
    assert 1 <= sum(step.fields["state"] == "absent" for step in steps("presence.mark")) <= 10


def test_every_bridge_point_connects_before_the_opening_and_is_connected_at_the_end() -> None:
    opening = steps("meeting.open")[0].at
    assert sorted(line.site for line in LINES if line.up and line.at < opening) == sorted([CENTRAL, *CODES])
    last = {line.site: line.up for line in LINES}
    assert all(last.values())


def test_about_350_delegates_sit_at_35_bridge_points_under_offices_only() -> None:
    sizes = Counter(seat.site for seat in COUNTED_SEATS)
    assert len(sizes) == 35
    assert 340 <= len(COUNTED_SEATS) <= 360
    assert sizes[CENTRAL] == 40
    assert {size for site, size in sizes.items() if site != CENTRAL} == {8, 9, 10, 11}
    names = [seat.name for seat in seats(CODES)]
    assert len(names) == len(set(names))
    placeholders = ("Đại biểu ", "Chủ tọa ", "Thư ký ", "Cán bộ ", "Quan sát viên ")
    assert [name for name in names if not name.startswith(placeholders)] == []


def test_the_visitors_accounts_have_a_seat_each() -> None:
    accounts = [seat.account for seat in seats(CODES) if seat.account]
    assert len(accounts) == len(set(accounts))
    without_a_seat = {name for name, _code, _who in FOCAL_POINTS}  # they register others
    assert set(USERNAMES) - without_a_seat <= set(accounts)


def test_what_steps_refer_to_has_been_made_by_an_earlier_one() -> None:
    made: set[str] = set()
    for step in STEPS:
        assert {ref.name for ref in step.fields.values() if isinstance(ref, Made)} <= made, step
        made |= {step.makes} - {""}


@pytest.mark.parametrize("name", LATE)
def test_every_bridge_point_acknowledges_but_one_and_one_of_them_is_late(name: str) -> None:
    issued = next(step for step in STEPS if step.makes == name)
    after = {
        step.who: step.at - issued.at for step in steps("site_command.acknowledge") if step.fields["site_command"] == Made(name)
    }
    assert set(after) == {"technician", *(f"operator-{code}" for code in CODES)} - {f"operator-{SILENT[name]}"}
    late, _later = LATE[name]
    assert [who for who, wait in after.items() if wait > timedelta(minutes=2)] == [f"operator-{late}"]
    assert min(after.values()) >= timedelta(seconds=5)


def test_who_speaks_next_is_told_to_prepare_and_acknowledges_before_the_floor_is_given() -> None:
    given = {step.fields["request"]: step.at for step in steps("floor.give")}
    told = {step.makes: step.fields["sites"] for step in steps("site_command.issue") if step.fields["kind"] == "prepare"}
    assert list(told.values()) == [Sites((code,)) for code in SPEAKING_SITES]
    answered = {step.fields["site_command"]: step for step in steps("site_command.acknowledge")}
    assert all(answered[Made(f"prepare-{code}")].at < given[Registered(code)] for code in SPEAKING_SITES)


def test_nothing_of_the_hand_stands_at_the_end_and_the_displays_follow_the_meeting() -> None:
    for kind in ("announcement", "site_command"):
        made = {step.makes for step in STEPS if step.command in (f"{kind}.publish", f"{kind}.issue")}
        assert {step.fields[kind].name for step in steps(f"{kind}.withdraw")} == made
    assert [step.fields["mode"] for step in steps("displays.steer")] == ["welcome", "count", "auto"]


def test_nobody_writes_from_a_bridge_point_whose_line_is_lost() -> None:
    lost = [(down.site, down.at, up.at) for down, up in pairwise(LINES) if not down.up and down.site == up.site]
    assert [site for site, _since, _until in lost] == ["96"]
    for site, since, until in lost:
        assert [step for step in STEPS if step.who == f"operator-{site}" and since <= step.at < until] == []


def test_the_communes_are_3321_under_all_provinces_with_neutral_names() -> None:
    names = names_by_province(CODES)
    assert COMMUNES == 3321 == sum(map(len, names.values()))
    assert list(names) == CODES
    assert 50 <= min(map(len, names.values())) < max(map(len, names.values())) <= 150
    assert names["01"][0] == "Xã 01-001"
    every = [name for own in names.values() for name in own]
    assert len(set(every)) == COMMUNES
    people = [person for name in every for _role, person, _position in people_of(name)]
    assert len(set(people)) == len(people) == 4 * COMMUNES


def test_one_commune_in_eight_connects_and_some_lose_their_line_for_a_while() -> None:
    names = [name for own in names_by_province(CODES).values() for name in own]
    moves = walk(CODES, names)
    assert [move for move in moves if move in MOVES] == MOVES
    lines = [move for move in moves if isinstance(move, Line) and move.site in names]
    assert len({line.site for line in lines}) == 416
    assert [line.up for line in lines].count(False) == 90
    assert len({line.site for line in lines if line.lag}) == 7
    assert all({line.site: line.up for line in lines}.values())
    halls = [step.fields["participants"] for step in moves if isinstance(step, Step) and "participants" in step.fields]
    marked = [site for hall in halls if isinstance(hall, Halls) for site in hall.sites]
    assert sorted(marked) == sorted({line.site for line in lines})
