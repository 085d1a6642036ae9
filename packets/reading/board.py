"""Who has read what, for the secretariat and the chair: per paper, per unit, per delegate. Read at once, in some ten queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from meetings import clock
from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from packets.handouts.rules import SECRET
from packets.models import Binding, Document, Opening, Version
from packets.reading.audiences import Seat, audience_of, grants_of, reached, seats_of, was_open
from packets.releasing.rules import item_of
from packets.releasing.seeing import Grant, begun_items, is_open, sights
from people.models import User

OPENED, OLDER, UNOPENED = "opened", "older", "unopened"


@dataclass(frozen=True)
class Share:
    """How many are meant, and how many of them have opened the newest version, or only an older one."""

    of: int = 0
    opened: int = 0
    older: int = 0

    @property
    def unopened(self) -> int:
        """How many have opened nothing of it."""
        return self.of - self.opened - self.older

    @property
    def left(self) -> int:
        """How many have not opened what is in force now."""
        return self.of - self.opened

    @property
    def share(self) -> float:
        """Which part of them has opened it, from 0 to 1."""
        return self.opened / self.of if self.of else 1.0

    @property
    def tone(self) -> str:
        """Green when all have opened it, red when nobody has; nothing where nobody is meant."""
        if not self.of:
            return ""
        return "ok" if self.opened == self.of else "bad" if not self.opened else "warn"

    def __add__(self, other: Share) -> Share:
        """Return both together."""
        return Share(self.of + other.of, self.opened + other.opened, self.older + other.older)


@dataclass(frozen=True)
class Paper:
    """A paper of the board: its newest released version, and how it stands.

    `meant`: participants whom a release reaches, or has reached until it was over; `readers`: those who may see it now;
    `opened`: who has opened this version, `older`: an older one; `is_closed`: all its releases are recalled.
    """

    document: Document
    version: Version
    meant: frozenset[int]
    readers: frozenset[int]
    opened: frozenset[int]
    older: frozenset[int]
    is_closed: bool = False

    @property
    def count(self) -> Share:
        """How all for whom it is meant stand."""
        return self.share(self.meant)

    def share(self, people: frozenset[int]) -> Share:
        """Return how those of some people stand for whom it is meant."""
        of = self.meant & people
        opened = of & self.opened
        return Share(len(of), len(opened), len((of & self.older) - opened))

    def state(self, seat: int) -> str:
        """Tell how a participant stands."""
        return OPENED if seat in self.opened else OLDER if seat in self.older else UNOPENED

    @property
    def number(self) -> int:
        """As people cite it."""
        return self.document.number


@dataclass(frozen=True)
class Unit:
    """A bridge point on top, with all under it (nothing: who belongs to none), and how its people stand, paper by paper."""

    site: int | None
    name: str
    people: int
    cells: Mapping[int, Share]
    total: Share


@dataclass(frozen=True)
class Board:
    """A meeting's reading. `accounts`: the people who can sign in."""

    papers: Sequence[Paper]
    units: Sequence[Unit]
    seats: Sequence[Seat]
    accounts: frozenset[int]

    def has_account(self, seat: Seat) -> bool:
        """Tell whether a participant can sign in and read at all."""
        return seat.person in self.accounts

    @property
    def total(self) -> Share:
        """All papers together."""
        return sum((paper.count for paper in self.papers), Share())

    def paper(self, number: int | None) -> Paper | None:
        """Return a paper by the number people cite."""
        return next((one for one in self.papers if one.number == number), None)


def board_for(meeting: Meeting, actor: Actor) -> Board:
    """Return the board as somebody may see it: who does not prepare the meeting finds only papers there that they see."""
    if actor.may(Ability.PREPARE):
        return read_board(meeting)
    return read_board(meeting, documents={sight.document.pk for sight in sights(meeting, actor)})


