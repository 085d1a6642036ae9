"""Badges on paper: what stands on each, in Vietnamese whatever the screens speak."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.utils import timezone

from attendance.badges import queries, short_code
from attendance.badges.models import Credential
from meetings.models import Meeting, Participant, Role
from printing.badges import Badge, Occasion, print_badges
from printing.order import Particulars

#: Badges printed while the page waits; more are a job, in parts of this size.
AT_ONCE = 200
#: Of each role: what the band says, and its colour.
_KINDS = {
    Role.CHAIR: ("CHỦ TRÌ", "chair"),
    Role.SECRETARY: ("THƯ KÝ", "secretary"),
    Role.DELEGATE: ("ĐẠI BIỂU", "delegate"),
    Role.GUEST: ("KHÁCH MỜI", "guest"),
    Role.OPERATOR: ("ĐIỀU HÀNH ĐIỂM CẦU", "staff"),
    Role.TECHNICIAN: ("KỸ THUẬT", "staff"),
    Role.OBSERVER: ("QUAN SÁT", "observer"),
}


def to_print(meeting: Meeting, participants: Collection[int] | None = None) -> list[Credential]:
    """Return the credentials that hold while the meeting is held, by bridge points: of those given by key, or of all."""
    found = queries.to_hand_out(meeting).select_related("participant__bridge_point", "participant__group", "key")
    if participants is not None:
        found = found.filter(participant__in=participants)
    return list(found.order_by("participant__bridge_point__number", "participant__folded", "participant_id"))


def print_some(meeting: Meeting, credentials: Sequence[Credential], form: str) -> bytes:
    """Return the PDF of badges, and note when they were printed. Raises PrintingError; OutOfOrder when a key cannot be opened."""
    now = timezone.localtime()
    codes = queries.codes(credentials)
    badges = [_badge(one, codes[one.participant_id]) for one in credentials]
    about = Particulars(
        title=f"Thẻ đại biểu – {meeting.title}",
        identifier=f"badges {meeting.pk} {form} {now.isoformat()} {[one.pk for one in credentials]}",
        dated=now,
        author=meeting.organiser.name,
    )
    occasion = Occasion(meeting.title, meeting.organiser.name, demonstration=meeting.is_demonstration)
    pdf = print_badges(badges, occasion, form=form, about=about)
    Credential.objects.filter(pk__in=[one.pk for one in credentials]).update(printed_at=now)
    return pdf


def _badge(credential: Credential, code: str) -> Badge:
    one: Participant = credential.participant
    kind, tone = _KINDS[Role(one.role)]
    return Badge(
        name=one.name, kind=kind, tone=tone, office=one.office,
        site=one.bridge_point.name if one.bridge_point else "", group=one.group.name if one.group else "",
        code=code, short=short_code.spelled(credential.short_code),
    )  # fmt: skip
