"""Badges are issued, replaced and revoked: who gets one, for which hours, and what the journal says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from attendance.badges import code, keys, paper, queries
from attendance.badges.actions import issue_badges, reissue_badges, retire_badge_key, revoke_badges, rotate_badge_key
from attendance.badges.answers import entry_marks
from attendance.badges.code import Code, Fault
from attendance.badges.models import BadgeKey, Credential
from attendance.badges.short_code import read_short
from meetings.actions import excuse_participants, expect_participants, remove_participant
from meetings.errors import NotAllowed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import Meeting, Participant
from tests.cast import Cast, Room
from tests.make import actor_of, make_meeting, make_participants, the_secretariat

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def issue(room: Room, *people: Participant) -> int:
    return issue_badges(room.meeting, by=the_secretariat(), participants=people, everyone=not people)


def reissue(room: Room, *people: Participant) -> int:
    return reissue_badges(room.meeting, by=the_secretariat(), participants=people, outdated=not people)


def codes(room: Room, people: Sequence[Participant] | None = None) -> dict[int, str]:
    found = queries.codes(queries.valid(room.meeting))
    return found if people is None else {one.pk: found[one.pk] for one in people if one.pk in found}


def test_everyone_who_is_expected_gets_a_badge_staff_too_and_nobody_two(room: Room) -> None:
    excuse_participants(room.meeting, by=the_secretariat(), participants=[room.people["guest"]])
    expected = room.meeting.participants.filter(is_excused=False).count()
    assert issue(room) == expected
    assert Credential.objects.count() == expected
    assert set(codes(room)) == set(room.meeting.participants.filter(is_excused=False).values_list("pk", flat=True))
    with pytest.raises(OutOfOrder):
        issue(room)
    expect_participants(room.meeting, by=the_secretariat(), participants=[room.people["guest"]])
    assert issue(room) == 1
    assert fold_differences(room.meeting) == []


def test_a_badge_says_its_meeting_its_holder_and_its_hours(room: Room) -> None:
    one = room.people["delegate"]
    issue(room, one)
    held = Credential.objects.get()
    read = code.read(codes(room)[one.pk], keys.publics())
    assert isinstance(read, Code)
    assert (read.meeting, read.participant, read.serial) == (room.meeting.pk, one.pk, held.serial)
    assert (read.valid_from, read.valid_until) == (held.valid_from, held.valid_until)
    first = room.meeting.sittings.earliest("starts_at").starts_at
    assert timedelta(hours=12) <= first - held.valid_from < timedelta(hours=13)
    assert read_short(held.short_code) == held.short_code


def test_without_an_end_a_badge_holds_until_noon_of_the_next_day(room: Room) -> None:
    room.meeting.sittings.update(ends_at=None)
    issue(room, room.people["delegate"])
    until = Credential.objects.get().valid_until.astimezone(room.meeting.sittings.earliest("pk").starts_at.astimezone().tzinfo)
    assert (until - room.meeting.sittings.earliest("pk").starts_at) > timedelta(hours=12)
    assert until.minute == until.second == 0


def test_the_journal_holds_serials_and_no_code(room: Room) -> None:
    one = room.people["delegate"]
    issue(room, one)
    held, entry = Credential.objects.get(), room.meeting.journal.entries.get(kind="badges.issued")
    assert entry.payload["badges"] == [{"id": one.pk, "name": one.name, "serial": held.serial}]
    assert codes(room)[one.pk] not in str(entry.payload)
    assert held.short_code not in str(entry.payload)


def test_a_replaced_badge_is_another_one_and_the_old_is_revoked(room: Room) -> None:
    one = room.people["delegate"]
    issue(room)
    old = one.credentials.get()
    before = codes(room)
    assert reissue(room, one) == 1
    old.refresh_from_db()
    new = one.credentials.get(revoked_at=None)
    assert old.revoked_at is not None
    assert {old.serial, old.short_code}.isdisjoint({new.serial, new.short_code})
    after = codes(room)
    assert [pk for pk in after if after[pk] != before[pk]] == [one.pk]
    told = room.meeting.journal.entries.get(kind="badges.reissued").payload["badges"]
    assert told == [{"id": one.pk, "name": one.name, "serial": new.serial, "old": old.serial}]
    assert fold_differences(room.meeting) == []


def test_a_revoked_badge_has_no_code_and_a_new_one_can_be_issued(room: Room) -> None:
    one = room.people["delegate"]
    issue(room, one)
    revoke_badges(room.meeting, by=the_secretariat(), participants=[one])
    assert codes(room) == {}
    with pytest.raises(OutOfOrder):
        revoke_badges(room.meeting, by=the_secretariat(), participants=[one])
    with pytest.raises(OutOfOrder):
        reissue(room, one)
    assert issue(room, one) == 1
    assert one.credentials.count() == 2
    assert fold_differences(room.meeting) == []


def test_who_is_excused_or_removed_has_no_badge_that_is_printed(room: Room) -> None:
    one, other = room.people["delegate"], room.people["ca_mau"]
    issue(room, one, other)
    excuse_participants(room.meeting, by=the_secretariat(), participants=[one])
    assert set(codes(room)) == {other.pk}
    with pytest.raises(OutOfOrder):
        reissue(room, one)
    remove_participant(room.meeting, by=the_secretariat(), participant=other)
    assert codes(room) == {}
    assert fold_differences(room.meeting) == []


def test_when_the_meeting_moves_the_badges_for_the_old_hours_are_replaced_together(room: Room) -> None:
    issue(room)
    assert list(queries.outdated(room.meeting)) == []
    with pytest.raises(OutOfOrder):
        reissue(room)
    for sitting in room.meeting.sittings.all():
        sitting.starts_at += timedelta(days=7)
        sitting.ends_at = sitting.ends_at and sitting.ends_at + timedelta(days=7)
        sitting.save()
    room.meeting.refresh_from_db()
    count = len(queries.outdated(room.meeting))
    assert count == room.meeting.participants.filter(is_excused=False).count()
    assert (paper.to_print(room.meeting), entry_marks(room.meeting, list(room.people.values()))) == ([], {})
    assert reissue(room) == count
    assert len(paper.to_print(room.meeting)) == count
    assert list(queries.outdated(room.meeting)) == []


def test_an_hour_more_or_less_needs_no_new_badge(room: Room) -> None:
    issue(room)
    for sitting in room.meeting.sittings.all():
        sitting.starts_at -= timedelta(hours=1)
        sitting.save()
    assert list(queries.outdated(Meeting.objects.get())) == []


def test_nobody_gets_a_badge_for_a_template(room: Room) -> None:
    template = make_meeting(title="Mẫu", kind=Meeting.Kind.TEMPLATE)
    people = make_participants(template, ["Lò Văn Một"])
    with pytest.raises(OutOfOrder):
        issue_badges(template, by=the_secretariat(), participants=people)


def test_thousands_get_different_serials_and_short_codes(room: Room) -> None:
    make_participants(room.meeting, [f"Đại biểu {n}" for n in range(1200)])
    count = issue(room)
    assert len(set(Credential.objects.values_list("serial", flat=True))) == count > 1200
    assert len(set(Credential.objects.values_list("short_code", flat=True))) == count


def test_a_new_key_signs_and_the_old_one_is_believed_until_it_is_retired(room: Room, cast: Cast) -> None:
    administrator = actor_of(room.meeting, cast["administrator"])
    one, other = room.people["delegate"], room.people["ca_mau"]
    issue(room, one)
    first, printed = BadgeKey.objects.get(), codes(room)[one.pk]
    second = rotate_badge_key(by=administrator)
    issue(room, other)
    assert other.credentials.get().key == second
    assert isinstance(code.read(printed, keys.publics()), Code)
    assert retire_badge_key(by=administrator, key=first) == 1
    assert code.read(printed, keys.publics()) is Fault.FORGED
    assert set(codes(room)) == {other.pk}
    assert issue(room) == room.meeting.participants.count() - 1
    assert one.credentials.get(revoked_at=None).key == second
    assert fold_differences(room.meeting) == []
    with pytest.raises(OutOfOrder):
        retire_badge_key(by=administrator, key=first)


def test_the_secretariat_keeps_no_keys(room: Room, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        rotate_badge_key(by=actor_of(room.meeting, cast["secretariat"]))


def test_a_number_of_a_key_is_used_once_and_the_last_is_255(room: Room, cast: Cast) -> None:
    administrator = actor_of(room.meeting, cast["administrator"])
    made = rotate_badge_key(by=administrator)
    BadgeKey.objects.filter(pk=made.pk).update(number=255)
    with pytest.raises(OutOfOrder):
        rotate_badge_key(by=administrator)


def test_a_changed_secret_key_is_said_in_words_and_a_new_badge_key_mends_it(room: Room, cast: Cast, settings: object) -> None:
    one = room.people["delegate"]
    issue(room, one)
    printed = codes(room)[one.pk]
    settings.SECRET_KEY = "another " * 10  # type: ignore[attr-defined]
    with pytest.raises(OutOfOrder, match="1"):
        codes(room)
    assert isinstance(code.read(printed, keys.publics()), Code), "doors go on believing what was printed"
    rotate_badge_key(by=actor_of(room.meeting, cast["administrator"]))
    reissue(room, one)
    assert isinstance(code.read(codes(room)[one.pk], keys.publics()), Code)


def test_a_sealed_key_opens_in_its_own_row_alone_and_stands_nowhere_in_plain(room: Room) -> None:
    issue(room, room.people["delegate"])
    key = BadgeKey.objects.get()
    seed = keys.private_of(key).private_bytes_raw()
    assert seed.hex() not in key.sealed
    key.number = 2
    with pytest.raises(OutOfOrder):
        keys.private_of(key)
    key.number, key.sealed = 1, "not base64"
    with pytest.raises(OutOfOrder):
        keys.private_of(key)
