"""The annexes of equipment: how each bridge point was checked before, and what went wrong, as both sides have it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from control.incidents.sides import is_outage_of
from minutes.drafted import ANNEX, Drafted
from minutes.writing import CELL, Entry, Frame, cell, lasted, line, number, second

if TYPE_CHECKING:
    from minutes.story import Outage, Story

#: The points of a check, in the words of the minutes.
POINTS = {
    "power": "nguồn điện",
    "picture": "hình ảnh hai chiều",
    "camera": "góc máy quay",
    "sound": "âm thanh hai chiều",
    "microphones": "tắt micro khi chưa được mời",
    "line": "đường truyền chính",
    "backup_line": "đường truyền dự phòng",
    "display": "màn hình hội trường",
    "scanner": "máy đọc thẻ tại cửa",
    "printer": "máy in, giấy",
}
KINDS = {"no_picture": "mất hình", "no_sound": "mất tiếng", "lost": "mất kết nối", "other": "sự cố khác"}
BY_TELEPHONE = "thay mặt, theo điện thoại"
_SIDES = ("site", "centre")


@dataclass
class Incident:
    """One incident: what was reported, the entries that tell of it, and the times of both sides."""

    reported: Mapping[str, Any]
    entries: list[int] = field(default_factory=list)
    times: dict[str, datetime | None] = field(default_factory=dict)
    is_closed: bool = False

    def span(self, what: str) -> list[datetime]:
        """Return when it began, or ended, as those sides have it that said so."""
        return [at for side in _SIDES if (at := self.times.get(f"{side}_{what}_at"))]


@dataclass
class Equipment:
    """What the journal tells of equipment: runs that were signed off, incidents by key."""

    checks: list[Entry] = field(default_factory=list)
    incidents: dict[int, Incident] = field(default_factory=dict)


def _signed(story: Story, entry: Entry) -> None:
    story.equipment.checks.append(entry)


def _incident(story: Story, entry: Entry) -> None:
    p, verb = entry.payload, entry.kind.partition(".")[2]
    one = story.equipment.incidents.setdefault(p["incident"], Incident(p))
    one.entries.append(entry.number)
    if verb == "closed":
        one.is_closed = True
        names = [f"{side}_{what}_at" for side in _SIDES for what in ("began", "ended")]
        one.times |= {name: datetime.fromisoformat(p[name]) if p[name] else None for name in names}
    else:
        what = "ended_at" if verb == "ended" else "began_at"
        one.times[f"{'site' if p['from_site'] else 'centre'}_{what}"] = datetime.fromisoformat(p[what])


STEPS: dict[str, Callable[[Story, Entry], None]] = {
    "readiness.signed": _signed,
    "incident.opened": _incident,
    "incident.confirmed": _incident,
    "incident.ended": _incident,
    "incident.closed": _incident,
}


def checks(told: Story, frame: Frame) -> Iterator[Drafted]:
    """The annex of checks by bridge point, every run that was signed off; none where nothing was checked."""
    entries = told.equipment.checks
    if not entries:
        return
    rows = sorted(entries, key=lambda e: (_place(told, e.payload["bridge_point"]), e.payload["run"]))
    lines = [CELL.join(("TT", "Điểm cầu", "Ngày giờ", "Kết quả", "Lỗi, ghi chú", "Người xác nhận"))]
    lines += [f"{at}{CELL}{_check(entry, frame)}" for at, entry in enumerate(rows, start=1)]
    newest = {entry.payload["bridge_point"]: entry for entry in rows}
    faulty = sum(bool(entry.payload["faults"]) for entry in newest.values())
    label = f"Tổng cộng: {number(len(newest))} điểm cầu"
    if told.sites:
        label += f" trên {number(len(told.sites))}"
    result = f"đạt: {number(len(newest) - faulty)}" + (f"; còn lỗi: {number(faulty)}" if faulty else "")
    lines.append(CELL.join(("", label, f"{number(len(rows))} lần", result, "", "")))
    numbers = [entry.number for entry in entries]
    yield Drafted("annex-checks", ANNEX, "Kiểm tra kỹ thuật các điểm cầu", "\n".join(lines), min(numbers), max(numbers))


def _check(entry: Entry, frame: Frame) -> str:
    p = entry.payload
    name = cell(p["bridge_point_name"]) + (f" (lần {p['run']})" if p["run"] > 1 else "")
    wrong = [_named(one) for one in p["faults"]]
    without = ", ".join(POINTS[one["point"]] for one in p["without"])
    said = "; ".join([*wrong, *([f"không có: {without}"] if without else []), *([cell(p["note"])] if p["note"] else [])])
    by = cell(p["signed_by"]) + (f" ({BY_TELEPHONE})" if p["on_behalf"] else "")
    return CELL.join((name, _when(entry.at, frame), "Còn lỗi" if wrong else "Đạt", said, by))


def _named(one: Mapping[str, Any]) -> str:
    return f"{POINTS[one['point']]}: {cell(one['note'])}" if one["note"] else POINTS[one["point"]]


def _when(at: datetime, frame: Frame) -> str:
    shown = second(at, frame.day)
    clock, _, day = shown.partition(" ")
    return f"{clock[:5]} {day}".rstrip()


def incidents(told: Story, frame: Frame) -> Iterator[Drafted]:
    """The annex of incidents by bridge point, with the times of both sides; none where there was none."""
    every = list(told.equipment.incidents.values())
    if not every:
        return
    rows = sorted(every, key=lambda one: (_place(told, one.reported["bridge_point"]), min(one.span("began"))))
    titles = ("TT", "Điểm cầu", "Sự cố", "Bắt đầu (điểm cầu / trung tâm)", "Kết thúc (điểm cầu / trung tâm)", "Thời gian")
    numbers = count(1)
    lines = [CELL.join(titles), *(f"{next(numbers)}{CELL}{_row(one, told, frame)}" for one in rows)]
    sites = len({one.reported["bridge_point"] for one in rows})
    lines.append(CELL.join(("", f"Tổng cộng: {number(sites)} điểm cầu", f"{number(len(rows))} sự cố", "", "", "")))
    entries = [at for one in every for at in one.entries]
    yield Drafted("annex-incidents", ANNEX, "Sự cố tại các điểm cầu", "\n".join(lines), min(entries), max(entries))


def _row(one: Incident, told: Story, frame: Frame) -> str:
    p = one.reported
    kind = KINDS[p["kind_of_incident"]]
    what = kind[0].upper() + kind[1:] + (f": {line(p['note'])}" if p.get("note") else "")
    lost = _outage(one, told.outages.values()) if p["kind_of_incident"] == "lost" else None
    if lost is not None:
        what += f" (đường truyền gián đoạn từ {second(datetime.fromisoformat(lost.row['began_at']), frame.day)})"
    ended = one.span("ended")
    if ended:
        until = _both(one, "ended", frame)
    else:
        until = "chưa kết thúc " + ("đến khi bế mạc" if told.adjourned else "khi lập dự thảo")
    length = lasted(_seconds(min(one.span("began")), max(ended))) if ended else ""
    return CELL.join((cell(p["bridge_point_name"]), cell(what), _both(one, "began", frame), until, length))


def _both(one: Incident, what: str, frame: Frame) -> str:
    at = [one.times.get(f"{side}_{what}_at") for side in _SIDES]
    return " / ".join(second(moment, frame.day) if moment else "–" for moment in at)


def _seconds(began: datetime, ended: datetime) -> int:
    """Return the length reckoned from the moments that are shown, so that a reader can check it."""
    return max(0, int((ended.replace(microsecond=0) - began.replace(microsecond=0)).total_seconds()))


def _outage(one: Incident, outages: Iterable[Outage]) -> Outage | None:
    """Return the outage that was noted by itself for what somebody reported as a lost connection."""
    began, ended = min(one.span("began")), max(one.span("ended"), default=None)
    for outage in reversed(list(outages)):
        row = outage.row
        back = datetime.fromisoformat(row["ended_at"]) if "ended_at" in row else None
        lost = datetime.fromisoformat(row["began_at"])
        if row["bridge_point"] == one.reported["bridge_point"] and is_outage_of(began, ended, lost, back):
            return outage
    return None


def _place(told: Story, site: int) -> tuple[int, int]:
    return told.sites.get(site, {}).get("number", len(told.sites) + 1), site
