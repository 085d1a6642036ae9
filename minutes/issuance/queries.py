"""What the pages of issuing read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from issuing.models import NumberRegister
from issuing.numbering import current
from jobs.models import Job
from meetings.models import Meeting
from minutes.issuance import work
from minutes.issuance.filing import label_of
from minutes.issuance.recipients import IN_WORDS, Target, reach, targets
from minutes.models import Delivery, OfficialPaper
from minutes.papers.kinds import KINDS

State = OfficialPaper.State
_SEEN = Count("deliveries", filter=Q(deliveries__seen_at__isnull=False), distinct=True)
#: Recipients in one view of the board.
PAGE = 50
#: Of those whom a new paper leaves out, so many are named.
NAMED = 5


def papers_of(meeting: Meeting) -> QuerySet[OfficialPaper]:
    """Return the official papers of a meeting with their numbers, what replaced them, and how many have them."""
    found = OfficialPaper.objects.filter(meeting=meeting).select_related("issued", "replaced_by__issued")
    found = found.defer("data", "words").annotate(sent=Count("deliveries", distinct=True), seen=_SEEN)
    return found.order_by("-number")


def grouped(rows: Sequence[OfficialPaper]) -> dict[str, list[OfficialPaper]]:
    """Return papers by what is to be done: to be issued, out, in preparation, recalled."""
    found: dict[str, list[OfficialPaper]] = {"ready": [], "out": [], "drafts": [], "recalled": []}
    names = {State.APPROVED: "ready", State.ISSUED: "out", State.DRAFT: "drafts", State.RECALLED: "recalled"}
    for row in rows:
        found[names[State(row.state)]].append(row)
    return found


def reaching(meeting: Meeting, rows: Sequence[OfficialPaper]) -> set[int]:
    """Return the keys of those papers that reach somebody; the others are only kept in the archive."""
    told = reach(meeting, [row.recipients for row in rows])
    return {row.pk for row, reaches in zip(rows, told, strict=True) if reaches}


def replaceable(row: OfficialPaper) -> QuerySet[OfficialPaper]:
    """Return the papers a paper can take the place of."""
    same = OfficialPaper.objects.filter(meeting=row.meeting, kind=row.kind, state__in=(State.ISSUED, State.RECALLED))
    return same.filter(replaced_by=None).exclude(pk=row.pk).select_related("issued").order_by("-number")


@dataclass(frozen=True)
class LeftOut:
    """How many of the recipients of an earlier paper do not get the one that would replace it, and the first of them by name."""

    paper: str
    count: int
    total: int
    names: str


def left_out(former: Sequence[OfficialPaper], meant: Sequence[Target]) -> list[LeftOut]:
    """Return, of each earlier paper, whom of its recipients a new one would not reach; nothing where it reaches them all."""
    if not former:
        return []
    reached = {_key(one.participant, one.bridge_point, one.organisation, one.name) for one in meant}
    missing: dict[int, list[str]] = {}
    total: Counter[int] = Counter()
    rows = Delivery.objects.filter(paper__in=former).order_by("pk")
    for paper, participant, site, unit, name in rows.values_list(
        "paper", "participant", "bridge_point", "organisation", "name"
    ):  # fmt: skip
        total[paper] += 1
        if _key(participant, site, unit, name) not in reached:
            missing.setdefault(paper, []).append(name)
    return [
        LeftOut(label_of(one), len(missing[one.pk]), total[one.pk], _listed(missing[one.pk]))
        for one in former
        if one.pk in missing
    ]


def _key(participant: int | None, site: int | None, unit: int | None, name: str) -> tuple[object, ...]:
    return (participant, site, unit) if participant or site or unit else (name[:200],)


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names[:NAMED]) + ("; …" if len(names) > NAMED else "")


def signers_of(row: OfficialPaper) -> list[str]:
    """Return who signs a paper, a line each; the minutes are signed by who wrote them and who was in the chair."""
    if row.kind != OfficialPaper.Kind.MINUTES:
        words = " ".join(filter(None, (row.authority, row.post, row.signer)))
        return [words] if words else []
    signed = (row.data or {}).get("signatures", [])
    lines = (" ".join(filter(None, (*one.get("authority", ()), one.get("post")))) for one in signed)
    return [": ".join(filter(None, (line, one.get("signer")))) for line, one in zip(lines, signed, strict=True)]


def register_for(row: OfficialPaper, on: date) -> NumberRegister | None:
    """Return the register whose next number a paper would get; nothing: its kind has none, or none has been opened."""
    wanted = KINDS[row.kind].register
    meeting = row.meeting
    return current(meeting.organiser, wanted, on, disposable=meeting.is_demonstration) if wanted else None


@dataclass(frozen=True)
class Expansion:
    """Whom the lines of a paper mean: in the system, by mail if mails go out, on paper."""

    all: list[Target]

    @property
    def in_system(self) -> int:
        """How many will find it in the system."""
        return sum(one.signs_in for one in self.all)

    @property
    def addressed(self) -> int:
        """How many more a mail can reach."""
        return sum(bool(one.address) and not one.signs_in for one in self.all)

    @property
    def on_paper(self) -> list[Target]:
        """Who gets it on paper, whatever is ticked."""
        return [one for one in self.all if not one.signs_in and not one.address]


def expansion_of(row: OfficialPaper) -> Expansion:
    """Return whom the lines of a paper mean now."""
    return Expansion(targets(row.meeting, row.recipients))


@dataclass(frozen=True)
class Board:
    """How far a paper has come to its recipients."""

    total: int
    seen: int
    on_paper: int

    @property
    def waiting(self) -> int:
        """How many have not got it yet, as far as is known."""
        return self.total - self.seen


def board_of(row: OfficialPaper) -> Board:
    """Count the deliveries of a paper."""
    told = row.deliveries.aggregate(
        total=Count("pk"), seen=Count("pk", filter=Q(seen_at__isnull=False)),
        on_paper=Count("pk", filter=Q(channel=Delivery.Channel.PAPER, seen_at=None)),
    )  # fmt: skip
    return Board(**told)


def deliveries_like(row: OfficialPaper, query: dict[str, str]) -> QuerySet[Delivery]:
    """Return the deliveries of a paper, narrowed by words and by whether they have it; who has not got it first."""
    found = row.deliveries.order_by("-seen_at", "pk") if query.get("state") == "seen" else row.deliveries.order_by("pk")
    if query.get("state") == "seen":
        found = found.filter(seen_at__isnull=False)
    elif query.get("state") == "waiting":
        found = found.filter(seen_at=None)
    if word := query.get("q", "").strip():
        found = found.filter(Q(name__icontains=word) | Q(line__icontains=word))
    return found


def job_of(row: OfficialPaper) -> Job | None:
    """Return the newest job that makes a paper's file."""
    return Job.objects.filter(name=work.KIND, arguments__paper=row.pk).order_by("-pk").first()


def chosen_of(row: OfficialPaper) -> dict[str, Any]:
    """Return what of a paper's recipients is picked, by field of the form: keys, and words a line each."""
    found: dict[str, Any] = {"roles": [], "groups": [], "bridge_points": [], "above": [], "below": [], "archive": ""}
    found |= {"units": [], "participants": [], "all_sites": False}
    fields = {"role": "roles", "group": "groups", "bridge_point": "bridge_points", "unit": "units", "person": "participants"}
    first = next((at for at, one in enumerate(row.recipients) if one["kind"] not in IN_WORDS), len(row.recipients))
    for at, line in enumerate(row.recipients):
        kind = line["kind"]
        if kind in fields:
            found[fields[kind]].append({"id": line["id"], "name": line["name"]})
        elif kind == "sites":
            found["all_sites"] = True
        elif kind == "archive" or line["name"].casefold().startswith("lưu"):
            found["archive"] = line["name"]
        else:
            found["above" if at < first else "below"].append(line["name"])
    return found
