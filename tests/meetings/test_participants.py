"""Participants changed one or many at a time: modes, groups, who is excused, who stands in for whom; and who is expected then."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from attendance.counting import HeadCount, counts_by_bridge_point, totals
from live.halls import hall_of
from live.reading import read_newest
from meetings import actions, queries
from meetings.actions import NewParticipant
from meetings.errors import OutOfOrder
from meetings.hooks import fold_differences
from meetings.journal import Transition, transition
from meetings.models import Meeting, Participant
from meetings.procedure import Ability
from meetings.sites.queries import with_counts
from minutes.blocks.overlay import current
from people.models import Organisation
from tests.cast import Room
from tests.knocking import knock
from tests.make import (
    make_group,
    make_meeting,
    make_participant,
    make_participants,
    mark_present,
    open_the_meeting,
    the_secretariat,
)

pytestmark = pytest.mark.django_db


class within:
    """A change of a meeting by the secretariat."""

    def __init__(self, meeting: Meeting) -> None:
        self.manager = transition(meeting, by=the_secretariat(), ability=Ability.PREPARE)

    def __enter__(self) -> Transition:
        return self.manager.__enter__()

    def __exit__(self, *error: Any) -> None:
        self.manager.__exit__(*error)


def fresh(participant: Participant) -> Participant:
    return Participant.objects.get(pk=participant.pk)


def test_a_participant_is_given_a_mode_a_group_and_a_unit_of_the_directory(room: Room, clients: dict[str, Client]) -> None:
    group, one = make_group(room.meeting), room.people["ca_mau"]
    answer = knock(
        clients["secretary"], room.meeting, "participant.edit", participant=one, name="Lâm Út Tư", position="Bí thư",
        unit="Cà Mau", role="delegate", bridge_point=room.sites[3], mode="online", group=group, is_standing="on",
    )  # fmt: skip
    assert answer.status_code == 200
    now = fresh(one)
    assert (now.mode, now.group, now.is_standing, now.organisation) == (
        "online", group, True, Organisation.objects.get(code="96"),
    )  # fmt: skip
    assert fold_differences(room.meeting) == []


def test_a_form_that_does_not_ask_leaves_mode_and_group_as_they_are(room: Room, clients: dict[str, Client]) -> None:
    one = make_participant(room.meeting, "Ai", mode="online", group=make_group(room.meeting), is_standing=True)
    knock(clients["secretary"], room.meeting, "participant.edit", participant=one, name="Ai Đó", role="guest")
    now = fresh(one)
    assert (now.name, now.mode, now.group is None, now.is_standing) == ("Ai Đó", "online", False, True)


@pytest.mark.parametrize(
    ("what", "value"), [("mode", "online"), ("is_standing", True), ("group", "group"), ("bridge_point", "site"), ("group", None)]
)
def test_many_are_changed_in_one_step(what: str, value: Any, room: Room) -> None:
    group = make_group(room.meeting)
    people = make_participants(room.meeting, ["Một", "Hai", "Ba"], group=None if value == "group" else group)
    meant = {"group": group, "site": room.sites[2]}.get(str(value), value)
    changed = actions.edit_participants(room.meeting, by=the_secretariat(), participants=people, changes={what: meant})
    assert [getattr(fresh(p), what) for p in people] == [meant] * 3
    assert len(changed) == 3
    assert room.meeting.journal.entries.filter(kind="participants.edited").count() == 1
    with pytest.raises(OutOfOrder):
        actions.edit_participants(room.meeting, by=the_secretariat(), participants=people, changes={what: meant})
    assert fold_differences(room.meeting) == []


def test_an_operator_is_not_moved_to_nowhere(room: Room, clients: dict[str, Client]) -> None:
    people = [room.people["delegate"], room.people["operator"]]
    answer = knock(clients["secretary"], room.meeting, "participants.edit", participants=people, what="bridge_point")
    assert (answer.status_code, fresh(people[0]).bridge_point) == (409, room.lao_cai)


def test_many_are_removed_or_none(room: Room) -> None:
    by, both = the_secretariat(), [room.people["ha_tinh"], room.people["ca_mau"]]
    mark_present(room.people["ha_tinh"])
    with pytest.raises(OutOfOrder, match="Phan Đình Ba"):
        actions.remove_participants(room.meeting, by=by, participants=both)
    assert room.meeting.participants.filter(pk__in=[p.pk for p in both]).count() == 2
    actions.remove_participants(room.meeting, by=by, participants=[room.people["ca_mau"], room.people["unplaced"]])
    with pytest.raises(OutOfOrder):
        actions.remove_participants(room.meeting, by=by, participants=[room.people["ca_mau"]])
    assert fold_differences(room.meeting) == []


def test_who_is_excused_is_expected_nowhere_until_they_come_all_the_same(room: Room) -> None:
    open_the_meeting(room.meeting)
    by, one = the_secretariat(), room.people["lao_cai_2"]
    before = totals(room.meeting).expected
    actions.excuse_participants(room.meeting, by=by, participants=[one])
    site = {site.id: site for site in read_newest(room.meeting.pk).sites}[room.lao_cai.pk]
    assert counts_by_bridge_point(room.meeting)[room.lao_cai.pk] == site.count == HeadCount(expected=1, excused=1)
    assert totals(room.meeting).expected == read_newest(room.meeting.pk).people.expected == before - 1
    hall = hall_of(room.meeting, room.lao_cai)
    assert (hall["expected"], one.pk in hall["unmarked"], [r["participant"].pk for r in hall["rows"]][-1]) == (1, False, one.pk)
    listed = {b.pk: b for b in with_counts(room.meeting.bridge_points.all())}
    assert (listed[room.lao_cai.pk].people, queries.totals(room.meeting)["delegates"]) == (1, before - 1)  # type: ignore[attr-defined]
    text = next(block.text for block in current(room.meeting) if block.key == "composition")
    assert f"triệu tập: {before - 1:02}" in text or f"triệu tập: {before - 1}" in text
    mark_present(one)
    assert counts_by_bridge_point(room.meeting)[room.lao_cai.pk] == HeadCount(expected=2, present=1)
    mark_present(one, state="absent")
    assert counts_by_bridge_point(room.meeting)[room.lao_cai.pk] == HeadCount(expected=1, excused=1)
    actions.expect_participants(room.meeting, by=by, participants=[one])
    assert counts_by_bridge_point(room.meeting)[room.lao_cai.pk] == HeadCount(expected=2, absent=1)
    assert fold_differences(room.meeting) == []


def test_a_substitute_comes_instead_and_who_is_replaced_stays_excused(room: Room) -> None:
    one = room.people["ca_mau"]
    with within(room.meeting) as change:
        new = NewParticipant(name="Lò Thay", unit="Cà Mau", bridge_point=room.sites[3])
        made = actions.substitute_participant(change, one, new)
    assert (made.substitute_for, fresh(one).is_excused, made.is_excused) == (one, True, False)
    assert totals(room.meeting).expected == 8
    for refused in (
        lambda change: actions.substitute_participant(change, one, NewParticipant(name="Lò Ba")),
        lambda change: actions.expect_participant(change, one),
        lambda change: actions.excuse_participant(change, one),
        lambda change: actions.substitute_participant(
            change, made, NewParticipant(name="x", person=room.people["delegate"].person)
        ),
    ):
        with pytest.raises(OutOfOrder), within(room.meeting) as change:
            refused(change)
    assert fold_differences(room.meeting) == []
    actions.remove_participant(room.meeting, by=the_secretariat(), participant=made)
    with within(room.meeting) as change:
        actions.expect_participant(change, one)
    assert totals(room.meeting).expected == 8
    assert fold_differences(room.meeting) == []


def test_who_is_replaced_may_be_removed_and_the_substitute_stays(room: Room) -> None:
    with within(room.meeting) as change:
        made = actions.substitute_participant(change, room.people["ca_mau"], NewParticipant(name="Lò Thay"))
    actions.remove_participant(room.meeting, by=the_secretariat(), participant=room.people["ca_mau"])
    assert fresh(made).substitute_for is None
    assert fold_differences(room.meeting) == []


def test_a_substitute_is_added_on_the_page(room: Room, clients: dict[str, Client]) -> None:
    one, client = room.people["ca_mau"], clients["secretary"]
    page = client.get(f"/m/{room.meeting.slug}/participants/new/?for={one.pk}")
    assert page.context["form"].initial["bridge_point"] == room.sites[3]
    answer = knock(client, room.meeting, "participants.add", name="Lò Thay", role="delegate", substitute_for=one)
    assert answer.status_code == 200
    assert room.meeting.participants.get(name="Lò Thay").substitute_for == one
    assert room.meeting.journal.entries.filter(kind="participant.substituted").count() == 1
    assert client.get(f"/m/{room.meeting.slug}/participants/new/?for={'9' * 30}").status_code == 200


def test_groups_are_added_renamed_and_removed(room: Room) -> None:
    by, meeting = the_secretariat(), room.meeting
    first, second = make_group(meeting, "Khách mời"), make_group(meeting, "Khối tỉnh")
    with pytest.raises(OutOfOrder, match="Khách mời"):
        make_group(meeting, "Khách mời")
    with pytest.raises(OutOfOrder, match="khách mời"):
        make_group(meeting, "khách mời")
    with pytest.raises(OutOfOrder):
        actions.rename_group(meeting, by=by, group=second, name="Khách mời")
    actions.rename_group(meeting, by=by, group=second, name="Khối xã")
    actions.edit_participants(meeting, by=by, participants=[room.people["ca_mau"]], changes={"group": second})
    with pytest.raises(OutOfOrder, match="1"):
        actions.remove_group(meeting, by=by, group=second)
    actions.remove_group(meeting, by=by, group=first)
    assert list(meeting.groups.values_list("number", "name")) == [(2, "Khối xã")]
    assert fold_differences(meeting) == []


def test_a_group_of_another_meeting_is_refused(room: Room) -> None:
    foreign = make_group(make_meeting(title="Khác"))
    with pytest.raises(OutOfOrder):
        make_participant(room.meeting, "Ai", group=foreign)
    with pytest.raises(OutOfOrder):
        actions.edit_participants(
            room.meeting, by=the_secretariat(), participants=[room.people["ca_mau"]], changes={"group": foreign}
        )
