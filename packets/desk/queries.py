"""What the desk of papers reads: every paper of a meeting by item, how far each is, what is to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, F

from agenda.models import AgendaItem, Speech
from jobs.models import Job
from meetings.deadlines.models import DeadlineKind
from meetings.deadlines.queries import due_at
from meetings.models import Meeting
from packets.desk.standing import Line
from packets.handouts.rules import IN_HAND, LOST
from packets.models import Document, HandOut, Release, Version

# What is shown of a version is small; these may be long.
HEAVY = ("contents", "anchors")
Window = tuple[datetime | None, datetime | None]


@dataclass
class Group:
    """An item of the programme with its papers, in their order; without an item: those of the whole meeting (`key` is 0).

    `speeches`: those that are registered for it, each with the numbers of its papers: files are dropped on them.
    """

    item: AgendaItem | None
    is_gone: bool = False
    lines: list[Line] = field(default_factory=list)
    speeches: list[tuple[Speech, list[int]]] = field(default_factory=list)

    @property
    def key(self) -> int:
        """The item's key, 0 for the whole meeting."""
        return self.item.pk if self.item else 0


@dataclass(frozen=True)
class Desk:
    """All papers of a meeting. `counts`: how many stand at each step (packets.desk.standing.STEPS), and how many are late."""

    groups: list[Group]
    total: int
    counts: Mapping[str, int]
    due_at: datetime | None
    is_overdue: bool

    @property
    def is_busy(self) -> bool:
        """Whether reading copies are being made: the page looks again soon."""
        return self.counts.get("wait", 0) > 0


def desk_of(meeting: Meeting, now: datetime) -> Desk:
    """Return the desk of a meeting: the same number of queries for three papers and for three hundred."""
    due = due_at(meeting, DeadlineKind.PAPERS)
    overdue = due is not None and due < now
    found = Document.objects.filter(meeting=meeting, is_removed=False).select_related("speech__unit__organisation")
    lines = lines_of(meeting, list(found.order_by("position", "pk")), due=due, now=now)
    items = list(meeting.items.exclude(kind=AgendaItem.Kind.BREAK).order_by("position"))
    counts = Counter(line.step for line in lines)
    counts["late"] = sum(line.is_late for line in lines)
    counts["stamps"] = sum(line.warns for line in lines)
    groups = _grouped(lines, items)
    _add_speeches(meeting, groups, lines)
    return Desk(groups=groups, total=len(lines), counts=counts, due_at=due, is_overdue=overdue)


def lines_of(meeting: Meeting, documents: Sequence[Document], *, due: datetime | None, now: datetime) -> list[Line]:
    """Return papers with how far each is."""
    keys = [row.pk for row in documents]
    found = Version.objects.filter(document__in=keys).select_related("unit__organisation")
    versions = list(found.order_by("document", "number").defer(*HEAVY))
    newest = {version.document_id: version for version in versions}
    released = {v.document_id: v for v in versions if v.state == Version.State.RELEASED}
    windows = _windows(keys)
    copies = HandOut.objects.filter(document__in=keys).values("document").order_by()
    issued = {
        row["document"]: (row["out"], row["issued"], row["lost"])
        for row in copies.annotate(issued=Count("pk"), out=Count("pk", filter=IN_HAND), lost=Count("pk", filter=LOST))
    }
    jobs = jobs_of(meeting)
    twins = _twins(meeting, newest.values(), {row.pk: row.number for row in documents})
    return [
        Line(
            document=row, version=newest.get(row.pk), released=released.get(row.pk), open_releases=len(windows.get(row.pk, ())),
            opens_at=_opens_at(windows.get(row.pk, ()), now), is_over=_is_over(windows.get(row.pk, ()), now),
            copies=issued.get(row.pk, (0, 0, 0)), twin=twins.get(row.pk),
            job=jobs.get(newest[row.pk].pk) if row.pk in newest else None, due=due, now=now,
        )
        for row in documents
    ]  # fmt: skip


def jobs_of(meeting: Meeting) -> dict[int, Job]:
    """Return the jobs that make reading copies of a meeting and are not done, by the key of the version."""
    found = Job.objects.filter(name="papers.prepare", scope=meeting.pk).exclude(state=Job.State.DONE).order_by("-pk")[:500]
    return {job.arguments["version"]: job for job in reversed(found)}


def _windows(documents: Sequence[int]) -> dict[int, list[Window]]:
    """Return from when until when each release of papers holds that has not been recalled."""
    found: dict[int, list[Window]] = {}
    standing = Release.objects.filter(document__in=documents, recalled_at=None).order_by()
    for document, since, until in standing.values_list("document", "from_at", "until_at"):
        found.setdefault(document, []).append((since, until))
    return found


def _opens_at(windows: Sequence[Window], now: datetime) -> datetime | None:
    """Return when the first of the releases begins, where none has begun that still holds."""
    left = [since for since, until in windows if until is None or until > now]
    coming = [since for since in left if since is not None and since > now]
    return min(coming) if coming and len(coming) == len(left) else None


def _is_over(windows: Sequence[Window], now: datetime) -> bool:
    """Tell whether the time of every release is over."""
    return bool(windows) and all(until is not None and until <= now for _since, until in windows)


def _twins(meeting: Meeting, newest: Iterable[Version], numbers: Mapping[int, int]) -> dict[int, int]:
    """Return, by the paper's key, the number of an earlier paper that has the very same file."""
    wanted = {version.document_id: version.original_sha256 for version in newest}
    same = Version.objects.filter(document__meeting=meeting, document__is_removed=False, original_sha256__in=set(wanted.values()))
    first: dict[str, int] = {}
    for digest, number in same.order_by("document__number").values_list("original_sha256", "document__number"):
        first.setdefault(digest, number)
    return {key: first[digest] for key, digest in wanted.items() if first[digest] < numbers[key]}


def _grouped(lines: Sequence[Line], items: Sequence[AgendaItem]) -> list[Group]:
    groups = {0: Group(None)} | {item.pk: Group(item) for item in items}
    gone = Group(None, is_gone=True)
    for line in lines:
        groups.get(line.document.item_id or 0, gone).lines.append(line)
    return [*groups.values(), gone] if gone.lines else list(groups.values())


def _add_speeches(meeting: Meeting, groups: Sequence[Group], lines: Sequence[Line]) -> None:
    """Put every registered speech that stands under the item for which it is registered."""
    numbers: dict[int, list[int]] = {}
    for line in lines:
        numbers.setdefault(line.document.speech_id or 0, []).append(line.document.number)
    under = {group.key: group for group in groups if group.item is not None}
    found = meeting.speeches.filter(call__item__in=under).exclude(state=Speech.State.WITHDRAWN)
    rows = found.select_related("call", "hand_in", "unit__organisation").defer("outline")
    for speech in rows.order_by(F("rank").asc(nulls_last=True), "unit__organisation__code", "pk"):
        under[speech.call.item_id or 0].speeches.append((speech, numbers.get(speech.pk, [])))


def soft_marks(meeting: Meeting) -> list[Any]:
    """Return what can change on the desk without an entry of the journal: copies that are made, and how far they are."""
    versions = Version.objects.filter(document__meeting=meeting).order_by("pk")
    waiting = [(job.pk, job.state, job.done, job.total) for job in jobs_of(meeting).values()]
    return [list(versions.values_list("pk", "copy", "pages")), waiting]
