"""The contact sheet: who is to be called at each bridge point. Telephone numbers are those of the directory, read now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone

from meetings.models import BridgePoint, Meeting, Participant, Role
from meetings.sites.lists import in_order
from people.models import Person
from printing.contacts import Contact, Line, print_contacts
from printing.order import Particulars

AT_ONCE = 150  # bridge points printed while the page waits; more are a job, in parts of this size


def lines_of(meeting: Meeting, *, under: int | None = None) -> list[Line]:
    """Return a line for each bridge point as the tree is read; with `under` that one and those under it."""
    sites = [site for site in in_order(meeting) if under is None or under in (site.pk, site.parent_id)]
    parents = {site.parent_id for site in sites}
    return [_line(site, is_top=site.pk in parents) for site in sites]


def _line(site: BridgePoint, *, is_top: bool) -> Line:
    crew: list[Participant] = site.crew  # type: ignore[attr-defined]
    return Line(
        number=site.number, name=site.name, place=site.place, heads=[_contact(site.head)] if site.head else [],
        operators=[_contact(one.person, one.name) for one in crew if one.role == Role.OPERATOR],
        technicians=[_contact(one.person, one.name) for one in crew if one.role == Role.TECHNICIAN],
        is_top=is_top, is_below=site.parent_id is not None,
    )  # fmt: skip


def _contact(person: Person, name: str = "") -> Contact:
    return Contact(name or person.full_name, person.phone)


def parts_of(lines: Sequence[Line]) -> Iterator[tuple[str, Sequence[Line]]]:
    """Yield the parts of a long sheet with what their pages call them."""
    parts = [lines[first : first + AT_ONCE] for first in range(0, len(lines), AT_ONCE)]
    for n, part in enumerate(parts, start=1):
        yield (f"Phần {n}/{len(parts)}" if len(parts) > 1 else ""), part


def print_part(meeting: Meeting, lines: Sequence[Line], part: str = "") -> bytes:
    """Return the PDF of lines. Raises PrintingError."""
    now = timezone.localtime()
    about = Particulars(
        title=f"Danh sách liên hệ các điểm cầu – {meeting.title}", dated=now, author=meeting.organiser.name,
        identifier=f"contacts {meeting.pk} {part} {now.isoformat()}",
    )  # fmt: skip
    as_of = now.strftime("%H:%M, %d/%m/%Y")
    return print_contacts(lines, title=meeting.title, as_of=as_of, about=about, part=part, demonstration=meeting.is_demonstration)
