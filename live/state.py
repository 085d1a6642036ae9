"""The state of a meeting as plain values: all that a screen can show, read from the tables in one snapshot.

What the entries since the last reading cannot have touched is carried over from it (`TOUCHED`): the reading of an `item.open`
asks five short questions, not sixteen. tests/live/test_state.py holds after random histories that nothing is missed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone

from agenda.running.closed import Shut
from attendance.bodies.queries import quorums_of
from attendance.bodies.quorum import Quorum
from attendance.counting import HeadCount, counts_by_bridge_point, summed
from attendance.presence.lists import conflicts_of
from attendance.readiness.queries import states_of
from attendance.scanning.queries import Devices, devices_of
from live.conclusions import ConclusionsState, read_conclusions
from live.hand import Hand, read_hand
from live.items import ItemState, items_of, released_of, shut_of
from live.papers import PapersState, read_papers
from live.polls import PollsState, read_polls
from live.roll_call import RollCallState, read_roll_call
from live.speakers import SpeechState, read_speeches
from meetings import clock
from meetings.models import BridgePoint, Meeting, Recess, Sitting


@dataclass(frozen=True)
class ClockState:
    """A meeting's clock: its time at a moment of the machine's clock, and its rate."""

    now: datetime
    real: datetime
    rate: float

    def moved_to(self, real: datetime) -> ClockState:
        """Return the same clock read at another moment of the machine's clock."""
        return ClockState(now=clock.moved(self.now, real - self.real, self.rate), real=real, rate=self.rate)


@dataclass(frozen=True)
class MeetingState:
    """The meeting itself."""

    id: int
    slug: str
    title: str
    organiser: str
    place: str
    state: str
    is_demonstration: bool
    starts_at: datetime | None
    ends_at: datetime | None
    opened_at: datetime | None
    adjourned_at: datetime | None
    suspended_at: datetime | None
    resumes_at: datetime | None = None
    presiding: str = ""
    secretary: str = ""


@dataclass(frozen=True)
class SiteState:
    """A bridge point with its head count."""

    id: int
    no: int
    name: str
    short_name: str
    is_central: bool
    count: HeadCount
    parent_id: int | None = None


@dataclass(frozen=True)
class RoomState:
    """A meeting at one number of its journal. `at`: meeting time of the last entry; `names`: short ones of the bridge points.

    `released`: what others than the secretariat see of the programme before the meeting has begun.
    """

    number: int
    epoch: str
    at: datetime
    clock: ClockState
    meeting: MeetingState
    items: tuple[ItemState, ...]
    speeches: tuple[SpeechState, ...]
    sites: tuple[SiteState, ...]
    people: HeadCount
    hand: Hand = field(default_factory=Hand)
    released: tuple[ItemState, ...] = ()
    names: dict[int, str] = field(default_factory=dict)
    papers: PapersState = field(default_factory=PapersState)
    conclusions: ConclusionsState = field(default_factory=ConclusionsState)
    readiness: Mapping[int, str] = field(default_factory=dict)
    bodies: tuple[Quorum, ...] = ()
    roll_call: RollCallState | None = None
    devices: Devices = field(default_factory=Devices)
    conflicts: int = 0
    polls: PollsState = field(default_factory=PollsState)
    shut: tuple[Shut, ...] = ()


COURSE, ITEMS, SPEECHES, SITES, COUNTS, HAND = "course", "items", "speeches", "sites", "counts", "hand"
PAPERS, HOLDS = "papers", "holds"  # releases of papers; only those that are held for an item
CONCLUSIONS = "conclusions"
DOORS, ROLL_CALL, READINESS, POLLS = "doors", "roll_call", "readiness", "polls"
ALL = frozenset({COURSE, ITEMS, SPEECHES, SITES, COUNTS, HAND, PAPERS, HOLDS, CONCLUSIONS, DOORS, ROLL_CALL, READINESS, POLLS})

