"""The demonstration's papers: read, late, held, recalled, on paper, in preparation; and who has read them so far.

The reading copies are made while it is loaded, through the pipeline of every other paper, without LibreOffice and without a job.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from agenda.models import AgendaItem, Speech
from copies.making import Made, make_reading_copy
from demo.fixture import conference
from demo.preparing.texts import PAPERS, path_of
from demo.roster import READING
from meetings import clock
from meetings.deadlines.actions import set_deadline
from meetings.deadlines.models import DeadlineKind
from meetings.journal import transition
from meetings.models import Meeting, Participant, Role
from meetings.procedure import Ability, Actor
from packets.desk.actions import Stored, add_document, add_version, approve_version, check_version
from packets.handouts.actions import collect_copy, issue_copy
from packets.models import Document, Opening, Reading, Version
from packets.preparing.work import write_copy
from packets.releasing.actions import Openness, recall_document, release_document
from packets.tracing.codes import new_code
from people.models import User

EVERYBODY = Openness(to_everyone=True)
SPEAKING = "15"
CHANGED = "Bổ sung kết quả đọc tài liệu trên máy tính bảng và nhiệm vụ tập huấn."


@dataclass(frozen=True)
class Copy:
    """A reading copy that lies in the store with its original."""

    original: Stored
    place: Path
    made: Made


def load(meeting: Meeting, by: Actor, copies: dict[str, Future[Copy]]) -> None:
    """Enter the papers, release most of them, let some provinces read, change one, recall one, hand copies out."""
    begins = conference().clock
    set_deadline(meeting, by=by, kind=DeadlineKind.PAPERS, due_at=begins + timedelta(hours=1))
    desk = Desk(meeting, by, copies)
    report, launch = desk.item(AgendaItem.Kind.REPORT), desk.item(AgendaItem.Kind.LAUNCH)
    guide = desk.paper("huong-dan", "Hướng dẫn dự Hội nghị tại các điểm cầu")
    lines = desk.paper("ky-thuat", "Hướng dẫn kỹ thuật đối với các điểm cầu")
    main = desk.paper("bao-cao-1", "Báo cáo tóm tắt kết quả công tác và nhiệm vụ trọng tâm thời gian tới", item=report)
    annex = desk.paper("phu-luc", "Phụ lục số liệu kèm theo Báo cáo tóm tắt", item=report)
    speech = desk.paper("tham-luan-15", "Tham luận: Tổ chức họp trực tuyến thông suốt ở địa bàn miền núi", speech=desk.speech())
    answers = desk.paper(
        "giai-trinh", "Báo cáo giải trình, tiếp thu kiến nghị, đề xuất", item=desk.item(AgendaItem.Kind.REPORT, 1)
    )
    draft = desk.paper("du-thao-ket-luan", "Dự thảo Kết luận Hội nghị", item=desk.item(AgendaItem.Kind.CONCLUSION))
    desk.approve(guide, lines, main, annex, speech, answers, draft)
    desk.release(Openness(to_everyone=True, may_download=True, may_print=True), guide)
    desk.release(Openness(roles=[Role.OPERATOR, Role.TECHNICIAN], may_download=True), lines)
    desk.release(EVERYBODY, main, annex)
    desk.release(Openness(to_everyone=True, holds_for_item=True), speech)
    desk.release(Openness(roles=[Role.CHAIR, Role.SECRETARY], groups=desk.groups("Khối Trung ương")), draft)
    _read(meeting, [guide, main, annex])
    desk.new_version(main, "bao-cao-2", note=CHANGED)
    _read(meeting, [main], of=(READING[0],))
    recall_document(meeting, by=by, documents=[draft])
    set_deadline(meeting, by=by, kind=DeadlineKind.PAPERS, due_at=begins)
    desk.release(EVERYBODY, answers)
    plan = desk.paper("thi-dua", "Kế hoạch phát động phong trào thi đua", item=launch)
    check_version(meeting, by=by, versions=[plan.versions.get()])
    add_document(meeting, by=by, title="Danh sách khen thưởng (chờ văn bản)", item=desk.item(AgendaItem.Kind.AWARDS))
    _on_paper(desk)


class Desk:
    """The secretary's hand over the demonstration's papers."""

    def __init__(self, meeting: Meeting, by: Actor, copies: dict[str, Future[Copy]]) -> None:
        """Take what is being made of the files, by their names."""
        self.meeting, self.by, self._copies = meeting, by, copies

    def item(self, kind: str, nth: int = 0) -> AgendaItem | None:
        """Return an item of the programme by its kind."""
        return next(iter(self.meeting.items.filter(kind=kind).order_by("position")[nth : nth + 1]), None)

    def speech(self) -> Speech | None:
        """Return the speech of the province whose paper there is."""
        return self.meeting.speeches.filter(unit__organisation__code=SPEAKING).first()

    def groups(self, name: str) -> list[Any]:
        """Return a group of participants by its name."""
        return list(self.meeting.groups.filter(name=name))

    def paper(self, name: str, title: str, *, item: AgendaItem | None = None, speech: Speech | None = None) -> Document:
        """Enter a paper with its first version and reading copy."""
        made = add_document(self.meeting, by=self.by, title=title, item=item, speech=speech)
        self._add_version(made, name)
        return made

    def new_version(self, document: Document, name: str, *, note: str) -> None:
        """Give those who have a paper a newer version of it."""
        self._add_version(document, name, note)
        self.approve(document)
        self.release(Openness(), document)

    def approve(self, *documents: Document) -> None:
        """Check and approve the newest version of papers."""
        found = [document.versions.order_by("-number")[0] for document in documents]
        check_version(self.meeting, by=self.by, versions=found)
        approve_version(self.meeting, by=self.by, versions=found)

    def release(self, to: Openness, *documents: Document) -> None:
        """Release papers as they stand."""
        rows = list(Document.objects.filter(pk__in=[one.pk for one in documents]).prefetch_related("versions"))
        editions = {row.pk: (row.edition, max((one.number for one in row.versions.all()), default=0)) for row in rows}
        release_document(self.meeting, by=self.by, documents=rows, editions=editions, to=to)

    def _add_version(self, document: Document, name: str, note: str = "") -> None:
        kept = self._copies[name].result()
        with transition(self.meeting, by=self.by, ability=Ability.PREPARE) as change:
            version = add_version(change, document, file=kept.original, note=note)
            write_copy(version, kept.place, kept.made)


def begin() -> dict[str, Future[Copy]]:
    """Begin to make the reading copies of the files that lie with the demonstration, two at once, each in its own process."""
    pool = ThreadPoolExecutor(max_workers=2)
    copies = {name: pool.submit(_make_one, name) for name in PAPERS}
    pool.shutdown(wait=False)
    return copies


def _make_one(name: str) -> Copy:
    root, source = Path(settings.FILES_DIR), path_of(name)
    original, place = Path("papers/originals") / uuid.uuid4().hex, Path("papers/reading") / f"{uuid.uuid4().hex}.pdf"
    for folder in (original.parent, place.parent):
        (root / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(source, root / original)
    made = make_reading_copy(root / original, source.name, root / place)
    data = source.read_bytes()
    return Copy(Stored(original.as_posix(), source.name, len(data), sha256(data).hexdigest()), place, made)


def _read(meeting: Meeting, documents: Iterable[Document], *, of: Iterable[str] = READING) -> None:
    """Let the people of some provinces open papers, most of them, and read on for a while; the visitors' own seat has, too."""
    now = clock.now(meeting)
    delegates = Participant.objects.filter(meeting=meeting, role=Role.DELEGATE)
    people = list(delegates.filter(bridge_point__organisation__code__in=list(of)).order_by("pk"))
    # By their keys: for a question within a question PostgreSQL goes through all accounts for each person, minutes with communes.
    users = {user.person_id: user for user in User.objects.filter(person__in=[one.person_id for one in people])}
    openings, readings = [], []
    for turn, document in enumerate(documents):
        version = document.versions.order_by("-number")[0]
        for at, one in enumerate(people):
            user = users.get(one.person_id)
            if user is None or (at + turn) % 5 == 4 or (user.username == "delegate" and version.number > 1):
                continue
            openings.append(_opening(meeting, version, one, user, now))
            readings.append(_reading(version, one, user, now, at))
    Opening.objects.bulk_create(openings)
    Reading.objects.bulk_create(readings)


