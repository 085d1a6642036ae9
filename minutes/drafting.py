"""The draft: a journal's entries become the blocks of the minutes of a Party or a State body, in order. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from types import MappingProxyType

from meetings.models import Meeting, Role
from minutes import equipment, heads, story
from minutes.changes import Note
from minutes.composition import composition
from minutes.conclusions.wording import Wording, details
from minutes.drafted import ANNEX, HEAD, POINT, SECTION, SIGNATURE, TEXT, Drafted
from minutes.story import Item, Outage, Recess, Speech, Story
from minutes.writing import (
    CELL,
    MINUTED,
    Entry,
    Frame,
    cell,
    hour,
    lasted,
    line,
    local_day,
    moment,
    number,
    sentence,
    shown_seconds,
)

_MODES = {
    Meeting.Mode.IN_PERSON: "trực tiếp",
    Meeting.Mode.ONLINE: "trực tuyến",
    Meeting.Mode.HYBRID: "trực tiếp kết hợp trực tuyến",
}
#: Kinds of item whose presenter speaks; of the others one says who carries them out.
_PRESENTED = {"opening", "report", "directive", "conclusion"}


@dataclass(frozen=True)
class Issuer:
    """Whose minutes they are: the body above, the letters in numbers (empty: those of the name), a Party or a State body."""

    parent: str = ""
    letters: str = ""
    is_state: bool = False


def draft(
    entries: Iterable[Entry], *, parent_body: str = "", wordings: Mapping[int, Wording] = MappingProxyType({})
) -> list[Drafted]:
    """Return the blocks of the minutes of a meeting that has been opened. `parent_body`: the one above the organiser."""
    return blocks_of(story.read(entries), Issuer(parent_body), wordings)


def blocks_of(told: Story, issuer: Issuer, wordings: Mapping[int, Wording] = MappingProxyType({})) -> list[Drafted]:
    """Return the blocks of a story. `wordings`: the whole words of adopted conclusions by key; the journal has how they begin."""
    if told.opened is None:
        raise ValueError("a meeting that was never opened has no minutes")
    frame = Frame(local_day(told.opened.at), issuer.is_state)
    text = [
        *_head(told, issuer),
        *_time(told, frame),
        *composition(told, frame),
        *_course(told, frame),
        *_conclusions(told, wordings, frame),
        *_end(told, frame),
    ]
    annexes = [*equipment.checks(told, frame), *_outages(told, frame), *equipment.incidents(told, frame)]
    return [*text, *_signatures(told, issuer), *annexes]


def _head(told: Story, issuer: Issuer) -> Iterator[Drafted]:
    organiser = line(told.data["organiser"])
    letters = issuer.letters or heads.symbol(organiser)
    yield Drafted("issuer", HEAD, line(issuer.parent), organiser)
    yield Drafted("number", HEAD, "", heads.number_line(letters, is_state=issuer.is_state))
    if not issuer.is_state:  # a State body's minutes tell place and day in their text alone
        yield Drafted("place", HEAD, "", heads.town(told.data["place"]))
    yield Drafted("abstract", HEAD, "", line(told.data["title"]))


def _time(told: Story, frame: Frame) -> Iterator[Drafted]:
    assert told.opened
    opened = MINUTED["meeting.opened"](told.opened, frame)
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


def _course(told: Story, frame: Frame) -> Iterator[Drafted]:
    yield Drafted("course", SECTION, "Nội dung theo diễn biến", "" if told.course else "Chưa có nội dung nào được tiến hành.")
    for one in told.course:
        yield _item(one, frame) if isinstance(one, Item) else _between(one, frame)
    yield from _not_held(told, frame)


def _item(item: Item, frame: Frame) -> Drafted:
    begun = item.opened
    lines = [_duration(item, frame)]
    if item.presenter:
        label = "Người trình bày" if begun.payload["kind_of_item"] in _PRESENTED else "Người thực hiện"
        lines.append(sentence(f"{label}: {line(item.presenter)}"))
    if begun.payload.get("in_camera"):
        admitted = ", ".join(line(name) for name in begun.payload.get("admitted", ()))
        lines.append(sentence(f"Họp kín{f'; cùng dự: {admitted}' if admitted else ''}"))
    lines += [f"- {_speech(one, frame)}" if isinstance(one, Speech) else _aside(one, frame) for one in item.happened]
    last = item.closed.number if item.closed else begun.number
    return Drafted(f"item:{begun.payload['item']}", POINT, line(item.title), "\n".join(lines), begun.number, last)


def _duration(item: Item, frame: Frame) -> str:
    words = MINUTED["item.opened"](item.opened, frame)
    if item.closed is None:
        return sentence(f"{words}, đang tiến hành khi lập dự thảo")
    taken = f"{item.ran} phút"
    if any(isinstance(one, Recess) for one in item.happened):
        taken += " không kể tạm nghỉ"
    if item.ran > item.minutes:
        taken += f", vượt {item.ran - item.minutes} phút so với dự kiến {item.minutes} phút"
    return sentence(f"{words}{MINUTED['item.closed'](item.closed, frame)} ({taken})")


def _speech(speech: Speech, frame: Frame) -> str:
    end = MINUTED["floor.yielded"](speech.yielded, frame) if speech.yielded else ""
    more = ", ".join(MINUTED["floor.extended"](one, frame) for one in speech.extended)
    return sentence(MINUTED["floor.given"](speech.given, frame) + end + (f" ({more})" if more else ""))


def _aside(one: Recess | Note, frame: Frame) -> str:
    return sentence(MINUTED[one.entry.kind](one.entry, frame)) if isinstance(one, Note) else _recess_words(one, frame)


def _between(one: Recess | Note, frame: Frame) -> Drafted:
    """Return what happened between two items."""
    if isinstance(one, Recess):
        return _recess(one, frame)
    number = one.entry.number
    return Drafted(f"change:{number}", TEXT, "", _aside(one, frame), number, number)


def _recess(recess: Recess, frame: Frame) -> Drafted:
    last = recess.ended.number if recess.ended else recess.began.number
    return Drafted(f"recess:{recess.began.number}", TEXT, "", _recess_words(recess, frame), recess.began.number, last)


def _recess_words(recess: Recess, frame: Frame) -> str:
    end = MINUTED["meeting.resumed"](recess.ended, frame) if recess.ended else ""
    return sentence(MINUTED["meeting.suspended"](recess.began, frame) + end)


def _not_held(told: Story, frame: Frame) -> Iterator[Drafted]:
    """Name what was put off, and what the programme held and nobody opened."""
    if told.deferred:
        phrases = "; ".join(MINUTED["item.deferred"](entry, frame) for entry in told.deferred.values())
        numbers = [entry.number for entry in told.deferred.values()]
        yield Drafted("deferred", TEXT, "", sentence(f"Nội dung hoãn lại: {phrases}"), min(numbers), max(numbers))
    if told.skipped:
        phrases = "; ".join(MINUTED["item.skipped"](entry, frame) for entry in told.skipped.values())
        numbers = [entry.number for entry in told.skipped.values()]
        yield Drafted("skipped", TEXT, "", sentence(f"Nội dung không thực hiện: {phrases}"), min(numbers), max(numbers))
    if told.adjourned and told.programme:
        titles = "; ".join(f"“{line(item['title'])}”" for item in told.programme.values())
        at = told.adjourned.number
        yield Drafted("not_held", TEXT, "", sentence(f"Nội dung trong chương trình chưa tiến hành: {titles}"), at, at)


def _conclusions(told: Story, wordings: Mapping[int, Wording], frame: Frame) -> Iterator[Drafted]:
    """What the meeting adopted, by number, and what of it was withdrawn again; nothing where it adopted nothing."""
    entries = [entry for _number, of_one in sorted(told.conclusions.items()) for entry in of_one]
    if entries:
        lines = [line for entry in entries for line in _concluded(entry, wordings.get(entry.payload["conclusion"]), frame)]
        numbers = [entry.number for entry in entries]
        yield Drafted("conclusions", SECTION, "Kết luận của Hội nghị", "\n".join(lines), min(numbers), max(numbers))


def _concluded(entry: Entry, wording: Wording | None, frame: Frame) -> list[str]:
    """Return the paragraphs of a conclusion; its whole words, and who leads, by when, with what product, where they are known."""
    if wording is None or entry.kind != "conclusion.adopted":
        return [sentence(MINUTED[entry.kind](entry, frame))]
    words = [line(one) for one in wording.text.splitlines() if one.strip()] or [""]
    words[0] = f"Kết luận số {entry.payload['number']}: {words[0]}"
    words[-1] = f"{words[-1].rstrip(' .;')} (thông qua lúc {moment(entry.at, frame.day)})."
    tail = details(wording.who, wording.along, wording.due, wording.product)
    return [*words, tail] if tail else words


def _end(told: Story, frame: Frame) -> Iterator[Drafted]:
    if told.adjourned is None:
        yield Drafted("end", SECTION, "Kết thúc", "Hội nghị chưa kết thúc khi lập dự thảo này.")
        return
    words = sentence(MINUTED["meeting.adjourned"](told.adjourned, frame))
    yield Drafted("end", SECTION, "Kết thúc", words, told.adjourned.number, told.adjourned.number)


def _signatures(told: Story, issuer: Issuer) -> Iterator[Drafted]:
    """Who signs: the writer on the left, the chair on the right. Room for a name is left where the list names nobody."""
    assert told.opened
    writers, chairs = told.people(Role.SECRETARY), told.people(Role.CHAIR)
    writer, presiding = ("Thư ký", "Chủ tọa") if issuer.is_state else ("Người ghi biên bản", "Chủ trì Hội nghị")
    kept_by = told.at_the_end.get(Role.SECRETARY) or (writers[0]["name"] if writers else "")
    yield Drafted("writer", SIGNATURE, writer, line(kept_by))
    chair = told.at_the_end.get(Role.CHAIR) or (chairs[0]["name"] if chairs else told.opened.payload["chair"])
    yield Drafted("chair", SIGNATURE, presiding, line(chair))


def _outages(told: Story, frame: Frame) -> Iterator[Drafted]:
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
        lines += [f"{next(numbers)}{CELL}{_outage(outage, told, frame)}" for outage in outages]
        if len(outages) > 1:
            lines.append(_sum(f"Cộng: {cell(outages[-1].row['name'])}", outages))
    lines.append(_sum(f"Tổng cộng: {number(len(by_site))} điểm cầu", [one for outages in by_site.values() for one in outages]))
    entries = [entry.number for one in told.outages.values() for entry in (one.began, one.ended) if entry]
    yield Drafted("annex-outages", ANNEX, "Gián đoạn kết nối của các điểm cầu", "\n".join(lines), min(entries), max(entries))


def _closed(outage: Outage, told: Story) -> Outage:
    """Return an outage that lasts until the meeting ends at the latest, for its length; that its line came back is not said."""
    if outage.ended or not told.adjourned:
        return outage
    row = {**outage.row, "ended_at": told.adjourned.at.isoformat()}
    return Outage(outage.began, Entry(told.adjourned.number, "meeting.adjourned", {"outages": [row]}, told.adjourned.at))


def _outage(outage: Outage, told: Story, frame: Frame) -> str:
    begun = MINUTED["outages.begun"](outage.began, frame)
    if outage.ended is None:
        return CELL.join((begun, "chưa kết nối lại khi lập dự thảo", ""))
    if told.adjourned and outage.ended.at == told.adjourned.at:  # adjourning ends it, in the same change: no line came back
        return CELL.join((begun, "chưa kết nối lại đến khi bế mạc", lasted(shown_seconds(outage.row))))
    return CELL.join((begun, MINUTED["outages.ended"](outage.ended, frame)))


def _sum(label: str, outages: Sequence[Outage]) -> str:
    over = [shown_seconds(one.row) for one in outages if one.ended]
    lengths = [lasted(sum(over))] if over else []
    if len(over) < len(outages):
        lengths.append("chưa tính lần đang gián đoạn")
    return CELL.join(("", label, f"{number(len(outages))} lần", "", ", ".join(lengths)))
