"""The lists of speakers as screens show them: the lines of a meeting, those that wait in the order in which they speak."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from agenda.models import FloorRequest
from agenda.speakers.lists import NEXT, delegation, order_of
from agenda.speakers.sums import Spoken, Sum, sums_of, total
from agenda.timing import paused, running_seconds
from control.models import Receipt
from meetings.models import Meeting, Recess

State = FloorRequest.State
SHOWN = (State.WAITING, State.SPEAKING, State.DONE)
TOLD, READY = "told", "ready"


@dataclass(frozen=True)
class SpeechState:
    """A line of a list of speakers.

    `why`: the reason of its place, as agenda.speakers.ordering.Why; `turns`: speeches its delegation has held, or that stand
    before it; `prepared`: nothing, told to prepare, or ready (the bridge point has acknowledged it); `seconds`: of a speech that
    has ended, without recesses; `version`: which places have been set by hand.
    """

    id: int
    item_id: int
    participant_id: int | None
    bridge_point_id: int | None
    name: str
    office: str
    bridge_point: str
    state: str
    given_at: datetime | None
    ended_at: datetime | None
    running_since: datetime | None
    limit_minutes: int | None
    kind: str = "discussion"
    why: str = ""
    turns: int = 0
    pin_reason: str = ""
    answers: str = ""
    prepared: str = ""
    reminded_at: datetime | None = None
    seconds: int = 0
    delegation: Hashable = None
    delegation_name: str = ""
    version: int = 1


def running_since(start: datetime | None, recesses: Sequence[Recess]) -> datetime | None:
    """Return a beginning, moved on by the recesses since then that are over."""
    over = [r for r in recesses if r.ended_at is not None]
    if start is None:
        return None
    return start + paused(start, max([start, *(r.ended_at for r in over if r.ended_at)]), over)


def read_speeches(
    meeting: Meeting, limits: Mapping[int, int | None], recesses: Sequence[Recess], using: str
) -> tuple[SpeechState, ...]:
    """Read the lines: what was said and is being said in its order, then those who wait in theirs. `limits`: of the items."""
    acknowledged = Receipt.objects.using(using).filter(
        site_command=OuterRef("site_command"), bridge_point=OuterRef("bridge_point"), acknowledged_at__isnull=False
    )
    found = (
        meeting.floor_requests.using(using)
        .filter(state__in=SHOWN)
        .select_related("participant", "bridge_point", "item__speakers", "answers__participant", "answers__bridge_point")
        .annotate(is_ready=Exists(acknowledged))
    )
    rows = list(found.order_by("pk"))
    spoken = sorted((row for row in rows if row.state != State.WAITING), key=_given)
    told = [_line(row, limits, recesses) for row in spoken]
    by_key = {row.pk: row for row in rows}
    for item in sorted({row.item_id for row in rows if row.state == State.WAITING}):
        for one in order_of(row for row in rows if row.item_id == item):
            told.append(_line(by_key[one.wish.id], limits, recesses, why=one.why.value, turns=one.turns))
    return tuple(told)


def _given(row: FloorRequest) -> tuple[datetime, int]:
    return row.given_at or row.requested_at, row.pk


def _line(row: Any, limits: Mapping[int, int | None], recesses: Sequence[Recess], **place: Any) -> SpeechState:
    site, person = row.bridge_point, row.participant
    in_list = getattr(row.item, "speakers", None)
    prepared = "" if row.prepared_at is None else READY if row.is_ready or row.site_command_id is None else TOLD
    ended = row.given_at and row.ended_at
    return SpeechState(
        id=row.pk, item_id=row.item_id, participant_id=row.participant_id, bridge_point_id=row.bridge_point_id,
        name=row.who, office=row.office, bridge_point=site.short_name if site else "",
        state=row.state, given_at=row.given_at, ended_at=row.ended_at,
        running_since=running_since(row.given_at, recesses), limit_minutes=row.minutes or limits.get(row.item_id),
        kind=row.kind, pin_reason=row.pin_reason, answers=row.answers.who if row.answers else "", prepared=prepared,
        reminded_at=row.reminded_at, seconds=round(running_seconds(row.given_at, row.ended_at, recesses)) if ended else 0,
        delegation=delegation(person, site), version=in_list.version if in_list else 1,
        delegation_name=site.short_name if site and not site.is_central else (person and (person.unit or person.name)) or row.who,
        **place,
    )  # fmt: skip


def sums_under(item_id: int, speeches: Iterable[SpeechState]) -> list[Sum]:
    """Return how long each delegation has spoken under an item."""
    return sums_of(
        Spoken(s.delegation, s.delegation_name, s.seconds, (s.limit_minutes or 0) * 60)
        for s in speeches
        if s.item_id == item_id and s.state == "done"
    )


@dataclass(frozen=True)
class Speaking:
    """What the list of the open item comes to.

    `minutes`: all that is still to be said, as far as it has a limit; `to_prepare`: who of the next ones has not been told;
    `sums`: how long each delegation has spoken, `spoken_seconds` and `over_seconds` in all.
    """

    minutes: int
    to_prepare: tuple[SpeechState, ...]
    sums: tuple[Sum, ...]
    spoken_seconds: int
    over_seconds: int


def speaking(speeches: Sequence[SpeechState], item: Any) -> Speaking:
    """Return what the list of an item comes to."""
    waiting = [one for one in speeches if one.state == "waiting"]
    sums = sums_under(item.id, speeches) if item else []
    whole = total(sums)
    return Speaking(
        minutes=sum(one.limit_minutes or 0 for one in waiting), sums=tuple(sums),
        to_prepare=tuple(one for one in waiting[:NEXT] if not one.prepared),
        spoken_seconds=whole.seconds, over_seconds=whole.over_seconds,
    )  # fmt: skip