# What a kind of entry (by the noun before its dot) can have changed of a room; an unknown one may have changed everything.
TOUCHED: Mapping[str, frozenset[str]] = {
    "meeting": ALL,
    "series": frozenset(),
    "deadline": frozenset(),
    "calendar": frozenset(),
    "recess": frozenset({COURSE}),
    "chair": frozenset({COURSE, COUNTS, SPEECHES}),
    "secretary": frozenset({COURSE, COUNTS, SPEECHES}),
    "clock": frozenset(),  # read anew always
    "item": frozenset({ITEMS, SPEECHES, HOLDS}),
    "items": frozenset({ITEMS, SPEECHES, HOLDS}),
    "programme": frozenset({ITEMS, SPEECHES, HOLDS}),
    "floor": frozenset({SPEECHES}),
    "speakers": frozenset({ITEMS}),
    "presence": frozenset({COUNTS}),
    "scans": frozenset({COUNTS}),
    "conflict": frozenset({COUNTS}),
    "walk_in": frozenset({COUNTS}),
    "hall_count": frozenset({COUNTS}),
    "body": frozenset({COUNTS}),
    "body_members": frozenset({COUNTS}),
    "quorum": frozenset(),  # told by what caused it
    "badges": frozenset(),
    "badge_key": frozenset(),
    "door": frozenset({DOORS}),
    "scanner": frozenset({DOORS}),
    "roll_call": frozenset({ROLL_CALL}),
    "rehearsal": frozenset(),
    "video_address": frozenset(),  # fetched by who joins (reading.py)
    "readiness": frozenset({READINESS}),
    "poll": frozenset({POLLS}),
    "ballots": frozenset({POLLS}),
    "hall_tally": frozenset({POLLS}),
    "mandate": frozenset({POLLS}),
    "proxy": frozenset(),
    "slips": frozenset(),
    "incident": frozenset({HAND}),
    "participants": frozenset({COUNTS, SPEECHES}),
    "participant": frozenset({COUNTS, SPEECHES}),
    "group": frozenset(),
    "announcement": frozenset({HAND}),
    "display": frozenset({HAND}),
    "displays": frozenset({HAND}),
    "site_command": frozenset({HAND, SPEECHES}),  # who was told to prepare acknowledges it
    "message": frozenset({HAND}),
    "outages": frozenset({HAND}),
    "register": frozenset(),
    "number": frozenset(),
    "invitation_text": frozenset(),
    "invitations": frozenset(),
    "invitation": frozenset(),
    "substitute": frozenset(),
    "minutes": frozenset(),
    "block": frozenset(),
    "conclusion": frozenset({CONCLUSIONS}),
    "circulation": frozenset(),
    "remark": frozenset(),
    "paper": frozenset({PAPERS}),  # one that was issued stands among the papers of the meeting
    "recipients": frozenset(),
    "delivery": frozenset(),
    "terms": frozenset(),
    "units": frozenset(),
    "unit": frozenset(),
    "change": frozenset(),
    "registration": frozenset(),
    "registrations": frozenset(),
    "speech_call": frozenset(),
    "speech": frozenset(),
    "document": frozenset({PAPERS}),
    "documents": frozenset({PAPERS}),
    "hand_in": frozenset(),
    "version": frozenset(),  # read before document.released by a few alone, who are poked (reading.py)
    "release": frozenset(),
    "copy": frozenset(),
    "folder": frozenset(),
    "papers": frozenset(),
    "speeches": frozenset({PAPERS}),  # what becomes of the items is told by the items' own facts
}


def touched_by(kinds: Collection[str]) -> frozenset[str]:
    """Return what entries of some kinds can have changed."""
    nouns = {kind.partition(".")[0] for kind in kinds}
    return frozenset().union(*(TOUCHED.get(noun, ALL) for noun in nouns))


