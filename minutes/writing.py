"""What the minutes say of each kind of fact: pure functions, in the Vietnamese of an office whatever the screens speak.

Each writer gives one phrase without its full stop; `drafting` joins beginning and end of what lasted. Names are those
the fact holds, as they were at that moment. The words are plain text: pages and papers escape them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from printing.papers import day_in_words


@dataclass(frozen=True)
class Entry:
    """One entry of the journal as the minutes read it; `at` is the meeting's time."""

    number: int
    kind: str
    payload: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class Frame:
    """What all phrases of some minutes share: the day the meeting began, and whether a State body keeps them."""

    day: date
    is_state: bool = False


Writer = Callable[[Entry, Frame], str]

#: Between the cells of a table's line.
CELL = " | "

#: How a name begins that is no person's: nothing is set before it.
NOT_A_PERSON = ("đại diện", "lãnh đạo", "đoàn ", "ban ", "văn phòng", "điểm cầu", "các ", "chủ tọa", "thư ký")


def _local(at: datetime) -> datetime:
    return at.astimezone(timezone.get_default_timezone())  # asking for the current one costs more than all the rest


def local_day(at: datetime) -> date:
    """Return the day of a moment where the meeting takes place."""
    return _local(at).date()


def hour(at: datetime) -> str:
    """Return the time of day in words: 08 giờ 05 phút."""
    return _local(at).strftime("%H giờ %M phút")


def moment(at: datetime, day: date) -> str:
    """Return the time of day, with its date when it is not `day`, the day the meeting began."""
    own = local_day(at)
    return hour(at) if own == day else f"{hour(at)} ngày {own:%d/%m/%Y}"


def second(at: datetime, day: date) -> str:
    """Return a moment to the second, as it stands in a table; with its date when it is not `day`."""
    own = _local(at)
    return f"{own:%H:%M:%S}" if own.date() == day else f"{own:%H:%M:%S %d/%m/%Y}"


def lasted(seconds: int) -> str:
    """Return a length of time in words: 45 giây, 12 phút 05 giây, 1 giờ 00 phút 05 giây."""
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours:
        return f"{hours} giờ {minutes:02d} phút {rest:02d} giây"
    return f"{minutes} phút {rest:02d} giây" if minutes else f"{rest} giây"


def shown_seconds(row: Mapping[str, Any]) -> int:
    """Return how long an outage lasted, reckoned from the moments the table shows, so that a reader can check it."""
    began, ended = (datetime.fromisoformat(row[key]).replace(microsecond=0) for key in ("began_at", "ended_at"))
    return max(0, int((ended - began).total_seconds()))


def line(text: object) -> str:
    """Return text as one line: what was typed into a title makes no paragraph of its own."""
    return " ".join(str(text).split())


def cell(text: object) -> str:
    """Return text as one cell of a table, which a bar would part."""
    return line(text).replace("|", "/")


def number(count: int) -> str:
    """Return a count as papers write it: two digits at least, thousands parted by a full stop."""
    return f"{count:,}".replace(",", ".") if count > 9 else f"{count:02d}"


def address(*, is_state: bool = False) -> str:
    """Return how the papers of a Party or a State body address somebody."""
    return "ông/bà" if is_state else "đồng chí"


def addressed(name: str, *, is_state: bool = False) -> str:
    """Return a person's name as the papers of a Party or a State body begin it; the name of a delegation or a body alone."""
    name = line(name)
    return name if name.lower().startswith(NOT_A_PERSON) else f"{address(is_state=is_state)} {name}"


def at_bridge_point(name: str) -> str:
    """Return a bridge point's name inside a sentence."""
    name = line(name)
    return name[0].lower() + name[1:] if name.lower().startswith("điểm cầu") else f"điểm cầu {name}"


def sentence(phrase: str) -> str:
    """Return a phrase with a capital at its beginning and a full stop at its end."""
    return phrase[:1].upper() + phrase[1:].rstrip(" .") + "."


def speaker(payload: Mapping[str, Any], *, is_state: bool = False) -> str:
    """Return who speaks: name, office and bridge point, or a bridge point's representative who has not been named."""
    name, office, where = (line(payload.get(key) or "") for key in ("name", "office", "bridge_point"))
    if name == where and where:
        return f"đại diện {at_bridge_point(where)}"
    parts = [addressed(name, is_state=is_state), office if office != name else "", at_bridge_point(where) if where else ""]
    return ", ".join(part for part in parts if part)


