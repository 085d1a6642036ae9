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


def floor_given(entry: Entry, frame: Frame) -> str:
    """The beginning of a speech."""
    who = speaker(entry.payload, is_state=frame.is_state)
    return f"{who}{',' if ', ' in who else ''} phát biểu từ {moment(entry.at, frame.day)}"


def floor_yielded(entry: Entry, frame: Frame) -> str:
    """The end of a speech."""
    return f" đến {moment(entry.at, frame.day)}"


def presence_marked(entry: Entry, frame: Frame) -> str:
    """People who came, or were found absent, while the meeting was in session."""
    who = at_bridge_point(entry.payload["bridge_point_name"]) if entry.payload["bridge_point_name"] else "đại biểu khác"
    word = "có mặt" if entry.payload["state"] == "present" else "vắng mặt"
    return f"{who}: {number(len(entry.payload['participants']))} đại biểu {word} ({moment(entry.at, frame.day)})"


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
    "presence.marked": presence_marked,
    "outages.begun": outages_begun,
    "outages.ended": outages_ended,
    "conclusion.adopted": conclusion_adopted,
    "conclusion.withdrawn": conclusion_withdrawn,
}

_PREPARED = "Preparation. What came of it stands in the head, the composition and the table of bridge points."
_PROGRAMME = "Preparation. An item is told with the title and presenter it had when it was open, or was put off."
_WISH = "A wish to speak is no speech; speeches are told."
_TECHNICAL = "Equipment of the halls, no part of the proceedings."
_SPOKEN_TO_HALLS = "What the control room tells the halls is no part of the proceedings; what they do upon it is told."
_OWN = "The minutes do not tell of themselves; their history is the journal's."

