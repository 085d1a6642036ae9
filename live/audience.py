"""Who looks at which screen: rights are judged here for the first load, the ticket and the HTTP twin alike."""

from __future__ import annotations

from dataclasses import dataclass

from control.models import Display
from live.tickets import Ticket
from meetings.models import Meeting
from meetings.procedure import Ability, Actor

SCREEN_ABILITY = {
    "control": Ability.SEE_CONTROL_ROOM,
    "chair": Ability.SEE_CHAIR_DESK,
    "delegate": Ability.SEE,
    "console": Ability.SEE_CONSOLE,
}


@dataclass(frozen=True)
class Viewer:
    """Somebody or something in front of a screen."""

    ticket: Ticket


def may_look(actor: Actor, screen: str) -> bool:
    """Tell whether an actor may look at a screen (which bridge point's console is judged apart)."""
    ability = SCREEN_ABILITY.get(screen)
    return ability is not None and actor.may(ability)


def viewer_of(meeting: Meeting, actor: Actor, screen: str, language: str | None, site: int | None) -> Viewer:
    """Return an actor as a viewer of a screen."""
    participant = actor.participant.pk if actor.participant else None
    return Viewer(
        Ticket(
            meeting=meeting.pk, slug=meeting.slug, screen=screen, language=language or "vi", account=actor.user.pk,
            participant=participant, bridge_point=site,
        )
    )  # fmt: skip


def display_viewer(display: Display, language: str | None) -> Viewer:
    """Return a public display as a viewer of the wall."""
    meeting = display.meeting
    return Viewer(Ticket(meeting=meeting.pk, slug=meeting.slug, screen="display", language=language or "vi", display=display.pk))
