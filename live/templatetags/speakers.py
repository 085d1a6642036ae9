"""Words and figures of the list of speakers: why a line stands where it does, what kind of speech it is, how long one took."""

from __future__ import annotations

from collections.abc import Callable

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.models import FloorRequest
from agenda.speakers.ordering import Why
from live.speakers import SpeechState

register = template.Library()


_WORDS: dict[str, Callable[[SpeechState], str]] = {
    Why.PINNED: lambda one: _("Set by the chair: %(reason)s") % {"reason": one.pin_reason},
    Why.POINT_OF_ORDER: lambda one: _("A point of order comes first"),
    Why.REPLY: lambda one: _("Reply to %(name)s") % {"name": one.answers},
    Why.REGISTERED: lambda one: _("Registered before the meeting"),
    Why.FIRST_TURN: lambda one: _("Has not spoken under this item"),
    Why.NEXT_TURN: lambda one: ngettext("Has spoken %(n)d time", "Has spoken %(n)d times", one.turns) % {"n": one.turns},
    Why.MORE: lambda one: _("Turn %(n)d of this delegation") % {"n": one.turns + 1},
}


@register.filter
def why_words(one: SpeechState) -> str:
    """Why a line stands where it does, for people."""
    return _WORDS[one.why](one) if one.why in _WORDS else ""


@register.filter
def speech_kind(kind: str) -> str:
    """The kind of a speech in words."""
    return str(FloorRequest.Kind(kind).label)


@register.filter
def clock_span(seconds: int) -> str:
    """A length of time as a clock shows it: 07:05, 1:02:05."""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"
