"""Questions a lower floor must ask upwards; upper apps register their answers from AppConfig.ready()."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet

from meetings.models import BridgePoint, JournalEntry, Meeting, Participant, ParticipantGroup, Sitting
from people.models import Person, User

if TYPE_CHECKING:
    from meetings.journal import Transition
    from meetings.procedure import Actor


@dataclass(frozen=True)
class Fold:
    """One app's part of the journal folded into plain state, and what the tables say of the same.

    `start()` gives the empty state, `step(state, entry)` applies one entry in place, `tables(meeting)` reads the
    present rows in the same shape. `check_journal` compares the two.
    """

    name: str
    start: Callable[[], dict[Any, Any]]
    step: Callable[[dict[Any, Any], JournalEntry], None]
    tables: Callable[[Meeting], dict[Any, Any]]


@dataclass(frozen=True)
class Step:
    """One part of the work of preparing: its name, how much there is, whether that is enough, and where to do it.

    `of`: how much there shall be; `deadline`: which deadline of the meeting governs it (meetings/deadlines), unless the room
    that answers keeps its own `due_at`; `who` must act, by name (nobody named: the secretaries).
    """

    title: object
    count: int
    done: bool
    missing: object
    url: str
    of: int | None = None
    deadline: str = ""
    due_at: datetime | None = None
    who: object = ""

    def state(self, now: datetime) -> str:
        """Tell whether it is `ok`, `missing`, or `late`: missing after its deadline."""
        if self.done:
            return "ok"
        return "late" if self.due_at is not None and self.due_at < now else "missing"


@dataclass(frozen=True)
class Maps:
    """What became of the rows of a meeting that is cloned, by the old row's key; what was not taken is not there.

    `change` records facts in the new meeting's journal; `wanted` are the parts that were ticked (meetings/series/parts.py);
    `shift` is how far the first day moved.
    """

    change: Transition
    wanted: frozenset[str]
    shift: timedelta = timedelta()
    sittings: Mapping[int, Sitting] = field(default_factory=dict)
    bridge_points: Mapping[int, BridgePoint] = field(default_factory=dict)
    groups: Mapping[int, ParticipantGroup] = field(default_factory=dict)
    participants: Mapping[int, Participant] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """One line of a comparison of two meetings: what it is, and its words there and here (nothing: it is not there)."""

    name: str
    old: str | None
    new: str | None

    @property
    def state(self) -> str:
        """Tell whether it was `taken` over unchanged, `changed`, `left` behind or `added`."""
        if self.new is None:
            return "left"
        if self.old is None:
            return "added"
        return "taken" if self.old == self.new else "changed"


@dataclass(frozen=True)
class Beside:
    """What an upper room shows beside a row of a lower one: its template, and what that is given as `beside`."""

    template: str
    shown: Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """What waits for somebody on the start page: what it is, what is asked, of which meeting, where, and until when."""

    title: str
    words: object
    meeting: str
    url: str
    until: datetime | None = None


@dataclass(frozen=True)
class EntryMark:
    """What opens the door to somebody, as a letter carries it: the digits of a QR code, and nine digits that can be typed."""

    code: str
    short: str

    def __repr__(self) -> str:
        """Return it without the codes: a repr ends in logs."""
        return "EntryMark()"


Objections = Callable[[Meeting], Iterable[object]]

# May the meeting be adjourned, or suspended? Each answers with sentences that say why not.
objections_to_adjourning: list[Objections] = []
objections_to_suspending: list[Objections] = []
# May a participant be removed? Each answers with sentences that say why not.
objections_to_removing: list[Callable[[Participant], Iterable[object]]] = []
# And a bridge point that nobody takes part through?
objections_to_removing_site: list[Callable[[BridgePoint], Iterable[object]]] = []
# And a body, by its key?
objections_to_removing_body: list[Callable[[int], Iterable[object]]] = []
# And a sitting?
objections_to_removing_sitting: list[Callable[[Sitting], Iterable[object]]] = []
# What begins with the meeting, within the change that opens it.
at_opening: list[Callable[[Transition], object]] = []
# What ends with the meeting, within the change that adjourns it.
at_adjourning: list[Callable[[Transition], object]] = []
# Is the unit of a focal point asked to register its people for a meeting? And which meetings ask such units, in pairs?
units_asked: list[Callable[[Meeting, int], bool]] = []
meetings_asking: list[Callable[[Collection[int]], Iterable[tuple[int, int]]]] = []
# What else is kept of a person, for the person themselves: the name of the part, and its plain values.
personal_data: list[tuple[str, Callable[[Person], Any]]] = []
folds: list[Fold] = []
# Whether somebody is kept out of what is going on in the room at this moment (a closed item).
keeping_out: list[Callable[[Meeting, Actor], bool]] = []
# What keeps journals and ledgers append-only: modules with the NAMES of their triggers, `install` and `remove`.
guards: list[Any] = []
# Who is invited by a letter is given what opens the door, within the change that issues the letters.
at_inviting: list[Callable[[Transition, Sequence[Participant]], None]] = []
# And what their letters show of it, by the participants' keys: of those who have it.
entry_marks: list[Callable[[Meeting, Collection[Participant]], Mapping[int, EntryMark]]] = []
# Who has an ability that follows from being asked (procedure.OF_WHO_IS_ASKED), looked up where a page or command wants it,
# and with the sittings where a page shows the rail: the rows by which an account is asked in a meeting, or an outer query's.
granting: dict[str, Callable[[Meeting | OuterRef, User], QuerySet[Any]]] = {}
# What an account is asked to read, over all meetings: the start page shows it above them. One query a room, whatever it finds.
asked_to_read: list[Callable[[User], Iterable[Asked]]] = []
# Parts of other rooms that a new meeting can take over: name in `Maps.wanted` and label of its tick.
parts_to_clone: list[tuple[str, object]] = []
# What is copied when a meeting is cloned: `copy(old, new, maps)` writes rows of its room and records them in `maps.change`.
at_cloning: list[Callable[[Meeting, Meeting, Maps], None]] = []
# What of a room goes before a meeting is wiped (meetings/wiping.py): what holds on to other rows, what lies outside the tables.
at_wiping: list[Callable[[Meeting], None]] = []
# How two meetings differ in a part of the work: its name in the address, its title, the pairs.
comparisons: list[tuple[str, object, Callable[[Meeting, Meeting], list[Pair]]]] = []
# What a meeting still needs before it can be opened; nothing where it needs nothing of the kind.
steps_of_preparation: list[Callable[[Meeting], Step | None]] = []
# What stands beside registered speeches, by their keys: before the secretariat, or before the focal point of their unit.
beside_speeches: list[Callable[[Meeting, Actor, Collection[int]], Mapping[int, Beside]]] = []


def fold_differences(meeting: Meeting) -> list[str]:
    """Return, in words for an administrator, where the journal folded and the tables differ."""
    states = [(fold, fold.start()) for fold in folds]
    for entry in meeting.journal.entries.order_by("number").iterator(chunk_size=2000):
        for fold, state in states:
            fold.step(state, entry)
    return [line for fold, state in states for line in _differences(fold.name, state, fold.tables(meeting))]


def _differences(name: str, folded: dict[Any, Any], tables: dict[Any, Any]) -> list[str]:
    keys = sorted(folded.keys() | tables.keys(), key=str)
    return [
        f"{name} {key}: journal says {folded.get(key)!r}, tables say {tables.get(key)!r}"
        for key in keys
        if folded.get(key) != tables.get(key)
    ]
