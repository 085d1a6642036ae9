"""Mails about an issued paper: it is there, it waits to be opened, it was recalled. They name number and date alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.kinds import job
from jobs.progress import Progress
from jobs.queue import enqueue
from mailing.posting import LARGEST, Enclosure, is_address, post
from meetings.models import BridgePoint, Participant, Role
from meetings.procedure import Ability, Actor
from minutes.issuance import filing
from minutes.issuance.recipients import READS_FOR_UNIT
from minutes.models import Delivery, OfficialPaper
from people.models import Person, User

NEW, REMINDER, RECALL = "new", "reminder", "recall"
#: A name and a mail address.
Box = tuple[str, str]
#: What a paper's mails may hold of its file together, for each keeps its own: where it were more they lead to it alone.
TOGETHER = 200 * 1024 * 1024
#: Deliveries looked at together: who is written to is judged again with each batch, for accounts close while a job runs.
BATCH = 200
# Letters are in the office's language whatever the reader's pages speak.
SUBJECTS = {
    NEW: "Văn bản mới: {paper}",
    REMINDER: "Đề nghị đọc văn bản: {paper}",
    RECALL: "Thu hồi văn bản: {paper}",
}
TEXTS = {
    NEW: """Kính gửi: {name}

{office} gửi {paper}, {meeting}.
{where}
""",
    REMINDER: """Kính gửi: {name}

Đến nay {whose} chưa mở {paper}, {meeting}.
Đề nghị đọc văn bản tại: {address}
""",
    RECALL: """Kính gửi: {name}

{office} đã thu hồi {paper}, {meeting}. Đề nghị không sử dụng văn bản này.
{instead}Tra cứu hiệu lực của văn bản: {check}
""",
}


def ask_to_post(row: OfficialPaper, by: Actor, kind: str, *, entry: int, only: Sequence[int] | None = None) -> None:
    """Ask for the mails within a change; `entry`: its number in the journal, so that each is sent once; `only`: to these."""
    enqueue(
        "official.post",
        by=by.user if by.user.pk else None,
        title=_("Mails about an issued paper: %(kind)s") % {"kind": row.get_kind_display()},
        back=reverse("minutes:issuance_paper", args=[row.meeting.slug, row.number]),
        open_to=Ability.ISSUE_PAPERS.value,
        scope=row.meeting_id,
        paper=row.pk,
        kind=kind,
        entry=entry,
        only=list(only) if only is not None else None,
    )


@job("official.post")
def post_letters(progress: Progress, *, paper: int, kind: str, entry: int, only: list[int] | None) -> str:
    """Put each letter into the outbox once. Who has opened the paper meanwhile is not reminded; what was recalled is not sent."""
    row = OfficialPaper.objects.select_related("meeting__organiser", "issued", "replaced_by__issued").filter(pk=paper).first()
    if row is None or row.dated is None:
        return ""
    found: QuerySet[Delivery] = row.deliveries.order_by("pk")
    keys = list(found.values_list("pk", flat=True)) if only is None else sorted(only)
    enclosed = _enclosed(row, kind, len(keys))
    progress.total(len(keys))
    posted = 0
    for at in range(0, len(keys), BATCH):
        deliveries = list(found.filter(pk__in=keys[at : at + BATCH]))
        boxes = boxes_of(deliveries)
        for one in deliveries:
            for box in boxes.get(one.pk, ()):
                posted += _post_once(progress, row, one, kind, entry=entry, box=box, enclosed=enclosed)
            progress.step()
    if kind == NEW and row.with_file and not enclosed:
        return _("%(count)d mails are in the outbox, without the file: it is too large for so many.") % {"count": posted}
    return _("%(count)d mails are in the outbox.") % {"count": posted}


def _post_once(
    progress: Progress, row: OfficialPaper, one: Delivery, kind: str, *, entry: int, box: Box, enclosed: list[Enclosure]
) -> int:
    """Post one letter if it is still wanted and was not posted before; return how many were. A box is known by its address."""
    with transaction.atomic():
        if not _wanted(row, one, kind) or not progress.once(f"{one.pk}:{_digest(box)}"):
            return 0
        _post(row, one, kind, entry=entry, box=box, enclosed=enclosed, by=progress.job.account)
        return 1


def _digest(box: Box) -> str:
    """Return a box in keys, which hold no address."""
    return hashlib.sha256(box[1].encode()).hexdigest()[:12]


def _wanted(row: OfficialPaper, one: Delivery, kind: str) -> bool:
    now = OfficialPaper.objects.filter(pk=row.pk).values_list("state", flat=True).first()
    if (now == OfficialPaper.State.RECALLED) != (kind == RECALL):
        return False
    return kind != REMINDER or not Delivery.objects.filter(pk=one.pk, seen_at__isnull=False).exists()


def _enclosed(row: OfficialPaper, kind: str, letters: int) -> list[Enclosure]:
    data = filing.bytes_of(row) if kind == NEW and row.with_file else None
    if data is None or len(data) > LARGEST or len(data) * letters > TOGETHER:
        return []
    return [Enclosure(filing.file_name(row, "pdf"), "application/pdf", data)]


def _post(
    row: OfficialPaper, one: Delivery, kind: str, *, entry: int, box: Box, enclosed: list[Enclosure], by: User | None
) -> None:
    (name, to), new = box, row.replaced_by
    address = settings.PUBLIC_URL + reverse("minutes:received_paper", args=[row.code])
    words = {
        "name": name,
        "office": row.meeting.organiser.name,
        "paper": spoken(row),
        "meeting": row.meeting.title,
        "whose": one.name,
        "address": address,
        "check": settings.PUBLIC_URL + reverse("minutes:check", args=[row.code]),
        "instead": f"Văn bản thay thế: {spoken(new)}.\n" if kind == RECALL and new is not None else "",
        "where": " ".join([*(["Văn bản gửi kèm theo thư này."] if enclosed else []), f"Đọc văn bản tại: {address}"]),
    }
    post(
        key=f"official:{row.pk}:{entry}:{one.pk}:{_digest(box)}",
        to=to,
        name=name,
        subject=SUBJECTS[kind].format(**words),
        text=TEXTS[kind].format(**words),
        attachments=enclosed,
        by=by,
        keep=row.meeting.is_demonstration,
    )


def spoken(row: OfficialPaper) -> str:
    """Return what a letter calls a paper: its number and date, or its kind."""
    assert row.dated is not None
    day = row.dated.strftime("%d/%m/%Y")
    symbol = filing.symbol_of(row)
    return f"văn bản số {symbol} ngày {day}" if symbol else f"{filing.name_of(row).lower()} ngày {day}"


def addressed(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Return those to whom a mail can go."""
    found = []
    for at in range(0, len(deliveries), BATCH):
        boxes = boxes_of(deliveries[at : at + BATCH])
        found += [one for one in deliveries[at : at + BATCH] if boxes.get(one.pk)]
    return found


