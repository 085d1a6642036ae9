"""Who may do what: the one page of rights, told apart from any page or command."""

from __future__ import annotations

from typing import Any

import pytest

from meetings.errors import NotAllowed
from meetings.models import BridgePoint, Meeting, Participant, Role
from meetings.procedure import ABILITIES, OFFICE_ABILITIES, Ability, Actor, actor_in
from people.models import User

MEETING = Meeting(pk=1)


def actor(role: str = "", office: str = "", site: int | None = None, **user: Any) -> Actor:
    account = User(pk=1, username="x", office_role=office, **user)
    seat = Participant(pk=1, name="Người", role=role, bridge_point_id=site) if role else None
    return actor_in(MEETING, account, seat)


def test_every_role_stands_on_the_page() -> None:
    assert set(ABILITIES) == set(Role)
    assert set(OFFICE_ABILITIES) == set(User.OfficeRole)


def test_only_an_administrator_manages_accounts() -> None:
    who = [*(actor(role=role) for role in Role), *(actor(office=office) for office in User.OfficeRole)]
    assert [a.user.office_role for a in who if a.may(Ability.MANAGE_ACCOUNTS)] == ["administrator"]


def test_who_takes_part_sees_the_meeting_and_nobody_else_does() -> None:
    assert all(actor(role=role).may(Ability.SEE) for role in Role)
    assert not actor().may(Ability.SEE)
    assert not any(actor(office=office).abilities for office in ("focal_point", "unit_head"))


def test_a_role_in_the_meeting_and_one_in_the_office_add_up() -> None:
    assert actor(role=Role.DELEGATE, office="unit_head").abilities == ABILITIES[Role.DELEGATE]
    assert actor(role=Role.OBSERVER, office="secretariat").abilities >= OFFICE_ABILITIES["secretariat"]


def test_a_closed_account_may_nothing() -> None:
    assert actor(role=Role.CHAIR, office="administrator", is_active=False).abilities == frozenset()


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.GUEST, Role.TECHNICIAN, Role.DELEGATE, Role.OPERATOR])
def test_a_reader_changes_nothing_of_the_meeting(role: str) -> None:
    changing = {Ability.PREPARE, Ability.RUN_MEETING, Ability.RUN_PROGRAMME, Ability.GIVE_FLOOR, Ability.STEER_DISPLAYS,
                Ability.WRITE_MINUTES, Ability.APPROVE_MINUTES, Ability.SET_CLOCK, Ability.MARK_ANY_PRESENCE}  # fmt: skip
    assert actor(role=role).abilities & changing == set()


@pytest.mark.parametrize(
    ("who", "own", "other", "nowhere"),
    [
        (actor(role=Role.OPERATOR, site=7), True, False, False),
        (actor(role=Role.TECHNICIAN, site=7), False, False, False),
        (actor(role=Role.CHAIR, site=7), False, False, False),
        (actor(role=Role.SECRETARY, site=7), True, True, True),
        (actor(office="secretariat"), True, True, True),
    ],
)
def test_presence_is_marked_by_who_looks_after_the_place(who: Actor, own: bool, other: bool, nowhere: bool) -> None:
    assert [who.may_mark_presence_at(pk) for pk in (7, 8, None)] == [own, other, nowhere]


def test_a_console_is_seen_by_its_own_people_and_the_secretariat() -> None:
    sites = [BridgePoint(pk=7), BridgePoint(pk=8)]
    seen = {role: [actor(role=role, site=7).may_see_console_of(site) for site in sites] for role in Role}
    expected = {role: [False, False] for role in Role}
    expected |= {Role.OPERATOR: [True, False], Role.TECHNICIAN: [True, False], Role.SECRETARY: [True, True]}
    assert seen == expected


def test_a_missing_right_is_a_sentence() -> None:
    with pytest.raises(NotAllowed) as refusal:
        actor(role=Role.GUEST).require(Ability.PREPARE)
    assert refusal.value.reason.endswith(".")
    assert refusal.value.status == 403