def _opening(meeting: Meeting, version: Version, one: Participant, user: User, now: Any) -> Opening:
    return Opening(
        meeting=meeting, version=version, code=new_code(), account=user.pk, participant=one.pk, reader=one.name,
        unit=one.unit, way=Opening.Way.SCREEN, opened_at=now,
    )  # fmt: skip


def _reading(version: Version, one: Participant, user: User, now: Any, at: int) -> Reading:
    pages = max(1, version.pages - at % 3)
    return Reading(
        version=version, account=user, participant=one, first_at=now, last_at=now, seconds=40 * pages + at,
        pages_seen="1" * pages + "0" * (version.pages - pages), last_page=pages,
    )  # fmt: skip


def _on_paper(desk: Desk) -> None:
    """Enter a placeholder, hand out six copies of it, and collect one."""
    meeting, by = desk.meeting, desk.by
    secret = add_document(
        meeting, by=by, title="Tài liệu phát giấy số 01", item=desk.item(AgendaItem.Kind.DIRECTIVE),
        secrecy=Document.Secrecy.CONFIDENTIAL,
    )  # fmt: skip
    desk.release(Openness(groups=desk.groups("Khối Trung ương")), secret)
    central = meeting.participants.filter(group__name="Khối Trung ương", role=Role.DELEGATE).order_by("pk")
    copies = issue_copy(meeting, by=by, document=secret, participants=list(central[:6]))
    collect_copy(meeting, by=by, copies=copies[:1])
