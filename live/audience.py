"""Who looks at which screen: rights are judged here for the first load, the ticket and the HTTP twin alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from agenda.running.closed import Standing, standing_of
from control.models import Display, Line
from live.tickets import Ticket
from meetings.models import BridgePoint, Meeting, Participant, Role
from meetings.procedure import Ability, Actor, actor_in
from meetings.queries import asked_of_each
from people.models import EndedSession, User
from people.sessions import password_mark

SCREEN_ABILITY = {
    "control": Ability.SEE_CONTROL_ROOM,
    "chair": Ability.SEE_CHAIR_DESK,
    "delegate": Ability.SEE,
    "console": Ability.SEE_CONSOLE,
    "reader": Ability.SEE,
    "conclusions": Ability.SEE_MINUTES,
}


@dataclass(frozen=True)
class Viewer:
    """Somebody or something in front of a screen."""

    ticket: Ticket


def may_look(actor: Actor, screen: str) -> bool:
    """Tell whether an actor may look at a screen (which bridge point's console is judged apart)."""
    ability = SCREEN_ABILITY.get(screen)
    return ability is not None and actor.may(ability)


def viewer_of(meeting: Meeting, actor: Actor, screen: str, language: str | None, site: int | None, session: str = "") -> Viewer:
    """Return an actor as a viewer of a screen; `session`: the fingerprint of the session that looks."""
    who = standing_of(actor)
    return Viewer(
        Ticket(
            meeting=meeting.pk, slug=meeting.slug, screen=screen, language=language or "vi", account=actor.user.pk,
            participant=who.person, bridge_point=site, connects=_connects(actor, site),
            chair_line=site is not None and any(actor.sides_of_line(Line.CHAIR, site)),
            session=session, password=password_mark(actor.user), leads=who.leads, role=who.role, seat=who.site,
        )
    )  # fmt: skip


def _connects(actor: Actor, site: int | None) -> bool:
    """A bridge point is connected by its own operator or technician, not by a secretary who looks at its console."""
    own = actor.participant
    return own is not None and own.role in (Role.OPERATOR, Role.TECHNICIAN) and site is not None and own.bridge_point_id == site


def display_viewer(display: Display, language: str | None) -> Viewer:
    """Return a public display as a viewer of the wall."""
    meeting = display.meeting
    return Viewer(Ticket(meeting=meeting.pk, slug=meeting.slug, screen="display", language=language or "vi", display=display.pk))


def holding(tickets: Collection[Ticket]) -> set[Ticket]:
    """Return those tickets whose rights still stand: one may be two minutes old, and its owner gone since."""
    accounts = User.objects.in_bulk({t.account for t in tickets if t.account is not None})
    people = Participant.objects.in_bulk({t.participant for t in tickets if t.participant is not None})
    displays = Display.objects.filter(revoked_at=None).in_bulk({t.display for t in tickets if t.display is not None})
    ended = EndedSession.objects.in_bulk({t.session for t in tickets if t.session}, field_name="fingerprint")
    there = {t for t in tickets if t.session not in ended and (t.display is None or t.display in displays)}
    asked = asked_of_each(accounts.values())
    return {t for t in there if _may_still_look(t, accounts, people, asked)}


def _may_still_look(
    ticket: Ticket, accounts: Mapping[int, User], people: Mapping[int, Participant], asked: Mapping[int, Collection[int]]
) -> bool:
    participant = people.get(ticket.participant) if ticket.participant is not None else None
    if ticket.participant is not None and participant is None:
        return False
    if ticket.account is None:
        return True
    if ticket.account not in accounts or ticket.password not in ("", password_mark(accounts[ticket.account])):
        return False
    is_asked = ticket.meeting in asked[ticket.account]
    actor = actor_in(Meeting(pk=ticket.meeting), accounts[ticket.account], participant, is_asked=is_asked)
    said = Standing(ticket.leads, ticket.role, ticket.seat, ticket.participant)
    if (said.leads or said.role) and said != standing_of(actor):
        return False  # of another role, or elsewhere, since: the page loads anew with what holds now
    if ticket.connects and not _connects(actor, ticket.bridge_point):
        return False  # still allowed to look in, but with a ticket that does not stand for the bridge point
    sees_site = ticket.bridge_point is None or actor.may_see_console_of(BridgePoint(pk=ticket.bridge_point))
    return may_look(actor, ticket.screen) and sees_site