def read_state(
    meeting_id: int, using: str, *, before: RoomState | None = None, kinds: Collection[str] = (), at: datetime | None = None
) -> RoomState:
    """Read a meeting's state; the head comes first, so that the snapshot is not older than its number.

    `before`: the state at an earlier number of the same journal, `kinds` those of all entries since, `at` the last one's time.
    """
    meeting = Meeting.objects.using(using).select_related("organiser", "journal").get(pk=meeting_id)
    journal = meeting.journal
    if before is None or before.epoch != str(journal.epoch):
        before, touched = None, ALL
    else:
        touched = touched_by(kinds)
    if at is None:
        at = journal.entries.using(using).filter(number=journal.head).values_list("at", flat=True).first()
    here = _clock(meeting)
    planned = meeting.state == Meeting.State.PLANNED
    recesses = list(meeting.recesses.using(using).all()) if touched & {COURSE, ITEMS, SPEECHES} else []
    sittings = list(meeting.sittings.using(using).all()) if touched & {COURSE, ITEMS} else []
    items = before.items if before and ITEMS not in touched else items_of(meeting, sittings, recesses, using)
    counts = counts_by_bridge_point(meeting, using=using) if touched & {SITES, COUNTS} else {}
    sites = _sites(meeting, counts, using, before, touched)
    return RoomState(
        number=journal.head,
        epoch=str(journal.epoch),
        at=at or here.now,
        clock=here,
        meeting=_meeting(meeting, sittings, recesses, using, before.meeting if before and COURSE not in touched else None),
        items=items,
        speeches=before.speeches
        if before and SPEECHES not in touched
        else read_speeches(meeting, {i.id: i.speech_minutes for i in items}, recesses, using),
        sites=sites,
        people=before.people if before and not touched & {SITES, COUNTS} else summed(counts.values()),
        released=(before.released if before and ITEMS not in touched else released_of(meeting, using)) if planned else (),
        hand=before.hand if before and HAND not in touched else read_hand(meeting, using),
        papers=_papers(meeting, using, before, touched),
        conclusions=before.conclusions
        if before and CONCLUSIONS not in touched
        else read_conclusions(meeting, using, before.conclusions if before else None),
        readiness=before.readiness if before and READINESS not in touched else states_of(meeting, using),
        names=before.names if before and SITES not in touched else {site.id: site.short_name for site in sites},
        bodies=before.bodies if before and COUNTS not in touched else quorums_of(meeting, using=using),
        devices=before.devices if before and DOORS not in touched else devices_of(meeting.pk, using=using),
        conflicts=before.conflicts if before and COUNTS not in touched else conflicts_of(meeting, using=using),
        roll_call=before.roll_call if before and not touched & {ROLL_CALL, SITES} else read_roll_call(meeting, using),
        polls=_polls(meeting, using, before, touched),
        shut=before.shut if before and ITEMS not in touched else shut_of(meeting, items, planned, using),
    )


def _papers(meeting: Meeting, using: str, before: RoomState | None, touched: frozenset[str]) -> PapersState:
    if before and PAPERS not in touched and not (HOLDS in touched and before.papers.holds):
        return before.papers
    return read_papers(meeting, using, before.papers if before else None)


def _polls(meeting: Meeting, using: str, before: RoomState | None, touched: frozenset[str]) -> PollsState:
    if before and POLLS not in touched and not (ITEMS in touched and before.polls):
        return before.polls
    return read_polls(meeting, using, before.polls if before else None)


def _clock(meeting: Meeting) -> ClockState:
    real = timezone.now()
    return ClockState(now=clock.at(meeting, real), real=real, rate=meeting.clock_rate)


def _meeting(
    meeting: Meeting, sittings: list[Sitting], recesses: list[Recess], using: str, before: MeetingState | None
) -> MeetingState:
    if before is not None:
        return before
    suspended = next((r for r in recesses if r.ended_at is None), None)
    presiding = dict(meeting.presiding.using(using).filter(until=None).values_list("role", "name"))
    return MeetingState(
        id=meeting.pk, slug=meeting.slug, title=meeting.title, organiser=meeting.organiser.name, place=meeting.place,
        state=meeting.state, is_demonstration=meeting.is_demonstration,
        starts_at=sittings[0].starts_at if sittings else None, ends_at=sittings[-1].ends_at if sittings else None,
        opened_at=meeting.opened_at, adjourned_at=meeting.adjourned_at,
        suspended_at=suspended.began_at if suspended else None, resumes_at=suspended.expected_until if suspended else None,
        presiding=presiding.get("chair", ""), secretary=presiding.get("secretary", ""),
    )  # fmt: skip


def _sites(
    meeting: Meeting, counts: dict[int | None, HeadCount], using: str, before: RoomState | None, touched: frozenset[str]
) -> tuple[SiteState, ...]:
    if before and not touched & {SITES, COUNTS}:
        return before.sites
    if before and SITES not in touched:
        nobody = HeadCount()
        return tuple(
            site if site.count == counts.get(site.id, nobody) else replace(site, count=counts.get(site.id, nobody))
            for site in before.sites
        )
    return tuple(
        SiteState(
            id=b.pk, no=b.number, name=b.name, short_name=b.short_name, is_central=b.is_central, parent_id=b.parent_id,
            count=counts.get(b.pk, HeadCount()),
        )
        for b in BridgePoint.objects.using(using).filter(meeting=meeting).order_by("number")
    )  # fmt: skip
