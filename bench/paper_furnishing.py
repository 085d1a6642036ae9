"""Papers of known sizes and delegates with sessions in the demonstration's conference, put in beside its models."""

from __future__ import annotations

import hashlib
import random
import tempfile
from pathlib import Path
from typing import Any

from bench.demonstration import SLUG

READERS, MB = 1000, 1024 * 1024
#: Sizes of the papers in MB: the one that 1,000 open, and one ten times as large for the look at memory.
SIZES = (20, 200)
PAGES = 100


def furnish() -> dict[str, Any]:
    """Put the papers in and release them to everybody; tell the papers' numbers, what of them is first needed, the sessions."""
    from meetings.models import Meeting

    meeting = Meeting.objects.get(slug=SLUG)
    return {"papers": [_paper(meeting, size) for size in SIZES], "sessions": _sessions(meeting)}


def _paper(meeting: Any, megabytes: int) -> dict[str, Any]:
    from django.core.files import File

    from meetings import clock
    from packets.models import Document, PageText, Release, Version

    now = clock.now(meeting)
    last = meeting.documents.order_by("-number").first()
    number = last.number + 1 if last else 1
    document = Document.objects.create(meeting=meeting, title=f"Bản quét {megabytes} MB", number=number, position=number)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        anchors, first = _scan(path, megabytes)
        size, digest = path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()
        version = Version(
            document=document, number=1, state=Version.State.RELEASED, name="ban-quet.pdf", kind="pdf", original_size=size,
            original_sha256=digest, copy=Version.Copy.REBUILT, reading_size=size, reading_sha256=digest, pages=PAGES,
            anchors=anchors, uploaded_by="Văn phòng", uploaded_at=now, released_at=now, released_by="Văn phòng",
        )  # fmt: skip
        with path.open("rb") as file:
            version.original.save("scan.bin", File(file), save=False)
            version.reading.save("scan.pdf", File(file), save=False)
        version.save()
    PageText.objects.bulk_create(PageText(version=version, page=page, text=f"Trang {page}") for page in range(1, PAGES + 1))
    Release.objects.create(document=document, to_everyone=True, released_at=now, released_by="Văn phòng")
    return {"number": number, "size": size, **first}


def _scan(path: Path, megabytes: int) -> tuple[dict[str, Any], dict[str, int]]:
    """Write a linearised scan of pictures that do not compress; where its first page ends and its main table begins."""
    import pikepdf

    from copies.marking import anchors_of, hang_on

    chance = random.Random(5)
    side = int((megabytes * MB / PAGES / 3) ** 0.5)
    with pikepdf.new() as pdf:
        for _page in range(PAGES):
            page = pdf.add_blank_page(page_size=(595, 842))
            picture = pdf.make_stream(chance.randbytes(side * side * 3))
            picture.Type, picture.Subtype, picture.ColorSpace = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DeviceRGB
            picture.Width = picture.Height = side
            picture.BitsPerComponent = 8
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
            page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /P Do Q")
        hang_on(pdf)
        pdf.save(path, linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    with pikepdf.open(path) as pdf:
        head = next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Linearized" in one)
        return anchors_of(path), {"first_page_end": int(head.E), "main_table": int(head.T)}


def _sessions(meeting: Any) -> list[str]:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from meetings.models import Participant, Role
    from people.models import Person, User
    from people.session_store import SessionStore

    sites = list(meeting.bridge_points.all())
    people = Person.objects.bulk_create(Person(full_name=f"Đại biểu {n:04}") for n in range(READERS))
    users = User.objects.bulk_create(
        User(username=f"bench-{n:04}", person=person, password="!") for n, person in enumerate(people)
    )
    Participant.objects.bulk_create(
        Participant(
            meeting=meeting, person=person, role=Role.DELEGATE, bridge_point=sites[n % len(sites)], name=person.full_name,
            unit=f"Đơn vị {n % 97}", position="Ủy viên",
        )
        for n, person in enumerate(people)
    )  # fmt: skip
    keys = []
    for user in users:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        keys.append(str(session.session_key))
    return keys
