"""What stands in the folders of bridge points, read in a number of queries that does not grow with them, and its digests."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from agenda import queries as programmes
from agenda.models import ProgrammeRelease
from agenda.running.hiding import hide_in
from agenda.showing import shown_snapshot
from agenda.snapshots import Snapshot, digest
from attendance.badges.queries import valid
from attendance.badges.short_code import spelled
from control.video.models import VideoAddress
from control.video.queries import printed
from meetings import clock
from meetings.hashing import canonical
from meetings.models import COUNTED_ROLES, BridgePoint, Meeting, Participant, Role
from meetings.templatetags.wording import weekday
from packets.folder.codes import form_numbers
from people.models import Person
from printing.folder import Contact, Folder, Line, Part
from printing.folder import Person as Listed

SHORT = 16
CENTRE_AT_MOST = 14
_CREW = (Role.OPERATOR, Role.TECHNICIAN)
_DUTIES = {Role.SECRETARY: "Thư ký hội nghị", Role.OPERATOR: "Cán bộ trực điểm cầu", Role.TECHNICIAN: "Cán bộ kỹ thuật"}


@dataclass(frozen=True)
class Programme:
    """The programme as released last, or as it stands while nothing has been released."""

    snapshot: Snapshot
    release: ProgrammeRelease | None

    @property
    def digest(self) -> str:
        """What it is known by; a release of the same programme under another number is the same."""
        return digest(self.snapshot)[:SHORT]

    def name(self) -> str:
        """Say in Vietnamese which one it is."""
        if self.release is None:
            return "DỰ THẢO – chưa phát hành"
        return f"bản phát hành số {self.release.number}, lúc {_moment(self.release.released_at)}"

    def parts(self) -> list[Part]:
        """Return its lines by sittings."""
        with translation.override("vi"):
            return [
                Part(part.heading, [
                    Line(one.number, one.time, one.title, one.presenter, min(one.depth, 2), one.is_heading) for one in part.lines
                ])
                for part in shown_snapshot(self.snapshot)
            ]  # fmt: skip


def programme_of(meeting: Meeting) -> Programme:
    """Return the programme for the folders, which lie open: without titles that are secret."""
    release = meeting.releases.first()
    found = release.snapshot if release else programmes.draft_snapshot(meeting)
    with translation.override("vi"):
        return Programme(hide_in(found, {item["id"] for item in found["items"] if item.get("secret")}), release)


def lists_of(meeting: Meeting, sites: Collection[int] | None = None) -> dict[int, list[Listed]]:
    """Return the list of each bridge point (of those given, or of all): who is counted there, with the codes of their badges."""
    found = meeting.participants.filter(role__in=COUNTED_ROLES, bridge_point__isnull=False)
    codes = valid(meeting)
    if sites is not None:
        found, codes = found.filter(bridge_point__in=sites), codes.filter(participant__bridge_point__in=sites)
    short = dict(codes.values_list("participant_id", "short_code"))
    lists: dict[int, list[Listed]] = defaultdict(list)
    for one in found.select_related("group", "substitute_for").order_by("bridge_point", "is_excused", "pk"):
        code = short.get(one.pk, "")
        lists[one.bridge_point_id or 0].append(Listed(one.name, one.office, spelled(code) if code else "", _note(one)))
    return lists


def _note(one: Participant) -> str:
    words = [one.group.name if one.group else ""]
    words += ["trực tuyến"] if one.mode == Participant.Mode.ONLINE else []
    words += [f"dự thay {one.substitute_for.name}"] if one.substitute_for else []
    words += ["báo vắng"] if one.is_excused else []
    return ", ".join(filter(None, words))


def list_digest(people: Iterable[Listed]) -> str:
    """Return what a list is known by: its names, offices, codes of badges and notes, in their order."""
    return hashlib.sha256(canonical([list(astuple(one)) for one in people]).encode()).hexdigest()[:SHORT]


@dataclass(frozen=True)
class Crew:
    """Whom to call: of each bridge point, and at the centre. Telephone numbers are those of the directory, read now."""

    centre: Sequence[Contact] = ()
    sites: Mapping[int, Sequence[Contact]] = field(default_factory=dict)


def crew_of(meeting: Meeting, sites: Sequence[BridgePoint]) -> Crew:
    """Return whom to call: at the centre, at the bridge points and at those above them."""
    centre = meeting.bridge_points.filter(is_central=True).select_related("head").first()
    above = {site.parent_id for site in sites if site.parent_id is not None}
    parents = {site.pk: site for site in meeting.bridge_points.filter(pk__in=above).select_related("head")}
    own = {site.pk for site in sites} | above
    rows: dict[int | None, list[Contact]] = defaultdict(list)
    secretaries = []
    serving = meeting.participants.filter(role__in=(*_CREW, Role.SECRETARY)).select_related("person").order_by("role", "pk")
    for one in serving:
        if one.role == Role.SECRETARY:
            secretaries.append(_contact(_DUTIES[Role.SECRETARY], one.person, one.name))
        elif one.bridge_point_id in own or (centre and one.bridge_point_id == centre.pk):
            rows[one.bridge_point_id].append(_contact(_DUTIES[Role(one.role)], one.person, one.name))
    first = [_contact("Phụ trách điểm cầu trung tâm", centre.head)] if centre and centre.head else []
    at_centre = [*first, *rows[centre.pk if centre else None], *secretaries]
    heads = {site.pk: [_contact("Phụ trách điểm cầu", site.head)] if site.head else [] for site in sites}
    told = {site.pk: [*heads[site.pk], *rows[site.pk]] for site in sites}
    for site in sites:
        if parent := parents.get(site.parent_id or 0):
            told[site.pk] += [_above(parent, one) for one in _of_parent(parent, rows)]
    return Crew(at_centre[:CENTRE_AT_MOST], told)


def _of_parent(parent: BridgePoint, rows: Mapping[int | None, list[Contact]]) -> list[Contact]:
    return ([_contact("Phụ trách", parent.head)] if parent.head else []) + rows.get(parent.pk, [])


def _above(parent: BridgePoint, one: Contact) -> Contact:
    return Contact(f"{one.role}, {parent.short_name}", one.name, one.phone)


def _contact(duty: str, person: Person, name: str = "") -> Contact:
    return Contact(duty, name or person.full_name, person.phone)


def numbers_of(meeting: Meeting) -> dict[int, int]:
    """Return the number on the forms of each bridge point of a meeting."""
    rows = meeting.bridge_points.order_by("number").values_list("pk", "number", "organisation__code")
    return form_numbers([(pk, number, code or "") for pk, number, code in rows])


def video_of(meeting: Meeting, sites: Sequence[BridgePoint]) -> dict[int, list[str]]:
    """Return the ways into the video conference as each folder prints them; never a PIN, nor what is only watched."""
    wanted = Q(bridge_point=None) | Q(bridge_point__in=[site.pk for site in sites])
    rows = list(meeting.video_addresses.filter(wanted).exclude(use=VideoAddress.Use.VIEW).order_by("number"))
    with translation.override("vi"):
        return {site.pk: printed(site, rows) for site in sites}


def folders_of(meeting: Meeting, sites: Sequence[BridgePoint]) -> dict[int, Folder]:
    """Return the folders of bridge points as they are now, by their keys. `sites` have their heads at hand."""
    programme = programme_of(meeting)
    parts, lists, crew = programme.parts(), lists_of(meeting, [site.pk for site in sites]), crew_of(meeting, sites)
    when, now = _when(meeting), _moment(clock.now(meeting))
    numbers, video = numbers_of(meeting), video_of(meeting, sites)
    return {
        site.pk: Folder(
            number=numbers[site.pk], site=site.name, place=site.place, title=meeting.title,
            organiser=meeting.organiser.name.upper(), held_at=meeting.place, when=when, as_of=now,
            version=meeting.journal.head, programme=programme.name(), address=address_of(meeting, site), parts=parts,
            people=lists.get(site.pk, []), centre=crew.centre, own=crew.sites[site.pk], video=video[site.pk],
            demonstration=meeting.is_demonstration,
        )
        for site in sites
    }  # fmt: skip


def address_of(meeting: Meeting, site: BridgePoint) -> str:
    """Return the whole address of the page where a bridge point's forms are entered."""
    return settings.PUBLIC_URL + reverse("packets:folder_entry", args=[meeting.slug, site.pk])


def _when(meeting: Meeting) -> str:
    """Say in Vietnamese when the meeting is held: its sittings, or the first of many."""
    moments = sorted(sitting.starts_at for sitting in meeting.sittings.all())
    with translation.override("vi"):
        said = [f"{_hour(moment)}, {str(weekday(moment)).lower()}, ngày {_day(moment)}" for moment in moments[:3]]
    return "; ".join(said) + (" …" if len(moments) > 3 else "") if said else "chưa định"


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y}"


def _moment(moment: datetime) -> str:
    return f"{_hour(moment)}, {_day(moment)}"
