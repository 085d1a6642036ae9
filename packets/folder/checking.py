"""What a roll from paper would change: each line beside what is known now, before anything is entered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext as _

from attendance.badges.short_code import read_short
from attendance.models import Credential
from attendance.presence.rows import standings_of
from attendance.presence.standing import ABSENT, LEFT, ONLINE, PRESENT, Standing
from meetings import clock
from meetings.hashing import canonical
from meetings.importing.models import ImportRun
from meetings.models import COUNTED_ROLES, BridgePoint, Participant
from packets.folder.entering import Row
from packets.folder.judging import CHANGED, KEPT, NEW, SAME, Incomplete, Judged, Mark, Paper, judge
from packets.folder.times import clock_time, on_day
from people.spelling import alike

ERROR = "error"
VERDICTS = (ERROR, KEPT, NEW, CHANGED, SAME)


@dataclass
class Checked:
    """One line: who it is, what the paper says and what is known, in words; what it does, and what is wrong with it."""

    row: int
    name: str
    office: str = ""
    paper: str = ""
    known: str = ""
    does: str = ERROR
    participant: Participant | None = None
    marks: tuple[Mark, ...] = ()
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Check:
    """All lines of a roll, how many of each kind, and by what it is known that nothing has moved since somebody looked."""

    rows: list[Checked]
    counts: dict[str, int]
    digest: str

    @property
    def to_do(self) -> list[Checked]:
        """The lines that change something."""
        return [one for one in self.rows if one.does in (NEW, CHANGED)]


def _plain(marks: tuple[Mark, ...]) -> list[list[str]]:
    return [[state, at.isoformat() if at else ""] for state, at in marks]


class Wrong(ValueError):
    """Something on a line cannot be; the sentence says what."""


def check(run: ImportRun, site: BridgePoint) -> Check:
    """Judge every line against what is known now, in four queries."""
    scene = _Scene(site)
    rows = [scene.judged(row) for row in run.table.get("rows", [])]
    told = [[one.row, one.participant.pk if one.participant else None, one.does, _plain(one.marks)] for one in rows]
    counts = Counter(one.does for one in rows)
    digest = sha256(canonical(told).encode()).hexdigest()
    return Check(rows, {verdict: counts[verdict] for verdict in VERDICTS}, digest)


class _Scene:
    """What lines are judged against."""

    def __init__(self, site: BridgePoint) -> None:
        """Read the list of the bridge point, the codes of its badges, old ones too, and how its people stand."""
        meeting = site.meeting
        self.site, self.now = site, timezone.localtime(clock.now(meeting))
        self.over = timezone.localtime(meeting.adjourned_at) if meeting.adjourned_at else None
        people = list(meeting.participants.filter(bridge_point=site, role__in=COUNTED_ROLES).order_by("pk"))
        self.people = {one.pk: one for one in people}
        codes = Credential.objects.filter(meeting=meeting, participant__bridge_point=site)
        self.codes = dict(codes.values_list("short_code", "participant_id"))
        self.standings = standings_of(meeting, list(self.people))
        self.seen: dict[int, int] = {}
        self.named: dict[str, list[Participant]] = defaultdict(list)
        for one in people:
            self.named[alike(one.name)].append(one)

    def judged(self, row: Row) -> Checked:
        """Return a line judged."""
        one = Checked(row["row"], row["name"], row["office"], remarks=list(row.get("remarks", [])))
        try:
            person = one.participant = self._person(row)
            one.name, one.office = person.name, person.office
            standing = self.standings.get(person.pk, Standing())
            one.known = known_words(standing, self.site.pk)
            paper = self._paper(row, one.remarks)
            one.paper = paper_words(paper)
            done = judge(standing, paper, self.site.pk)
        except Incomplete:
            one.remarks.append(_("A departure without an arrival: write when this person came."))
        except Wrong as wrong:
            one.remarks.append(str(wrong))
        else:
            if not row.get("remarks"):
                _settle(one, done)
        one.paper = one.paper or _as_written(row)
        return one

    def _person(self, row: Row) -> Participant:
        found = self.people.get(row["participant"]) if row["participant"] is not None else self._named(row)
        if found is None:
            raise Wrong(_("This person is not on the list of this bridge point any more."))
        first = self.seen.setdefault(found.pk, row["row"])
        if first != row["row"]:
            if first and row["row"]:
                raise Wrong(_("This stands in row %(row)d already.") % {"row": first})
            raise Wrong(_("This person has been typed here, and stands in the uploaded list too. Leave one of them."))
        return found

    def _named(self, row: Row) -> Participant | None:
        """Return whom a line of a list means: by the code of a badge, an old one too, else by name, and office if need be."""
        code = read_short(row["code"]) if row["code"] else None
        if row["code"] and code is None:
            raise Wrong(
                _("“%(code)s” is no code of a badge: nine digits. Leave it empty, and the name counts.") % {"code": row["code"]}
            )
        if code in self.codes:
            return self.people.get(self.codes[code])
        found = self.named.get(alike(row["name"]), [])
        if len(found) > 1 and row["office"]:
            found = [one for one in found if alike(one.office) == alike(row["office"])] or found
        if len(found) > 1:
            raise Wrong(_("Several people of this bridge point have this name. Write the code of the badge."))
        if found:
            return found[0]
        if row["site"] and alike(row["site"]) not in (alike(self.site.name), alike(self.site.short_name)):
            raise Wrong(_("This line is of another bridge point: %(site)s.") % {"site": row["site"]})
        raise Wrong(_("Nobody of this name is on the list of this bridge point. Add who came without registration first."))

    def _paper(self, row: Row, remarks: list[str]) -> Paper:
        arrived, departed = self._moment(row, "arrived"), self._moment(row, "departed")
        if row["absent"] and (arrived or departed):
            raise Wrong(_("Absent, and there at a time: only one of them can be."))
        if arrived and departed and departed < arrived:
            raise Wrong(_("The departure lies before the arrival."))
        if self.over and arrived and arrived > self.over:
            raise Wrong(_("This time lies after the end of the meeting."))
        if self.over and departed and departed > self.over:
            remarks.append(_("Left after the end of the meeting: the departure is not entered."))
            departed = None
        return Paper(arrived, departed, bool(row["absent"]))

    def _moment(self, row: Row, which: str) -> datetime | None:
        text = row[which]
        if not text:
            return None
        at = clock_time(text)
        if at is None:
            raise Wrong(_("“%(text)s” is no time of day. Write it as 08:05.") % {"text": text})
        moment = on_day(date.fromisoformat(row["day"]), at, self.now)
        if moment > self.now:
            raise Wrong(
                _("%(time)s is still to come: it is %(now)s.")
                % {"time": f"{moment:%H:%M, %d/%m}", "now": f"{self.now:%H:%M, %d/%m}"}
            )
        return moment


def _settle(one: Checked, done: Judged) -> None:
    one.does, one.marks = done.does, done.marks
    if done.does == KEPT:
        one.remarks.append(
            _("What is recorded is newer and is kept. Correct it on the page of attendance if the paper is right.")
        )
    elif done.arrival_kept:
        one.remarks.append(_("The arrival that is recorded is kept; the departure is entered."))


def known_words(standing: Standing, where: int) -> str:
    """Say how somebody stands: since when present, gone, absent, or not marked."""
    words = {
        PRESENT: _("present since %(time)s"), ONLINE: _("online since %(time)s"), LEFT: _("left at %(time)s"),
        ABSENT: _("marked absent at %(time)s"),
    }  # fmt: skip
    if not standing.state or standing.since is None:
        return _("not yet marked")
    if standing.is_there and standing.where not in (None, where):
        return _("at another bridge point since %(time)s") % {"time": f"{timezone.localtime(standing.since):%H:%M}"}
    return words[standing.state] % {"time": f"{timezone.localtime(standing.since):%H:%M}"}


def paper_words(paper: Paper) -> str:
    """Say what stands on paper."""
    return ", ".join(_spoken(paper))


def _spoken(paper: Paper) -> Iterator[str]:
    if paper.is_absent:
        yield _("absent")
    if paper.arrived:
        yield _("came at %(time)s") % {"time": f"{paper.arrived:%H:%M}"}
    if paper.departed:
        yield _("left at %(time)s") % {"time": f"{paper.departed:%H:%M}"}


def _as_written(row: Row) -> str:
    return " – ".join(filter(None, (row["arrived"], row["departed"], _("absent") if row["absent"] else "")))