_WORDED = "How a conclusion came to be worded; the minutes tell what was adopted."
_ON_PAPER = "The register of hand-outs tells who has which numbered copy, and that it came back."
_CAME = "Who came without registration is told as somebody who is there: in the composition, and among those who came late."
#: Kinds of fact that get no sentence of their own, each with the reason.
_NUMBERED = "The registers of the office tell which paper has which number."
_INVITED = "Who was invited and answered is the work before; the minutes tell who was present."
NOT_MINUTED: dict[str, str] = {
    "meeting.created": _PREPARED,
    "meeting.edited": _PREPARED,
    "meeting.cloned": _PREPARED,
    "series.set": _PREPARED,
    "deadline.set": _PREPARED,
    "deadline.reset": _PREPARED,
    "bridge_points.added": _PREPARED,
    "bridge_point.edited": _PREPARED,
    "bridge_points.edited": _PREPARED,
    "bridge_points.moved": _PREPARED,
    "bridge_points.removed": _PREPARED,
    "bridge_points.imported": _PREPARED,
    "bridge_point.removed": _PREPARED,
    "participants.added": _PREPARED,
    "participants.edited": _PREPARED,
    "participants.imported": _PREPARED,
    "participants.excused": _PREPARED,
    "participants.expected": _PREPARED,
    "participants.removed": _PREPARED,
    "participant.excused": _PREPARED,
    "participant.expected": _PREPARED,
    "participant.substituted": _PREPARED,
    "walk_in.added": _CAME,
    "walk_in.removed": _CAME,
    "badges.issued": _PREPARED,
    "badges.reissued": _PREPARED,
    "badges.revoked": _PREPARED,
    "group.added": _PREPARED,
    "group.renamed": _PREPARED,
    "group.removed": _PREPARED,
    "participant.edited": _PREPARED,
    "participant.removed": _PREPARED,
    "terms.set": _PREPARED,
    "units.asked": _PREPARED,
    "unit.edited": _PREPARED,
    "units.extended": _PREPARED,
    "units.reminded": _PREPARED,
    "units.withdrawn": _PREPARED,
    "unit.completed": _PREPARED,
    "unit.resumed": _PREPARED,
    "change.requested": _PREPARED,
    "change.granted": _PREPARED,
    "change.declined": _PREPARED,
    "registration.added": _PREPARED,
    "registration.edited": _PREPARED,
    "registration.removed": _PREPARED,
    "registrations.added": _PREPARED,
    "registrations.sent": _PREPARED,
    "registrations.approved": _PREPARED,
    "registrations.refused": _PREPARED,
    "speech_call.set": _PREPARED,
    "speech_call.closed": _PREPARED,
    "speech.offered": _PREPARED,
    "speech.edited": _PREPARED,
    "speech.withdrawn": _PREPARED,
    "speech.picked": _PREPARED,
    "speech.unpicked": _PREPARED,
    "speech.returned": _PREPARED,
    "speech.moved": _PREPARED,
    "speeches.scheduled": _PREPARED,
    "document.added": _PREPARED,
    "document.edited": _PREPARED,
    "document.moved": _PREPARED,
    "document.removed": _PREPARED,
    "hand_in.requested": _PREPARED,
    "hand_in.granted": _PREPARED,
    "hand_in.declined": _PREPARED,
    "version.added": _PREPARED,
    "version.checked": _PREPARED,
    "version.approved": _PREPARED,
    "version.returned": _PREPARED,
    "version.judged": _PREPARED,
    "document.released": _PREPARED,
    "document.recalled": _PREPARED,
    "calendar.renewed": _PREPARED,
    "register.opened": _NUMBERED,
    "number.given": _NUMBERED,
    "invitation_text.edited": _INVITED,
    "invitations.issued": _INVITED,
    "invitations.sent": _INVITED,
    "invitations.reminded": _INVITED,
    "invitations.recalled": _INVITED,
    "invitations.printed": _INVITED,
    "invitation.answered": _INVITED,
    "substitute.approved": _INVITED,
    "substitute.refused": _INVITED,
    "clock.set": "Only demonstrations and rehearsals have a clock that can be set.",
    "item.added": _PROGRAMME,
    "item.edited": _PROGRAMME,
    "item.moved": _PROGRAMME,
    "item.removed": _PROGRAMME,
    "items.added": _PROGRAMME,
    "items.retimed": _PROGRAMME,
    "programme.undone": _PROGRAMME,
    "programme.released": _PROGRAMME,
    "floor.requested": _WISH,
    "floor.withdrawn": _WISH,
    "copy.issued": _ON_PAPER,
    "copy.collected": _ON_PAPER,
    "copy.lost": _ON_PAPER,
    "copy.traced": "who looked for whose copy it was: it stands in the journal",
    "folder.made": "for the case that a line is cut: nothing of the meeting itself",
    "folder.entered": "who was present stands in the entries of the marks",
    "papers.reminded": _PREPARED,
    "display.opened": _TECHNICAL,
    "display.revoked": _TECHNICAL,
    "door.opened": _TECHNICAL,
    "door.closed": _TECHNICAL,
    "scanner.opened": _TECHNICAL,
    "scanner.revoked": _TECHNICAL,
    "displays.steered": _TECHNICAL,
    "announcement.published": _SPOKEN_TO_HALLS,
    "announcement.withdrawn": _SPOKEN_TO_HALLS,
    "site_command.issued": _SPOKEN_TO_HALLS,
    "site_command.acknowledged": _SPOKEN_TO_HALLS,
    "site_command.withdrawn": _SPOKEN_TO_HALLS,
    "message.sent": "A line is for those at its ends.",
    "block.edited": _OWN,
    "block.added": _OWN,
    "block.excluded": _OWN,
    "block.included": _OWN,
    "block.taken": _OWN,
    "block.dismissed": _OWN,
    "block.restored": _OWN,
    "conclusion.proposed": _WORDED,
    "conclusion.changed": _WORDED,
    "conclusion.moved": _WORDED,
    "conclusion.shown": _WORDED,
    "conclusion.hidden": _WORDED,
    "circulation.opened": _OWN,
    "circulation.extended": _OWN,
    "circulation.reminded": _OWN,
    "circulation.agreed": _OWN,
    "circulation.closed": _OWN,
    "remark.added": _OWN,
    "remark.changed": _OWN,
    "remark.withdrawn": _OWN,
    "remark.taken": _OWN,
    "remark.answered": _OWN,
    "remark.reopened": _OWN,
    "recipients.set": _OWN,
    "recipients.reminded": _OWN,
    "paper.drafted": _OWN,
    "paper.edited": _OWN,
    "paper.approved": _OWN,
    "paper.returned": _OWN,
    "paper.removed": _OWN,
    "paper.issued": _OWN,
    "paper.filed": _OWN,
    "paper.recalled": _OWN,
    "delivery.marked": _OWN,
    "minutes.approved": _OWN,
    "minutes.printed": _OWN,
}
