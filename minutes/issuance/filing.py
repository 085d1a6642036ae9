"""The file of an issued paper: made outside every lock, put into the store, read again only while it is the one that was made."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import Truncator

from copies.making import make_reading_copy
from meetings.models import Meeting, Participant
from minutes.issuance import making
from minutes.models import OfficialPaper
from minutes.papers.kinds import KINDS
from packets.desk.actions import Stored
from packets.releasing.actions import Openness
from packets.releasing.issued import Copy
from packets.releasing.seeing import READS_FOR_ALL
from packets.uploading import store

FOLDER, READING = "official", "papers/reading"


@dataclass(frozen=True)
class Filed:
    """What lies in the store of an issued paper: names of PDF and DOCX there, their hashes, and the copy for its readers."""

    pdf: str
    docx: str
    sha256: str
    docx_sha256: str
    title: str
    copy: Copy


def make(row: OfficialPaper) -> Filed:
    """Set an issued paper in type and put it into the store; made again, it takes the place of what was there.

    Raises PrintingError, and Refused when there is no reading copy of it.
    """
    assert row.dated is not None
    sheet = making.sheet_of(row, symbol=symbol_of(row), dated=row.dated, code=row.code)
    pdf_bytes, docx_bytes = sheet.pdf(), sheet.docx()
    pdf, docx = _keep(row, "pdf", pdf_bytes), _keep(row, "docx", docx_bytes)
    original = store.place_among_originals(_path(pdf))
    place = Path(READING) / f"{uuid.uuid4().hex}.pdf"
    target = Path(settings.FILES_DIR) / place
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = file_name(row, "pdf")
    digest = hashlib.sha256(pdf_bytes).hexdigest()
    try:
        made = make_reading_copy(_path(original), name, target)
    except BaseException:
        store.leave(original)
        target.unlink(missing_ok=True)
        raise
    copy = Copy(Stored(original, name, len(pdf_bytes), digest), place, made)
    return Filed(pdf, docx, digest, hashlib.sha256(docx_bytes).hexdigest(), title_of(row), copy)


def forget(filed: Filed, kept: OfficialPaper | None) -> None:
    """Take away what was made and is not wanted: somebody was quicker, or the paper was recalled. `kept`: as it stands now."""
    store.leave(filed.copy.original.path)
    held = {kept.pdf.name, kept.docx.name} if kept is not None else set()
    for name in {filed.pdf, filed.docx, filed.copy.place.as_posix()} - held:
        _path(name).unlink(missing_ok=True)


def forget_all(names: Iterable[str]) -> None:
    """Take files of papers that are gone out of the store."""
    for name in filter(None, names):
        _path(name).unlink(missing_ok=True)


def try_out(row: OfficialPaper, dated: date) -> None:
    """Set an approved paper in type with a number of the same length: what cannot be printed gets no number."""
    symbol = f"0000-{row.kind}/VPTW" if KINDS[row.kind].register else ""
    making.sheet_of(row, symbol=symbol, dated=dated, code="A" * 26).pdf()


def _keep(row: OfficialPaper, form: str, data: bytes) -> str:
    """Write a file under the paper's code and its hash, whole or not at all: no attempt touches what another has kept."""
    name = f"{FOLDER}/{row.meeting_id}/{row.code}-{hashlib.sha256(data).hexdigest()[:12]}.{form}"
    target = _path(name)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    young = target.with_name(f".{uuid.uuid4().hex}")
    try:
        with young.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        young.chmod(0o600)
        young.replace(target)
    except BaseException:
        young.unlink(missing_ok=True)
        raise
    return name


def _path(name: str) -> Path:
    return Path(settings.FILES_DIR) / name


def bytes_of(row: OfficialPaper) -> bytes | None:
    """Return the PDF as it was issued; nothing when it is gone or no longer the one that was made."""
    if not row.pdf.name:
        return None
    try:
        data = _path(row.pdf.name).read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == row.sha256 else None


def docx_of(row: OfficialPaper) -> bytes | None:
    """Return the DOCX; nothing when there is none."""
    try:
        return _path(row.docx.name).read_bytes() if row.docx.name else None
    except OSError:
        return None


def symbol_of(row: OfficialPaper) -> str:
    """Return number and symbol of a paper, nothing for one without a number."""
    return row.issued.symbol if row.issued else ""


def name_of(row: OfficialPaper) -> str:
    """Return what the kind of a paper is called on paper, in Vietnamese whatever the screens speak."""
    return KINDS[row.kind].names["state" if row.meeting.organiser.body == "state" else "party"]


def title_of(row: OfficialPaper) -> str:
    """Return what a paper is called among the meeting's papers and on the pages of its recipients."""
    symbol = symbol_of(row)
    return " ".join(filter(None, (name_of(row), f"số {symbol}" if symbol else "", row.abstract)))[:400]


def label_of(row: OfficialPaper) -> str:
    """Return number, date and the beginning of the abstract of an issued paper, where one is chosen among several."""
    day = row.dated.strftime("%d/%m/%Y") if row.dated else ""
    return " – ".join(filter(None, (", ".join(filter(None, (symbol_of(row), day))), Truncator(row.abstract).chars(100))))


def file_name(row: OfficialPaper, form: str) -> str:
    """Return the name a file goes out under: plain letters alone."""
    wanted = symbol_of(row) or f"{row.kind}-{row.meeting.slug}-{row.number}"
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in wanted.replace("Đ", "D"))
    return f"{'-'.join(filter(None, plain.split('-')))[:80]}.{form}"


def among_papers(meeting: Meeting) -> list[int]:
    """Return the numbers that issued papers have among the papers of their meeting."""
    rows = OfficialPaper.objects.filter(meeting=meeting, document__isnull=False)
    return [number for number in rows.order_by().values_list("document", flat=True) if number is not None]


def openness(row: OfficialPaper) -> Openness:
    """Return to whom of those who take part a paper is open among the meeting's papers: whom it is addressed to, nobody else."""
    meeting: Meeting = row.meeting
    wanted: dict[str, list[Any]] = {}
    lines: list[Mapping[str, Any]] = row.recipients
    for line in lines:
        wanted.setdefault(line["kind"], []).append(line["id"])
    units = wanted.get("unit", [])
    sites = meeting.bridge_points.filter(pk__in=wanted.get("bridge_point", []))
    if "sites" in wanted:
        sites = sites | meeting.bridge_points.filter(parent=None)
    people = meeting.participants.filter(pk__in=wanted.get("person", []))
    if units:
        people = people | Participant.objects.filter(meeting=meeting, organisation__in=units, role__in=READS_FOR_ALL)
    return Openness(
        roles=wanted.get("role", []), groups=list(meeting.groups.filter(pk__in=wanted.get("group", []))),
        bridge_points=list(sites.distinct()), participants=list(people.distinct()), to_readers=True, may_download=True,
        may_print=True,
    )  # fmt: skip