def meeting_opened(entry: Entry, frame: Frame) -> str:
    """The beginning, with its date."""
    return f"Hội nghị khai mạc vào hồi {hour(entry.at)}, {day_in_words(local_day(entry.at))}"


def meeting_suspended(entry: Entry, frame: Frame) -> str:
    """The beginning of a recess."""
    return f"Hội nghị tạm nghỉ từ {moment(entry.at, frame.day)}"


def meeting_resumed(entry: Entry, frame: Frame) -> str:
    """The end of a recess."""
    return f" đến {moment(entry.at, frame.day)}"


def meeting_adjourned(entry: Entry, frame: Frame) -> str:
    """The end, with its date."""
    return f"Hội nghị kết thúc vào hồi {hour(entry.at)}, {day_in_words(local_day(entry.at))}"


def item_opened(entry: Entry, frame: Frame) -> str:
    """The beginning of an item."""
    return f"Thời gian: từ {moment(entry.at, frame.day)}"


def item_closed(entry: Entry, frame: Frame) -> str:
    """The end of an item."""
    return f" đến {moment(entry.at, frame.day)}"


def item_deferred(entry: Entry, frame: Frame) -> str:
    """An item put off."""
    return f"“{line(entry.payload['title'])}” (hoãn lúc {moment(entry.at, frame.day)})"


#: What is said of kinds of speeches that are no turn in the list.
SPEECHES = {"point_of_order": "nêu ý kiến về thủ tục", "reply": "phát biểu trả lời"}


def floor_given(entry: Entry, frame: Frame) -> str:
    """The beginning of a speech."""
    p = entry.payload
    who = speaker(p, is_state=frame.is_state)
    what = SPEECHES.get(p.get("kind_of_speech", ""), "phát biểu")
    passed = f" (ngoài thứ tự đăng ký, lý do: {line(p['why'])})" if p.get("why") else ""
    return f"{who}{',' if ', ' in who else ''} {what}{passed} từ {moment(entry.at, frame.day)}"


def floor_yielded(entry: Entry, frame: Frame) -> str:
    """The end of a speech."""
    return f" đến {moment(entry.at, frame.day)}"


def floor_extended(entry: Entry, frame: Frame) -> str:
    """More time for a speech, behind its end."""
    return f"được thêm {number(entry.payload['minutes'])} phút"


STATES = {"present": "có mặt", "online": "có mặt trực tuyến", "left": "ra về", "absent": "vắng mặt"}


def at_site(name: str) -> str:
    """Return where people are: at a bridge point, or at none."""
    return at_bridge_point(name) if name else "đại biểu khác"


def comings(seen: Iterable[tuple[int, str, datetime]], frame: Frame) -> list[tuple[datetime, str]]:
    """Return what is said of people at one bridge point, by state, each with its first hour. `seen`: who, state and when.

    Who went out and came in again is one person.
    """
    parts: dict[str, list[tuple[int, datetime]]] = {}
    for who, state, at in seen:
        parts.setdefault(state, []).append((who, at))
    found = []
    for state, rows in parts.items():
        first, last = min(at for _who, at in rows), max(at for _who, at in rows)
        people = number(len({who for who, _at in rows}))
        found.append((first, f"{people} đại biểu {STATES[state]} ({_from_to(first, last, frame)})"))
    return sorted(found)


def presence_marked(entry: Entry, frame: Frame) -> str:
    """People who came, left, or were found absent, while the meeting was in session; since when, where that was said."""
    p = entry.payload
    at = datetime.fromisoformat(p["at"]) if p.get("at") else entry.at
    words = comings(((row["id"], p["state"], at) for row in p["participants"]), frame)
    return f"{at_site(p['bridge_point_name'])}: {'; '.join(text for _at, text in words)}"


def scans_sealed(entry: Entry, frame: Frame) -> str:
    """People whose badges were read while the meeting was in session: by bridge point and state, from when to when."""
    parts: dict[str, list[tuple[int, str, datetime]]] = {}
    for row in entry.payload["changes"]:
        if row["state"]:
            seen = row["id"], row["state"], datetime.fromisoformat(row["at"])
            parts.setdefault(row["bridge_point_name"], []).append(seen)
    return "; ".join(f"{at_site(name)}: {'; '.join(text for _at, text in comings(seen, frame))}" for name, seen in parts.items())


