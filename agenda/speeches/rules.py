"""May a unit still change its offers; how a picked speech stands in the programme. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agenda.speeches.models import Speech, SpeechCall

State = Speech.State
# What takes one of a unit's offers.
COUNTED = (State.OFFERED, State.PICKED, State.RETURNED)
TONES = {State.OFFERED: "warn", State.PICKED: "ok", State.RETURNED: "bad", State.WITHDRAWN: ""}
# The programme speaks the conference's language, whatever the screens speak.
PREFIX = "Tham luận: "
LONGEST_PRESENTER = 200


@dataclass(frozen=True)
class Entry:
    """What stands in the programme of a speech."""

    title: str
    presenter: str
    minutes: int


def is_over(call: SpeechCall, now: datetime) -> bool:
    """Tell whether the units offer and change no more."""
    return call.is_closed or (call.deadline is not None and now > call.deadline)


def entry_of(speech: Speech) -> Entry:
    """Return what stands in the programme of a speech: the speaker with the office, else the unit."""
    speaker = speech.speaker
    presenter = speech.unit.organisation.name
    if speaker:
        presenter = ", ".join(part for part in (speaker.name, speaker.office) if part)
        presenter = presenter if len(presenter) <= LONGEST_PRESENTER else speaker.name
    return Entry(title=PREFIX + speech.title, presenter=presenter[:LONGEST_PRESENTER], minutes=speech.minutes)


def steps(have: Sequence[int], wanted: Sequence[int]) -> list[tuple[int, int]]:
    """Return which item goes before which other, one after another, until `have` stands in the order of `wanted`."""
    order, found = list(have), []
    for at, item in enumerate(wanted):
        if order[at] != item:
            found.append((item, order[at]))
            order.remove(item)
            order.insert(at, item)
    return found
