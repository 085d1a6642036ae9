"""Delegates with accounts and sessions who can vote, made beside the models of the place; what was counted in the end."""

from __future__ import annotations

from typing import Any

from bench.demonstration import SLUG

NAME = "Đại biểu thử"


def furnish(voters: int) -> list[str]:
    """Gives the central hall so many delegates more; returns the sessions in which they have signed in."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.db import transaction

    from meetings.actions import NewParticipant, add_participants
    from meetings.models import Meeting
    from people.models import Person, User

    meeting = Meeting.objects.get(slug=SLUG)
    site = meeting.bridge_points.get(is_central=True)
    people = Person.objects.bulk_create(Person(full_name=f"{NAME} {n:04d}") for n in range(voters))
    users = User.objects.bulk_create(User(username=f"bench-{n}", person=one, password="!") for n, one in enumerate(people))
    new = [NewParticipant(name=one.full_name, person=one, bridge_point=site) for one in people]
    add_participants(meeting, by=_secretariat(), participants=new)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    sessions = []
    with transaction.atomic():
        for user in users:
            session = store()
            session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            sessions.append(session.session_key)
    return sessions


def poll_numbers() -> list[list[int]]:
    """The key, the number and the version of each poll that is prepared, in order."""
    from voting.models import Poll

    drafts = Poll.objects.filter(meeting__slug=SLUG, state=Poll.State.DRAFT).order_by("number")
    return [list(row) for row in drafts.values_list("pk", "number", "version")]


def counted() -> dict[str, Any]:
    """How many ballots each poll has by its ledger and by its result, and where journal and tables differ."""
    from meetings.models import Meeting
    from voting.ballots.folding import FOLD as BALLOTS
    from voting.figures import result_now
    from voting.models import Ballot, Poll
    from voting.polls.folding import FOLD as POLLS

    meeting = Meeting.objects.get(slug=SLUG)
    differences = []
    for fold in (POLLS, BALLOTS):
        state: dict[Any, Any] = {}
        for entry in meeting.journal.entries.order_by("number"):
            fold.step(state, entry)
        differences += [fold.name] if state != fold.tables(meeting) else []
    polls = Poll.objects.filter(meeting=meeting, state=Poll.State.DECLARED).order_by("number")
    cast = [[Ballot.objects.filter(poll=one).count(), sum(line.votes for line in result_now(one).lines)] for one in polls]
    return {"cast": cast, "differences": differences}


def _secretariat() -> Any:
    from meetings.queries import office_actor
    from people.models import User

    user = User.objects.filter(office_role=User.OfficeRole.SECRETARIAT).first()
    assert user is not None
    return office_actor(user)
