"""Builders of official papers at each step, and good bodies of the commands on their issue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from issuing.models import PaperType
from meetings import clock
from meetings.hooks import fold_differences
from meetings.models import Meeting
from minutes.issuance.actions import issue_paper
from minutes.issuance.recipients import Picked, lines_of, targets
from minutes.models import Delivery, OfficialPaper
from minutes.papers.data import Bearing, data_of
from minutes.papers.kinds import KINDS
from people.models import Organisation
from tests.cast import Room
from tests.issuing_papers import make_register
from tests.make import the_secretariat

Body = dict[str, Any]
DATED = date(2025, 11, 26)


def make_official(
    meeting: Meeting, kind: str = "TB", *, state: str = "approved", picked: Picked | None = None, **kw: Any
) -> OfficialPaper:
    """Return an official paper, by default approved, written straight to the tables: what is tested begins after it."""
    last = meeting.official_papers.order_by("-number").first()
    lines = lines_of(picked or Picked(roles=["delegate"], above=["Ban Bí thư (để báo cáo)"], archive="Lưu Văn phòng"))
    values: dict[str, Any] = {
        "number": last.number + 1 if last else 1, "kind": kind, "profile": "HD36-2018", "place": "Hà Nội", "state": state,
        "abstract": "kết luận Hội nghị thử nghiệm", "post": "CHÁNH VĂN PHÒNG", "signer": "Nguyễn Văn Ký", "recipients": lines,
        "changed_at": clock.now(meeting), "changed_by": "Văn phòng",
    }  # fmt: skip
    row = OfficialPaper(meeting=meeting, **values | kw)
    if state != "draft":
        row.data = data_of(meeting, kind, {}, Bearing.of(row))
        row.content_hash, row.approved_at, row.approved_by = "0" * 64, clock.now(meeting), "Văn phòng"
    row.save()
    return row


def make_issued(meeting: Meeting, kind: str = "TB", *, filed: bool = True, by_mail: bool = False, **kw: Any) -> OfficialPaper:
    """Return a paper that was issued through the action; `filed`: as if its file had been made, without the press."""
    if KINDS[kind].register in PaperType.values:
        make_register(KINDS[kind].register)
    paper = make_official(meeting, kind, **kw)
    row = issue_paper(meeting, by=the_secretariat(), paper=paper, version=paper.version, dated=DATED, by_mail=by_mail)
    return file_without_press(row) if filed else row


def file_without_press(row: OfficialPaper) -> OfficialPaper:
    """Put a file into the store as if it had been made; not for the journal."""
    data = f"%PDF-1.7 {row.code}".encode()
    for form in ("pdf", "docx"):
        target = Path(settings.FILES_DIR) / f"official/{row.meeting_id}/{row.code}.{form}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    row.pdf.name, row.docx.name = (f"official/{row.meeting_id}/{row.code}.{form}" for form in ("pdf", "docx"))
    row.sha256, row.filed_at = sha256(data).hexdigest(), row.issued_at
    row.save()
    row.deliveries.exclude(channel=Delivery.Channel.PAPER).update(sent_at=row.issued_at)
    return row


def differences(meeting: Meeting) -> list[str]:
    """Return where the journal and the tables differ; not that the papers of `make_official` were never drafted."""
    return [line for line in fold_differences(meeting) if not line.startswith("papers ")]


def names_of(meeting: Meeting, lines: Sequence[Any]) -> list[str]:
    """Return whom lines mean, by name."""
    return [one.name for one in targets(meeting, lines)]


def _draft(room: Room, role: str) -> Body:
    paper = make_official(room.meeting, state="draft")
    return {"paper": paper, "version": 1, "participants": [room.people["delegate"]], "bridge_points": [room.lao_cai]}


def _approved(room: Room, role: str) -> Body:
    make_register("TB")
    return {"paper": make_official(room.meeting), "version": 1, "dated": "26/11/2025"}


def _issued(room: Room, role: str) -> Body:
    return {"paper": make_issued(room.meeting)}


def _reachable(room: Room, role: str) -> Body:
    person = room.people["delegate"].person
    person.email = "dai.bieu@example.vn"
    person.save(update_fields=["email"])
    return _issued(room, role)


def _delivered(room: Room, role: str) -> Body:
    return {"delivery": make_issued(room.meeting).deliveries.order_by("pk")[0], "seen": "yes"}


ISSUING: dict[str, Callable[[Room, str], Body]] = {
    "recipients.set": _draft,
    "paper.issue": _approved,
    "paper.recall": lambda room, role: _issued(room, role) | {"reason": "Sai số liệu"},
    "recipients.remind": _reachable,
    "delivery.mark": _delivered,
}


def behind_official(route: str, room: Room) -> Body:
    """Return what the address of a route of issuing is made from: a paper issued to the unit of the focal point."""
    if route not in BEHIND:
        return {}
    lao_cai = Organisation.objects.get(kind=Organisation.Kind.PROVINCE, short_name="Lào Cai")
    found = room.meeting.official_papers.filter(state="issued").first()
    row = found or make_issued(room.meeting, picked=Picked(units=[lao_cai]))
    return {"number": row.number, "form": "csv" if route.endswith("receipts") else "pdf", "code": row.code}


BEHIND = {
    "minutes:issuance", "minutes:issuance_paper", "minutes:issuance_file", "minutes:issuance_receipts", "minutes:received",
    "minutes:received_paper", "minutes:received_file",
}  # fmt: skip
