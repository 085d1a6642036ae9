"""The programme as it is shown: the same lines for the page, the paper and the file, from a release or from what stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agenda.diffing import Change
from agenda.models import AgendaItem
from agenda.snapshots import Snapshot, times
from agenda.timetable import Row, Timetable
from meetings.moulds import filled
from meetings.templatetags.wording import nobreak, weekday

WIDE = 1.8  # percent of the strip that hold a number


@dataclass
class Line:
    """One item as it is shown. `time` is planned; `ran` when it was open; `changes`: since an earlier release."""

    id: int
    number: str
    depth: int
    is_heading: bool
    time: str
    title: str
    kind: str
    kind_word: str
    presenter: str
    note: str
    minutes: int
    state: str = "planned"
    ran: str = ""
    is_late: bool = False
    free: int = 0
    overlap: int = 0
    changes: Sequence[Change] = ()
    x: float = 0
    width: float = 0
    middle: float = 0
    version: int = 0
    parent: int = 0
    begins_at: str = ""
    speech: str = ""

    def built(self) -> SafeString:
        """Return its row on the page on which it is built, until the meeting is over."""
        shape = {
            "may_change": True, "is_heading": self.is_heading, "is_break": self.kind == "break", "is_late": self.is_late,
            "depth": self.depth, "state": self.state, "ran": bool(self.ran), "begins": bool(self.begins_at),
            "free": bool(self.free), "overlap": bool(self.overlap), "note": bool(self.note), "changed": bool(self.changes),
        }  # fmt: skip
        return filled("agenda/build/row.html", shape, {**vars(self), "changes": tags(self.changes)})

    def read(self) -> SafeString:
        """Return its row on the page on which it is read."""
        shape = {
            "is_heading": self.is_heading, "is_break": self.kind == "break", "depth": self.depth, "state": self.state,
            "ran": bool(self.ran), "changed": bool(self.changes),
        }  # fmt: skip
        set_words = {"set_title": nobreak(self.title), "set_presenter": nobreak(self.presenter)}
        return filled("agenda/read_row.html", shape, {**vars(self), **set_words, "changes": tags(self.changes)})

    def bar(self) -> SafeString:
        """Return its bar in the strip."""
        shape = {"state": self.state, "is_late": self.is_late, "wide": self.width > WIDE}
        return filled("agenda/strip_bar.html", shape, vars(self))


def tags(changes: Sequence[Change]) -> SafeString:
    """Return changes as tags."""
    if not changes:
        return SafeString("")
    return format_html_join("", '<span class="tag change {}">{}</span>', ((one.sort, one.words) for one in changes))


@dataclass
class ShownPart:
    """A sitting as it is shown."""

    id: int
    heading: str
    lines: list[Line]
    starts: str = ""
    ends: str = ""
    limit: str = ""
    minutes: int = 0
    over_minutes: int = 0
    spare_minutes: int = 0

    @cached_property
    def built(self) -> SafeString:
        """Return the rows on the page on which they are built."""
        return SafeString("".join([line.built() for line in self.lines]))

    @cached_property
    def read(self) -> SafeString:
        """Return the rows on the page on which they are read."""
        return SafeString("".join([line.read() for line in self.lines]))

    @cached_property
    def strip(self) -> SafeString:
        """Return the bars of what is run."""
        return SafeString("".join([line.bar() for line in self.lines if not line.is_heading]))

    @property
    def quick_id(self) -> str:
        """The id of the form that adds items here."""
        return f"quick-form-{self.id}"


def shown_table(table: Timetable, changes: Mapping[int, Sequence[Change]] | None = None) -> list[ShownPart]:
    """Return the programme as it stands now."""
    words = {value: str(word) for value, word in AgendaItem.Kind.choices}
    several = len(table.parts) > 1
    return [
        ShownPart(
            id=part.sitting.pk if part.sitting else 0,
            heading=_heading(part.sitting.number, part.sitting.title, part.starts_at, several) if part.sitting else "",
            lines=[_line(row, words, (changes or {}).get(row.item.pk, ())) for row in part.rows],
            starts=_hour(part.starts_at), ends=_hour(part.ends_at), limit=_hour(part.limit), minutes=part.minutes,
            over_minutes=part.over_minutes, spare_minutes=part.spare_minutes,
        )
        for part in table.parts
    ]  # fmt: skip


def _line(row: Row, words: Mapping[str, Any], changes: Sequence[Change]) -> Line:
    item = row.item
    return Line(
        id=item.pk, number=item.number, depth=row.depth, is_heading=row.is_heading,
        time=f"{_hour(row.starts_at)}–{_hour(row.ends_at)}" if row.starts_at else "", title=item.title, kind=item.kind,
        kind_word=words.get(item.kind, ""), presenter=item.presenter, note=item.note, minutes=row.minutes,
        state=item.state, ran=_ran(item), is_late=row.is_late, free=row.free, overlap=row.overlap, changes=changes,
        x=row.x, width=row.width, middle=row.middle, version=item.version, parent=item.parent_id or 0,
        begins_at=f"{item.begins_at:%H:%M}" if item.begins_at else "", speech=str(item.speech_minutes or ""),
    )  # fmt: skip


def _ran(item: AgendaItem) -> str:
    if item.opened_at is None:
        return ""
    return f"{_hour(item.opened_at)}–{_hour(item.closed_at)}" if item.closed_at else _hour(item.opened_at)


def shown_snapshot(found: Snapshot, changes: Mapping[int, Sequence[Change]] | None = None) -> list[ShownPart]:
    """Return a release as it was."""
    words = {value: str(word) for value, word in AgendaItem.Kind.choices}
    several = len(found["sittings"]) > 1
    parts = []
    for at, sitting in enumerate(found["sittings"]):
        lines = [
            Line(
                id=item["id"], number=item["number"], depth=item["depth"], is_heading=item["is_heading"], time=times(item),
                title=item["title"], kind=item["kind"], kind_word=words.get(item["kind"], ""),
                presenter=item["presenter"], note=item["note"], minutes=item["minutes"],
                changes=(changes or {}).get(item["id"], ()),
            )
            for item in found["items"]
            if item["part"] == at
        ]  # fmt: skip
        starts = datetime.fromisoformat(sitting["starts_at"]) if sitting["starts_at"] else None
        ends = max((item["ends_at"] for item in found["items"] if item["part"] == at), default="")
        parts.append(
            ShownPart(
                id=sitting["id"], heading=_heading(sitting["number"], sitting["title"], starts, several), lines=lines,
                starts=_hour(starts), ends=ends[11:16], limit=sitting["limit"][11:16],
                minutes=sum(line.minutes for line in lines if not line.is_heading),
            )
        )  # fmt: skip
    return parts


def _heading(number: int, title: str, starts: datetime | None, several: bool) -> str:
    """Return what stands over a sitting: “Phiên 1. Khai mạc, Thứ Tư, 26/11/2025”; nothing for the only one without a title."""
    if not several and not title:
        return ""
    name = _("Sitting %(number)d") % {"number": number} if several else ""
    day = f"{weekday(starts)}, {timezone.localtime(starts):%d/%m/%Y}" if starts else ""
    return ", ".join(filter(None, (". ".join(filter(None, (name, title))), day)))


def _hour(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""
