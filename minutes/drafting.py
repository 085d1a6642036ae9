"""The draft: a journal's entries become the blocks of a Party body's minutes, in order. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from meetings.models import COUNTED_ROLES, Meeting, Role
from minutes import heads, story
from minutes.story import Item, Outage, Recess, Speech, Story
from minutes.writing import (
    CELL,
    MINUTED,
    Entry,
    cell,
    comrade,
    hour,
    lasted,
    line,
    local_day,
    moment,
    number,
    sentence,
    shown_seconds,
)

HEAD, SECTION, POINT, TEXT, TABLE, SIGNATURE = "head", "section", "point", "text", "table", "signature"
ANNEX = "annex"

_MODES = {
    Meeting.Mode.IN_PERSON: "trực tiếp",
    Meeting.Mode.ONLINE: "trực tuyến",
    Meeting.Mode.HYBRID: "trực tiếp kết hợp trực tuyến",
}
#: Kinds of item whose presenter speaks; of the others one says who carries them out.
_PRESENTED = {"opening", "report", "directive", "conclusion"}


@dataclass(frozen=True)
class Drafted:
    """One block as the journal has it. `key` names it for good, `first`–`last` are the entries it tells of."""

    key: str
    kind: str
    heading: str
    text: str
    first: int = 0
    last: int = 0


def draft(entries: Iterable[Entry], *, parent_body: str = "") -> list[Drafted]:
    """Return the blocks of the minutes of a meeting that has been opened. `parent_body`: the one above the organiser."""
    told = story.read(entries)
    if told.opened is None:
        raise ValueError("a meeting that was never opened has no minutes")
    text = [*_head(told, parent_body), *_time(told), *_composition(told), *_course(told), *_end(told)]
    return [*text, *_signatures(told), *_outages(told)]


def _head(told: Story, parent_body: str) -> Iterator[Drafted]:
    organiser = line(told.data["organiser"])
    yield Drafted("issuer", HEAD, line(parent_body), organiser)
    yield Drafted("number", HEAD, "", heads.number_line(organiser))
    yield Drafted("place", HEAD, "", heads.town(told.data["place"]))
    yield Drafted("abstract", HEAD, "", line(told.data["title"]))


def _time(told: Story) -> Iterator[Drafted]:
    assert told.opened
    opened = MINUTED["meeting.opened"](told.opened, _day(told))
    if told.data["sittings"]:
        opened += _planned(datetime.fromisoformat(told.data["sittings"][0][0]), told.opened.at)
    mode = f"Hình thức: {_MODES[told.data['mode']]}"
    if told.sites:
        mode += f", qua {number(len(told.sites))} điểm cầu"
    lines = [sentence(opened), sentence(f"Địa điểm: {line(told.data['place'])}"), sentence(mode)]
    yield Drafted("time", SECTION, "Thời gian, địa điểm", "\n".join(lines), told.opened.number, told.opened.number)


def _planned(planned: datetime, opened: datetime) -> str:
    """Name the planned beginning where the real one differs by a minute or more."""
    if (local_day(planned), hour(planned)) == (local_day(opened), hour(opened)):
        return ""
    return f" (dự kiến {moment(planned, local_day(opened))})"


def _composition(told: Story) -> Iterator[Drafted]:
    expected, present, absent = _count(told, told.people(*COUNTED_ROLES))
    head_count = f"Đại biểu được triệu tập: {number(expected)}; có mặt: {number(present)}; vắng mặt: {number(absent)}"
    unmarked = expected - present - absent
    if unmarked:
        head_count += f"; chưa ghi nhận: {number(unmarked)}"
    lines = [*_names("Chủ trì", told.people(Role.CHAIR)), *_names("Thư ký", told.people(Role.SECRETARY)), sentence(head_count)]
    yield Drafted("composition", SECTION, "Thành phần tham dự", "\n".join(lines), 1, told.last)
    if told.sites:
        yield Drafted("attendance", TABLE, "Đại biểu theo điểm cầu", _attendance(told), 1, told.last)
    if told.late:
        phrases = "; ".join(MINUTED["presence.marked"](entry, _day(told)) for entry in told.late)
        text = sentence(f"Trong thời gian họp ghi nhận thêm: {phrases}")
        yield Drafted("late", TEXT, "", text, told.late[0].number, told.late[-1].number)


def _names(label: str, people: Sequence[dict[str, Any]]) -> list[str]:
    names = ["; ".join(", ".join(filter(None, (comrade(p["name"]), line(p["office"])))) for p in people)]
    return [sentence(f"{label}: {names[0]}")] if people else []


def _count(told: Story, people: Sequence[dict[str, Any]]) -> tuple[int, int, int]:
    states = [told.presence.get(p["id"]) for p in people]
    return len(states), states.count("present"), states.count("absent")


def _attendance(told: Story) -> str:
    """Return the table of bridge points as lines of cells; a column for those nobody marked only where there are some."""
    counted = told.people(*COUNTED_ROLES)
    by_site: dict[int | None, list[dict[str, Any]]] = {}
    for person in counted:
        by_site.setdefault(person["bridge_point"], []).append(person)
    places = [(site["name"], by_site.get(site["id"], [])) for site in sorted(told.sites.values(), key=lambda s: s["number"])]
    if by_site.get(None):
        places.append(("Đại biểu khác", by_site[None]))
    rows = [(str(at), name, _count(told, people)) for at, (name, people) in enumerate(places, start=1)]
    rows.append(("", "Tổng cộng", _count(told, counted)))
    unmarked = any(expected - present - absent for _at, _name, (expected, present, absent) in rows)
    titles = ["TT", "Điểm cầu", "Triệu tập", "Có mặt", "Vắng mặt", *(["Chưa ghi nhận"] if unmarked else [])]
    return "\n".join([CELL.join(titles), *(CELL.join(_cells(*row, unmarked)) for row in rows)])


def _cells(at: str, name: str, counts: tuple[int, int, int], unmarked: bool) -> list[str]:
    expected, present, absent = counts
    left = [expected - present - absent] if unmarked else []
    return [at, cell(name), *(str(n) for n in (expected, present, absent, *left))]


def _course(told: Story) -> Iterator[Drafted]:
    yield Drafted("course", SECTION, "Nội dung theo diễn biến", "" if told.course else "Chưa có nội dung nào được tiến hành.")
    for one in told.course:
        yield _item(one, _day(told)) if isinstance(one, Item) else _recess(one, _day(told))
    yield from _not_held(told)


def _item(item: Item, day: date) -> Drafted:
    begun = item.opened
    lines = [_duration(item, day)]
    if item.presenter:
        label = "Người trình bày" if begun.payload["kind_of_item"] in _PRESENTED else "Người thực hiện"
        lines.append(sentence(f"{label}: {line(item.presenter)}"))
    lines += [f"- {_speech(one, day)}" if isinstance(one, Speech) else _recess_words(one, day) for one in item.happened]
    last = item.closed.number if item.closed else begun.number
    return Drafted(f"item:{begun.payload['item']}", POINT, line(item.title), "\n".join(lines), begun.number, last)


def _duration(item: Item, day: date) -> str:
    words = MINUTED["item.opened"](item.opened, day)
    if item.closed is None:
        return sentence(f"{words}, đang tiến hành khi lập dự thảo")
    taken = f"{item.ran} phút"
    if any(isinstance(one, Recess) for one in item.happened):
        taken += " không kể tạm nghỉ"
    if item.ran > item.minutes:
        taken += f", vượt {item.ran - item.minutes} phút so với dự kiến {item.minutes} phút"
    return sentence(f"{words}{MINUTED['item.closed'](item.closed, day)} ({taken})")


def _speech(speech: Speech, day: date) -> str:
    end = MINUTED["floor.yielded"](speech.yielded, day) if speech.yielded else ""
    return sentence(MINUTED["floor.given"](speech.given, day) + end)


def _recess(recess: Recess, day: date) -> Drafted:
    last = recess.ended.number if recess.ended else recess.began.number
    return Drafted(f"recess:{recess.began.number}", TEXT, "", _recess_words(recess, day), recess.began.number, last)


def _recess_words(recess: Recess, day: date) -> str:
    end = MINUTED["meeting.resumed"](recess.ended, day) if recess.ended else ""
    return sentence(MINUTED["meeting.suspended"](recess.began, day) + end)


def _not_held(told: Story) -> Iterator[Drafted]:
    """Name what was put off, and what the programme held and nobody opened."""
    if told.deferred:
        phrases = "; ".join(MINUTED["item.deferred"](entry, _day(told)) for entry in told.deferred.values())
        numbers = [entry.number for entry in told.deferred.values()]
        yield Drafted("deferred", TEXT, "", sentence(f"Nội dung hoãn lại: {phrases}"), min(numbers), max(numbers))
    if told.adjourned and told.programme:
        titles = "; ".join(f"“{line(item['title'])}”" for item in told.programme.values())
        at = told.adjourned.number
        yield Drafted("not_held", TEXT, "", sentence(f"Nội dung trong chương trình chưa tiến hành: {titles}"), at, at)


def _end(told: Story) -> Iterator[Drafted]:
    if told.adjourned is None:
        yield Drafted("end", SECTION, "Kết thúc", "Hội nghị chưa kết thúc khi lập dự thảo này.")
        return
    words = sentence(MINUTED["meeting.adjourned"](told.adjourned, _day(told)))
    yield Drafted("end", SECTION, "Kết thúc", words, told.adjourned.number, told.adjourned.number)


def _signatures(told: Story) -> Iterator[Drafted]:
    """Who signs: the writer on the left, the chair on the right. Room for a name is left where the list names nobody."""
    assert told.opened
    writers, chairs = told.people(Role.SECRETARY), told.people(Role.CHAIR)
    yield Drafted("writer", SIGNATURE, "Người ghi biên bản", line(writers[0]["name"]) if writers else "")
    chair = chairs[0]["name"] if chairs else told.opened.payload["chair"]
    yield Drafted("chair", SIGNATURE, "Chủ trì Hội nghị", line(chair))


def _outages(told: Story) -> Iterator[Drafted]:
    """The annex of outages by bridge point, with the sum of each that was cut off more than once; none when there was none."""
    if not told.outages:
        return
    by_site: dict[int, list[Outage]] = {}
    for outage in told.outages.values():
        by_site.setdefault(outage.row["bridge_point"], []).append(_closed(outage, told))
    lines = [CELL.join(("TT", "Điểm cầu", "Mất kết nối", "Kết nối lại", "Thời gian gián đoạn"))]
    numbers = count(1)
    for site in sorted(by_site, key=lambda pk: (told.sites.get(pk, {}).get("number", len(told.sites) + 1), pk)):
        outages = by_site[site]
        lines += [f"{next(numbers)}{CELL}{_outage(outage, _day(told))}" for outage in outages]
        if len(outages) > 1:
            lines.append(_sum(f"Cộng: {cell(outages[-1].row['name'])}", outages))
    lines.append(_sum(f"Tổng cộng: {number(len(by_site))} điểm cầu", [one for outages in by_site.values() for one in outages]))
    entries = [entry.number for one in told.outages.values() for entry in (one.began, one.ended) if entry]
    yield Drafted("annex-outages", ANNEX, "Gián đoạn kết nối của các điểm cầu", "\n".join(lines), min(entries), max(entries))


def _closed(outage: Outage, told: Story) -> Outage:
    """Return an outage that ends with the meeting at the latest."""
    if outage.ended or not told.adjourned:
        return outage
    row = {**outage.row, "ended_at": told.adjourned.at.isoformat()}
    return Outage(outage.began, Entry(told.adjourned.number, "outages.ended", {"outages": [row]}, told.adjourned.at))


def _outage(outage: Outage, day: date) -> str:
    end = MINUTED["outages.ended"](outage.ended, day) if outage.ended else f"chưa kết nối lại khi lập dự thảo{CELL}"
    return f"{MINUTED['outages.begun'](outage.began, day)}{CELL}{end}"


def _sum(label: str, outages: Sequence[Outage]) -> str:
    seconds = sum(shown_seconds(one.row) for one in outages if one.ended)
    return CELL.join(("", label, f"{number(len(outages))} lần", "", lasted(seconds)))


def _day(told: Story) -> date:
    assert told.opened
    return local_day(told.opened.at)
