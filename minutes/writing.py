"""What the minutes say of each kind of fact: pure functions, in the Vietnamese of an office whatever the screens speak.

Each writer gives one phrase without its full stop; `drafting` joins beginning and end of what lasted. Names are those
the fact holds, as they were at that moment. The words are plain text: pages and papers escape them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


Writer = Callable[[Entry, date], str]

#: Between the cells of a table's line.
CELL = " | "

#: How a name begins that is no person's: it takes no “đồng chí”.
NOT_A_PERSON = ("đại diện", "lãnh đạo", "đoàn ", "ban ", "văn phòng", "điểm cầu", "các ", "chủ tọa", "thư ký")


def local_day(at: datetime) -> date:
    """Return the day of a moment where the meeting takes place."""
    return timezone.localtime(at).date()


def hour(at: datetime) -> str:
    """Return the time of day in words: 08 giờ 05 phút."""
    return timezone.localtime(at).strftime("%H giờ %M phút")


def moment(at: datetime, day: date) -> str:
    """Return the time of day, with its date when it is not `day`, the day the meeting began."""
    own = local_day(at)
    return hour(at) if own == day else f"{hour(at)} ngày {own:%d/%m/%Y}"


def second(at: datetime, day: date) -> str:
    """Return a moment to the second, as it stands in a table; with its date when it is not `day`."""
    own = timezone.localtime(at)
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


def comrade(name: str) -> str:
    """Return a name with “đồng chí” before it, unless it names a delegation or a body."""
    name = line(name)
    return name if name.lower().startswith(NOT_A_PERSON) else f"đồng chí {name}"


def at_bridge_point(name: str) -> str:
    """Return a bridge point's name inside a sentence."""
    name = line(name)
    return name[0].lower() + name[1:] if name.lower().startswith("điểm cầu") else f"điểm cầu {name}"


def sentence(phrase: str) -> str:
    """Return a phrase with a capital at its beginning and a full stop at its end."""
    return phrase[:1].upper() + phrase[1:].rstrip(" .") + "."


def speaker(payload: Mapping[str, Any]) -> str:
    """Return who speaks: name, office and bridge point, or a bridge point's representative who has not been named."""
    name, office, where = (line(payload.get(key) or "") for key in ("name", "office", "bridge_point"))
    if name == where and where:
        return f"đại diện {at_bridge_point(where)}"
    parts = [comrade(name), office if office != name else "", at_bridge_point(where) if where else ""]
    return ", ".join(part for part in parts if part)


def meeting_opened(entry: Entry, day: date) -> str:
    """The beginning, with its date."""
    return f"Hội nghị khai mạc vào hồi {hour(entry.at)}, {day_in_words(local_day(entry.at))}"


def meeting_suspended(entry: Entry, day: date) -> str:
    """The beginning of a recess."""
    return f"Hội nghị tạm nghỉ từ {moment(entry.at, day)}"


def meeting_resumed(entry: Entry, day: date) -> str:
    """The end of a recess."""
    return f" đến {moment(entry.at, day)}"


def meeting_adjourned(entry: Entry, day: date) -> str:
    """The end, with its date."""
    return f"Hội nghị kết thúc vào hồi {hour(entry.at)}, {day_in_words(local_day(entry.at))}"


def item_opened(entry: Entry, day: date) -> str:
    """The beginning of an item."""
    return f"Thời gian: từ {moment(entry.at, day)}"


def item_closed(entry: Entry, day: date) -> str:
    """The end of an item."""
    return f" đến {moment(entry.at, day)}"


def item_deferred(entry: Entry, day: date) -> str:
    """An item put off."""
    return f"“{line(entry.payload['title'])}” (hoãn lúc {moment(entry.at, day)})"


def floor_given(entry: Entry, day: date) -> str:
    """The beginning of a speech."""
    who = speaker(entry.payload)
    return f"{who}{',' if ', ' in who else ''} phát biểu từ {moment(entry.at, day)}"


def floor_yielded(entry: Entry, day: date) -> str:
    """The end of a speech."""
    return f" đến {moment(entry.at, day)}"


def presence_marked(entry: Entry, day: date) -> str:
    """People who came, or were found absent, while the meeting was in session."""
    who = at_bridge_point(entry.payload["bridge_point_name"]) if entry.payload["bridge_point_name"] else "đại biểu khác"
    word = "có mặt" if entry.payload["state"] == "present" else "vắng mặt"
    return f"{who}: {number(len(entry.payload['participants']))} đại biểu {word} ({moment(entry.at, day)})"


def outages_begun(entry: Entry, day: date) -> str:
    """The beginning of a row of the annex for each line that was lost: which bridge point, since when."""
    rows = entry.payload["outages"]
    return "\n".join(f"{cell(row['name'])}{CELL}{second(datetime.fromisoformat(row['began_at']), day)}" for row in rows)


def outages_ended(entry: Entry, day: date) -> str:
    """The end of such a row: until when, for how long."""
    rows = entry.payload["outages"]
    return "\n".join(f"{second(datetime.fromisoformat(row['ended_at']), day)}{CELL}{lasted(shown_seconds(row))}" for row in rows)


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
    "presence.marked": presence_marked,
    "outages.begun": outages_begun,
    "outages.ended": outages_ended,
}

_PREPARED = "Preparation. What came of it stands in the head, the composition and the table of bridge points."
_PROGRAMME = "Preparation. An item is told with the title and presenter it had when it was open, or was put off."
_WISH = "A wish to speak is no speech; speeches are told."
_TECHNICAL = "Equipment of the halls, no part of the proceedings."
_SPOKEN_TO_HALLS = "What the control room tells the halls is no part of the proceedings; what they do upon it is told."
_OWN = "The minutes do not tell of themselves; their history is the journal's."

#: Kinds of fact that get no sentence of their own, each with the reason.
NOT_MINUTED: dict[str, str] = {
    "meeting.created": _PREPARED,
    "meeting.edited": _PREPARED,
    "bridge_points.added": _PREPARED,
    "bridge_point.edited": _PREPARED,
    "bridge_point.removed": _PREPARED,
    "participants.added": _PREPARED,
    "participant.edited": _PREPARED,
    "participant.removed": _PREPARED,
    "clock.set": "Only demonstrations and rehearsals have a clock that can be set.",
    "item.added": _PROGRAMME,
    "item.edited": _PROGRAMME,
    "item.moved": _PROGRAMME,
    "item.removed": _PROGRAMME,
    "floor.requested": _WISH,
    "floor.withdrawn": _WISH,
    "display.opened": _TECHNICAL,
    "display.revoked": _TECHNICAL,
    "displays.steered": _TECHNICAL,
    "announcement.published": _SPOKEN_TO_HALLS,
    "announcement.withdrawn": _SPOKEN_TO_HALLS,
    "site_command.issued": _SPOKEN_TO_HALLS,
    "site_command.acknowledged": _SPOKEN_TO_HALLS,
    "site_command.withdrawn": _SPOKEN_TO_HALLS,
    "message.sent": "A line is for those at its ends.",
    "minutes.drafted": _OWN,
    "block.edited": _OWN,
    "minutes.approved": _OWN,
    "minutes.printed": _OWN,
}
