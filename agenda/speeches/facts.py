"""What can happen to registered speeches. Titles and names stand in facts; outlines, messages and reasons do not."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("speech_call.set")
class SpeechCallSet(Fact):
    """Speeches are registered for an item. `deadline` in ISO 8601 or None; `minutes` of one speech; `per_unit`: offers."""

    call: int
    item: int
    title: str
    deadline: str | None
    minutes: int
    per_unit: int
    has_message: bool


@fact("speech_call.closed")
class SpeechCallClosed(Fact):
    """The units offer no more."""

    call: int
    title: str


@fact("speech.offered")
class SpeechOffered(Fact):
    """A unit offers a speech. `name`: who speaks, empty while nobody is named."""

    speech: int
    call: int
    unit: int
    unit_name: str
    title: str
    name: str
    minutes: int


@fact("speech.edited")
class SpeechEdited(Fact):
    """A speech was changed; one that had been sent back is offered again (`state`: where it stands now)."""

    speech: int
    call: int
    unit: int
    unit_name: str
    title: str
    name: str
    minutes: int
    state: str


@fact("speech.withdrawn")
class SpeechWithdrawn(Fact):
    """A speech was taken back."""

    speech: int
    call: int
    unit_name: str
    title: str


@fact("speech.picked")
class SpeechPicked(Fact):
    """A speech was picked, as the last of those picked before."""

    speech: int
    call: int
    unit_name: str
    title: str


@fact("speech.unpicked")
class SpeechUnpicked(Fact):
    """A picked speech is an offer again."""

    speech: int
    call: int
    unit_name: str
    title: str


@fact("speech.returned")
class SpeechReturned(Fact):
    """A speech was sent back; its unit has been told why."""

    speech: int
    call: int
    unit_name: str
    title: str


@fact("speech.moved")
class SpeechMoved(Fact):
    """A picked speech went to another place among those picked, from 1."""

    speech: int
    call: int
    unit_name: str
    title: str
    place: int


@fact("speeches.scheduled")
class SpeechesScheduled(Fact):
    """The picked speeches stand in the programme under an item, in this order. `speeches`: [{id, item, title, name}, …]."""

    call: int
    item: int
    title: str
    speeches: list[dict[str, Any]]
