"""The votes that thousands ask for in the same seconds: a statement written once finds what Django's own query finds."""

from __future__ import annotations

import pytest
from django.forms.models import model_to_dict
from pytest_django import DjangoAssertNumQueries

from meetings.models import Participant
from tests.cast import Cast, Room
from tests.make import open_the_meeting
from tests.polls import make_open_poll
from voting.ballots.casting import votes_of
from voting.ballots.prepared import Prepared
from voting.polls.models import Mandate

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_what_it_finds_is_what_django_finds_and_nothing_more_is_asked_for_it(
    room: Room, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    open_the_meeting(room.meeting)
    poll = make_open_poll(room.meeting)
    user = cast["delegate"]
    for _time in range(2):  # once written, once as it was written
        with django_assert_num_queries(1):
            (found,) = votes_of(user, room.meeting.slug, poll.number)
            told = (found.poll.meeting, found.poll, found.voter)
        expected = Mandate.objects.select_related("poll__meeting", "voter").get(voter__person=user.person, poll=poll)
        assert [model_to_dict(one) for one in (found, *told)] == [
            model_to_dict(one) for one in (expected, expected.poll.meeting, expected.poll, expected.voter)
        ]
        assert found.poll.opened_at == expected.poll.opened_at
        assert not found._state.adding


def test_each_finds_the_own_and_who_has_none_finds_none(room: Room, cast: Cast) -> None:
    open_the_meeting(room.meeting)
    poll = make_open_poll(room.meeting)
    assert [one.voter.person for one in votes_of(cast["chair"], room.meeting.slug, poll.number)] == [cast["chair"].person]
    assert votes_of(cast["observer"], room.meeting.slug, poll.number) == []
    assert votes_of(cast["chair"], room.meeting.slug, poll.number + 1) == []
    assert votes_of(cast["chair"], "không-có", poll.number) == []


def test_a_query_that_holds_anything_but_its_values_in_their_order_is_not_taken(room: Room) -> None:
    with pytest.raises(ValueError, match="stand in the query"):
        Prepared(lambda site, name: Participant.objects.filter(name=name).filter(bridge_point=site))(
            room.lao_cai.pk, "Đại biểu 15-03"
        )
    with pytest.raises(ValueError, match="stand in the query"):
        Prepared(lambda site: Participant.objects.filter(bridge_point=site, role="delegate"))(room.lao_cai.pk)
