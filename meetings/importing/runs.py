"""From the uploaded file to the change: kept, judged, judged again when something has moved, applied under the lock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.hashing import canonical
from meetings.importing import kinds
from meetings.importing.kinds import CHANGED, NEW, SAME, Kind, Outcome
from meetings.importing.models import ImportRun
from meetings.importing.rows import ERROR, WARNING, Values, table_of, values_of
from meetings.journal import Transition, office_journal
from meetings.models import Journal, Meeting
from people.models import User
from sheets import Grid, Unreadable, read_grid

#: How long an uploaded list is kept that nobody applies; it may hold telephone numbers.
KEPT = timedelta(days=7)
VERDICTS = (ERROR, WARNING, NEW, CHANGED, SAME)
APPLIED = _("This list has been imported already.")


@dataclass(frozen=True)
class Judgement:
    """What a run would do now. `moved`: it is not what was last shown, because somebody has changed something meanwhile."""

    rows: list[dict[str, Any]]
    counts: dict[str, int]
    digest: str
    moved: bool = False

    @property
    def to_do(self) -> int:
        """How many rows would change something."""
        return sum(row["does"] != SAME for row in self.rows)


def start(kind: Kind, meeting: Meeting | None, *, by: User, name: str, data: bytes) -> ImportRun:
    """Read and judge an uploaded file; raise Unreadable with a sentence. One's own earlier upload of the kind is dropped."""
    return keep(kind, meeting, by=by, name=name, grid=read_grid(data, name))


def keep(kind: Kind, meeting: Meeting | None, *, by: User, name: str, grid: Grid) -> ImportRun:
    """Keep and judge a list that has been read."""
    table = table_of(grid, kind.columns)
    if not table["rows"]:
        raise Unreadable(_("There are no rows under the headings."))
    ImportRun.objects.filter(kind=kind.name, meeting=meeting, uploaded_by=by, state=ImportRun.State.OPEN).delete()
    ImportRun.objects.filter(state=ImportRun.State.OPEN, uploaded_at__lt=timezone.now() - KEPT).delete()
    run = ImportRun(kind=kind.name, meeting=meeting, uploaded_by=by, file_name=name[-200:], table=table)
    _note(run, judge(run, kind))
    run.save()
    return run


def judge(run: ImportRun, kind: Kind) -> Judgement:
    """Judge every row against the tables as they are now."""
    rows = values_of(run.table, kind.columns)
    for row in rows:
        _refuse_missing(row, kind)
    scene = kind.scene(run.meeting, rows)
    titles = {column.name: str(column.title) for column in kind.columns}
    judged = [_judged(row, kind.judge(row, scene), titles) for row in rows]
    told = canonical([[row["number"], row["does"], row["target"], row["data"], row["verdict"] == ERROR] for row in judged])
    counts = Counter(row["verdict"] for row in judged)
    return Judgement(judged, {verdict: counts[verdict] for verdict in VERDICTS}, sha256(told.encode()).hexdigest())


def look(run: ImportRun, kind: Kind) -> Judgement:
    """Return what was judged; judged again, and kept, when a journal has moved since or the reader's language is another."""
    kept = run.judged
    if kept.get("heads") == _heads(run) and kept.get("language") == get_language():
        return Judgement(kept["rows"], run.counts, kept["digest"])
    fresh = judge(run, kind)
    _note(run, fresh)
    # While this was judged somebody may have applied it: then its rows are gone, and stay gone.
    ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.OPEN).update(counts=run.counts, judged=run.judged)
    return Judgement(fresh.rows, fresh.counts, fresh.digest, moved=fresh.digest != kept.get("digest"))


def take(run: ImportRun, name: str, *, meeting: Meeting | None, seen: str) -> list[dict[str, Any]]:
    """Return the rows to apply, judged under the lock: {number, does, target, data, …}, without those that change nothing.

    Raises OutOfOrder when the run is applied or gone, is not what was seen, has errors, or changes nothing.
    """
    kind = kinds.find(name, of_meeting=meeting is not None)
    fresh = ImportRun.objects.select_related("meeting").filter(pk=run.pk, kind=name, meeting=meeting).first()
    if fresh is None or kind is None:
        raise OutOfOrder(_("This uploaded list is no longer kept. Upload it again."))
    if fresh.state == ImportRun.State.APPLIED:
        raise OutOfOrder(APPLIED)
    judged = judge(fresh, kind)
    if judged.digest != seen:
        raise OutOfOrder(_("Somebody has changed something meanwhile. Nothing was imported: look at the list again."))
    if judged.counts[ERROR]:
        raise OutOfOrder(_("Some rows have errors. Nothing was imported: mend them in the file, and upload it again."))
    if not judged.to_do:
        raise OutOfOrder(_("Everything is as in the list already."))
    return [row for row in judged.rows if row["does"] != SAME]


def close(run: ImportRun, change: Transition) -> None:
    """Note that a run has been applied by the last fact of a change; its rows, with all contact data, are dropped."""
    counts = ImportRun.objects.values_list("counts", flat=True).get(pk=run.pk)
    ImportRun.objects.filter(pk=run.pk).update(
        state=ImportRun.State.APPLIED, table={}, judged={}, counts=counts, applied_number=change.entries[-1].number
    )


def _note(run: ImportRun, judged: Judgement) -> None:
    run.counts = judged.counts
    run.judged = {"heads": _heads(run), "language": get_language(), "digest": judged.digest, "rows": judged.rows}


def _heads(run: ImportRun) -> list[int]:
    journals = [office_journal()] + ([run.meeting.journal_id] if run.meeting else [])
    return list(Journal.objects.filter(pk__in=journals).order_by("pk").values_list("head", flat=True))


def _refuse_missing(row: Values, kind: Kind) -> None:
    for column in kind.columns:
        if column.required and row.get(column.name) == "" and not row.remarks:
            row.error(column.name, _("%(column)s is missing.") % {"column": column.title})


def _judged(row: Values, outcome: Outcome, titles: dict[str, str]) -> dict[str, Any]:
    changes = [[titles.get(name, name), before, after] for name, (before, after) in outcome.changes.items()]
    return {
        "number": row.number,
        "verdict": row.worst or outcome.does,
        "does": outcome.does,
        "title": outcome.title,
        "target": outcome.target,
        "data": outcome.data,
        "changes": changes,
        "remarks": row.remarks,
    }


def recent(kind: Kind, meeting: Meeting | None, *, by: User) -> Sequence[ImportRun]:
    """Return the last runs of a kind: one's own that wait, and everybody's that were applied, without their rows."""
    found = (
        ImportRun.objects.filter(kind=kind.name, meeting=meeting).defer("table", "judged").select_related("uploaded_by__person")
    )
    return [run for run in found[:20] if run.state == ImportRun.State.APPLIED or run.uploaded_by_id == by.pk]
