"""What lets the demonstration's next conference begin from this one: a template, offices that have changed since, holidays."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from meetings.actions import NewSitting, clone_meeting, edit_participants
from meetings.deadlines.actions import add_holiday
from meetings.deadlines.models import Holiday
from meetings.directory.actions import add_position
from meetings.models import Meeting
from meetings.procedure import Actor
from meetings.wiping import wipe
from people.models import Organisation, Position

TEMPLATE = "Mẫu: Hội nghị trực tuyến toàn quốc"
PARTS = ("programme", "bridge_points", "chair", "secretaries", "displays")
# Whom the conference invites year after year.
STANDING = "Chánh Văn phòng"
# By province: the office held now, since when; until when the old one was held, where there is no new one.
PROMOTED = {"08": ("Phó Bí thư", date(2026, 1, 12)), "24": ("Trưởng ban Tổ chức", date(2026, 3, 2))}
RETIRED = {"44": date(2026, 6, 30)}
# Days off as they were announced, beside those the solar calendar fixes; True: work is made up on that day.
DAYS = (
    *((date(2025, 1, day), "Tết Nguyên đán Ất Tỵ", False) for day in (27, 28, 29, 30, 31)),
    (date(2025, 4, 7), "Giỗ Tổ Hùng Vương", False),
    (date(2025, 4, 26), "Làm bù cho ngày 02/5", True),
    (date(2025, 5, 2), "Nghỉ hoán đổi", False),
    (date(2025, 9, 1), "Quốc khánh", False),
    *((date(2026, 2, day), "Tết Nguyên đán Bính Ngọ", False) for day in (16, 17, 18, 19, 20)),
    (date(2026, 4, 27), "Nghỉ bù Giỗ Tổ Hùng Vương", False),
)


def load(meeting: Meeting, by: Actor) -> None:
    """Save the conference as a template, let some offices change in the directory, enter the holidays."""
    heads = meeting.participants.filter(position=STANDING, bridge_point__organisation__kind=Organisation.Kind.PROVINCE)
    edit_participants(meeting, by=by, participants=list(heads), changes={"is_standing": True})
    sittings = [NewSitting(s.starts_at, s.ends_at, s.title, s.pk) for s in meeting.sittings.all()]
    clone_meeting(
        by=by, source=meeting, title=TEMPLATE, organiser=meeting.organiser, mode=meeting.mode, place=meeting.place,
        sittings=sittings, parts=PARTS, kind=Meeting.Kind.TEMPLATE,
    )  # fmt: skip
    moved = heads.filter(bridge_point__organisation__code__in=[*PROMOTED, *RETIRED])
    for head in moved.select_related("person", "bridge_point__organisation"):
        assert head.bridge_point is not None
        assert head.bridge_point.organisation is not None
        province = head.bridge_point.organisation
        title, since = PROMOTED.get(province.code, (STANDING, None))
        add_position(
            by=by, person=head.person, organisation=province, title=title, since=since, until=RETIRED.get(province.code)
        )  # fmt: skip
    known = set(Holiday.objects.values_list("day", flat=True))
    for day, words, is_working in DAYS:
        if day not in known:
            add_holiday(by=by, day=day, title=words, is_working=is_working)


def remove(meeting: Meeting) -> None:
    """Take the template out, and the offices of people who are nowhere else; holidays stay."""
    own = Q(until__in=RETIRED.values(), title=STANDING)
    for title, since in PROMOTED.values():
        own |= Q(since=since, title=title)
    Position.objects.filter(own, person__participations__meeting=meeting, person__user=None).delete()
    for template in Meeting.objects.filter(cloned_from=meeting, kind=Meeting.Kind.TEMPLATE, title=TEMPLATE):
        wipe(template)