def _from_to(first: datetime, last: datetime, frame: Frame) -> str:
    begun, ended = moment(first, frame.day), moment(last, frame.day)
    return begun if begun == ended else f"từ {begun} đến {ended}"


def head_count(entry: Entry, frame: Frame) -> str:
    """Return how many were counted in a hall, of how many, and when."""
    p = entry.payload
    of = f"/{number(p['expected'])}" if p["expected"] is not None else ""
    return f"{number(p['present'])}{of} đại biểu có mặt theo số đếm ({moment(entry.at, frame.day)})"


def hall_count_entered(entry: Entry, frame: Frame) -> str:
    """The people in a hall without badges, counted while the meeting was in session."""
    return f"{at_site(entry.payload['bridge_point_name'])}: {head_count(entry, frame)}"


def quorum_lost(entry: Entry, frame: Frame) -> str:
    """A body has no longer its quorum."""
    return _crossing(entry, frame, "không còn đủ")


def quorum_reached(entry: Entry, frame: Frame) -> str:
    """A body has its quorum, at last or again."""
    return _crossing(entry, frame, "đủ")


def _crossing(entry: Entry, frame: Frame, how: str) -> str:
    p = entry.payload
    numbers = f"có mặt {number(p['present'])}/{number(p['entitled'])}, cần {number(p['needed'])}"
    return f"Vào hồi {moment(entry.at, frame.day)}, {line(p['name'])} {how} số đại biểu theo quy định ({numbers})"


def roll_call_closed(entry: Entry, frame: Frame) -> str:
    """A roll call of the bridge points: how many are here, and who does not answer."""
    p = entry.payload
    words = f"Điểm danh các điểm cầu (kết thúc lúc {moment(entry.at, frame.day)}): "
    words += f"{number(p['here'])}/{number(p['called'])} điểm cầu có mặt"
    return words + (f"; không trả lời: {', '.join(line(one['name']) for one in p['silent'])}" if p["silent"] else "")


def outages_begun(entry: Entry, frame: Frame) -> str:
    """The beginning of a row of the annex for each line that was lost: which bridge point, since when."""
    rows = entry.payload["outages"]
    return "\n".join(f"{cell(row['name'])}{CELL}{second(datetime.fromisoformat(row['began_at']), frame.day)}" for row in rows)


def outages_ended(entry: Entry, frame: Frame) -> str:
    """The end of such a row: until when, for how long."""
    rows = entry.payload["outages"]
    return "\n".join(
        f"{second(datetime.fromisoformat(row['ended_at']), frame.day)}{CELL}{lasted(shown_seconds(row))}" for row in rows
    )


def conclusion_adopted(entry: Entry, frame: Frame) -> str:
    """A conclusion with its number, how it begins, and when it was adopted."""
    p = entry.payload
    return f"Kết luận số {p['number']}: {line(p['opening']).rstrip('.;')} (thông qua lúc {moment(entry.at, frame.day)})"


def conclusion_withdrawn(entry: Entry, frame: Frame) -> str:
    """A conclusion that no longer holds, and why; its number is not given again."""
    p = entry.payload
    why = f", lý do: {line(p['why'])}" if p["why"] else ""
    return f"Kết luận số {p['number']} được rút lại lúc {moment(entry.at, frame.day)}{why}"


MINUTED: dict[str, Writer] = {
    "meeting.opened": meeting_opened,
    "meeting.suspended": meeting_suspended,
    "meeting.resumed": meeting_resumed,
    "meeting.adjourned": meeting_adjourned,
    "item.opened": item_opened,
    "item.closed": item_closed,
    "item.deferred": item_deferred,
    "floor.given": floor_given,
    "floor.yielded": floor_yielded,
    "floor.extended": floor_extended,
    "presence.marked": presence_marked,
    "scans.sealed": scans_sealed,
    "hall_count.entered": hall_count_entered,
    "quorum.lost": quorum_lost,
    "quorum.reached": quorum_reached,
    "roll_call.closed": roll_call_closed,
    "outages.begun": outages_begun,
    "outages.ended": outages_ended,
    "conclusion.adopted": conclusion_adopted,
    "conclusion.withdrawn": conclusion_withdrawn,
}

from minutes.course_words import WRITERS as COURSE_WORDS  # noqa: E402  # its phrases are made of what stands above
from minutes.poll_words import WRITERS as POLL_WORDS  # noqa: E402  # the same

MINUTED |= COURSE_WORDS | POLL_WORDS
