"""What takes the places of words in braces: for everybody the same, and for one invited person."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from issuing.models import InvitationText
from meetings.hashing import canonical
from meetings.models import BridgePoint, Meeting, Participant, Role, Sitting
from people.models import Organisation
from printing.papers import day_in_words

_MODES = {Participant.Mode.IN_PERSON: "trực tiếp", Participant.Mode.ONLINE: "trực tuyến"}


@dataclass(frozen=True)
class Occasion:
    """What all invitations of a meeting say alike."""

    title: str
    body: str
    place: str
    chair: str
    time: str
    answer_by: str
    number: str
    dated: str

    def values_for(self, participant: Participant) -> dict[str, str]:
        """Return what takes the place of each word for one participant (whose bridge point is at hand)."""
        return {
            "tên": participant.name,
            "chức vụ": participant.position,
            "đơn vị": participant.unit,
            "chức danh": participant.office,
            "hội nghị": self.title,
            "cơ quan": self.body,
            "chủ trì": self.chair,
            "thời gian": self.time,
            "địa điểm": self.where(participant.bridge_point),
            "hình thức": _MODES[Participant.Mode(participant.mode)],
            "hạn trả lời": self.answer_by,
            "số": self.number,
            "ngày": self.dated,
        }

    def where(self, point: BridgePoint | None) -> str:
        """Return where somebody of a bridge point goes."""
        if point is None:
            return self.place
        place = point.place or (self.place if point.is_central else "")
        if not place or place.casefold() in point.name.casefold():
            return point.name
        return f"{point.name}, {place}"

    def told(self, point: BridgePoint | None) -> str:
        """Return a hash of time and place as somebody of a bridge point is told them."""
        return hashlib.sha256(canonical([self.time, self.where(point)]).encode()).hexdigest()


def occasion(meeting: Meeting, text: InvitationText, *, number: str = "", dated: date | None = None) -> Occasion:
    """Read what all invitations of a meeting say alike."""
    chairs = meeting.participants.filter(role=Role.CHAIR, is_excused=False).order_by("pk")
    end = text.answer_by
    return Occasion(
        title=meeting.title,
        body=meeting.organiser.name,
        place=meeting.place,
        chair="; ".join(_chair(one, meeting.organiser.body) for one in chairs),
        time=times(meeting.sittings.all()),
        answer_by=moment(end) if end else "ngày khai mạc",
        number=number,
        dated=day_in_words(dated) if dated else "",
    )


def _chair(participant: Participant, body: str) -> str:
    who = f"Đồng chí {participant.name}" if body == Organisation.Body.PARTY else f"Ông/Bà {participant.name}"
    return f"{who}, {participant.office}" if participant.office else who


def times(sittings: Iterable[Sitting]) -> str:
    """Return when the sittings are, in words."""
    rows: Sequence[Sitting] = list(sittings)
    said = [_time(sitting) for sitting in rows]
    if len(said) < 2:
        return "".join(said)
    return "; ".join(f"phiên {sitting.number}: {words}" for sitting, words in zip(rows, said, strict=True))


def _time(sitting: Sitting) -> str:
    start = timezone.localtime(sitting.starts_at)
    words = f"{_hour(start)}, {day_in_words(start.date())}"
    if sitting.ends_at is None:
        return f"từ {words}"
    end = timezone.localtime(sitting.ends_at)
    if end.date() == start.date():
        return f"từ {_hour(start)} đến {_hour(end)}, {day_in_words(start.date())}"
    return f"từ {words} đến {_hour(end)}, {day_in_words(end.date())}"


def moment(at: datetime) -> str:
    """Return a moment in words."""
    local = timezone.localtime(at)
    return f"{_hour(local)}, {day_in_words(local.date())}"


def _hour(at: datetime) -> str:
    return f"{at:%H} giờ {at:%M}"