def boxes_of(deliveries: Iterable[Delivery]) -> dict[int, list[Box]]:
    """Return names and mail addresses of each delivery: the person's; of a bridge point its operators' and head's; of a unit
    those of the accounts that read for it. Whose account is closed is not written to. Four queries, however many there are.
    """
    rows = list(deliveries)
    people = {one.pk: one.person for one in _participants(pk__in=[r.participant_id for r in rows if r.participant_id])}
    sites: dict[int, list[Person]] = {}
    wanted = [r.bridge_point_id for r in rows if r.bridge_point_id]
    led = BridgePoint.objects.filter(pk__in=wanted, head__isnull=False).exclude(head__user__is_active=False)
    for site in led.select_related("head"):
        assert site.head is not None
        sites[site.pk] = [site.head]
    for seat in _participants(bridge_point__in=wanted, role=Role.OPERATOR):
        sites.setdefault(seat.bridge_point_id or 0, []).append(seat.person)
    units: dict[int, list[Person]] = {}
    offices = [r.organisation_id for r in rows if r.organisation_id]
    heads = User.objects.filter(organisation__in=offices, office_role__in=READS_FOR_UNIT, is_active=True, person__isnull=False)
    for user in heads.select_related("person").order_by("pk"):
        assert user.person is not None
        assert user.organisation_id is not None
        units.setdefault(user.organisation_id, []).append(user.person)
    found: dict[int, list[Box]] = {}
    for row in rows:
        reached = [people[row.participant_id]] if row.participant_id in people else []
        reached += sites.get(row.bridge_point_id or 0, []) + units.get(row.organisation_id or 0, [])
        boxes = {one.email: one.full_name for one in reached if is_address(one.email)}
        found[row.pk] = [(name, address) for address, name in boxes.items()]
    return found


def _participants(**kw: object) -> QuerySet[Participant]:
    """Return participants with their persons; without those whose account is closed (nobody's having none is no hindrance)."""
    found = Participant.objects.filter(**kw).exclude(person__user__is_active=False)
    return found.select_related("person").order_by("pk")