def read_board(meeting: Meeting, now: datetime | None = None, *, documents: Collection[int] | None = None) -> Board:
    """Return who has opened what, of all papers (or some) that are, or have been, open to somebody on screen."""
    at = now or clock.now(meeting)
    versions = [row for row in _versions(meeting) if documents is None or row.document_id in documents]
    newest = {version.document_id: version for version in versions if version.state == Version.State.RELEASED}
    rows = sorted((version.document for version in newest.values()), key=lambda row: (row.position, row.pk))
    seats, opened = seats_of(meeting), opened_by(meeting)
    grants, begun = grants_of(rows), begun_items(rows)
    papers, alike = [], dict[frozenset[tuple[object, ...]], frozenset[int]]()

    def people(of: list[Grant]) -> frozenset[int]:
        key = audience_of(of)
        if key not in alike:
            alike[key] = reached(of, seats)
        return alike[key]

    for document in rows:
        of_paper, item = grants.get(document.pk, []), item_of(document) in begun
        was, now_open = [one for one in of_paper if was_open(one, item, at)], [one for one in of_paper if is_open(one, item, at)]
        meant = people(was)
        if meant or not of_paper:
            version = newest[document.pk]
            known = [opened[row.pk] for row in versions if row.document_id == document.pk and row.pk in opened]
            papers.append(
                Paper(
                    document=document, version=version, meant=meant,
                    readers=people(now_open),
                    opened=frozenset(opened.get(version.pk, ())), older=frozenset().union(*known), is_closed=not of_paper,
                )
            )  # fmt: skip
    return Board(papers, _units(meeting, seats.rows, papers), seats.rows, frozenset(_accounts(meeting)))


def _versions(meeting: Meeting) -> list[Version]:
    """Return the versions of all papers; a paper that has become secret is read on paper alone."""
    found = Version.objects.filter(document__meeting=meeting, document__is_removed=False).select_related("document__speech")
    found = found.exclude(document__secrecy__in=SECRET)
    return list(found.defer("contents", "removed", "stamps", "anchors").order_by("document", "number"))


def _accounts(meeting: Meeting) -> Iterable[int]:
    """Return the people of a meeting who have an account they can sign in with."""
    found = User.objects.filter(is_active=True, person__participations__meeting=meeting)
    return (person for person in found.order_by().values_list("person_id", flat=True) if person is not None)


def opened_by(meeting: Meeting) -> dict[int, set[int]]:
    """Return the participants who have opened each version, by their ids: on its own or in a bound packet."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Opening.objects.filter(meeting=meeting, participant__isnull=False).order_by()
    single = rows.filter(version__isnull=False).values_list("version_id", "participant").distinct()
    for version, participant in single:
        found[version or 0].add(participant or 0)
    held = dict(Binding.objects.filter(meeting=meeting).values_list("pk", "versions"))
    bound = rows.filter(version=None, binding__isnull=False).values_list("binding_id", "participant").distinct()
    lost = rows.filter(version=None, binding=None).values_list("binding_versions", "participant")
    for versions, participant in [*((held.get(key or 0, []), who) for key, who in bound), *lost]:
        for version in versions:
            found[version].add(participant or 0)
    return found


def _units(meeting: Meeting, seats: Sequence[Seat], papers: Sequence[Paper]) -> list[Unit]:
    """Return the bridge points on top in their order; who belongs to none comes last."""
    people: dict[int | None, set[int]] = defaultdict(set)
    for seat in seats:
        people[seat.top].add(seat.pk)
    names = meeting.bridge_points.filter(parent=None).order_by("number").values_list("pk", "short_name")
    rows: list[tuple[int | None, str]] = [*names, (None, "")]
    found = []
    for site, name in rows:
        own = frozenset(people[site])
        cells = {paper.number: share for paper in papers if (share := paper.share(own)).of}
        if cells:
            found.append(Unit(site=site, name=name, people=len(own), cells=cells, total=sum(cells.values(), Share())))
    return found
