"""For the tables of rights: a job, a letter and a calendar behind the addresses that need one."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from jobs.models import Job
from jobs.queue import claim_next, enqueue
from jobs.runner import carry_out
from mailing.models import Letter
from mailing.posting import Enclosure, post
from meetings.calendar.addresses import token_of
from meetings.calendar.models import CalendarAddress
from tests.cast import Room
from tests.jobs import kinds  # noqa: F401


def make_job(*, open_to: str = "see_outbox", **kw: Any) -> Job:
    """Return a job that is done and has a file; whoever sees the outbox may see it."""
    job = enqueue("tests.count", **{"by": None, "title": "In giấy mời", "open_to": open_to, "number": 0} | kw)
    while (held := claim_next()) is not None:
        carry_out(held)
    return job


def make_letter(state: str = "kept", **kw: Any) -> Letter:
    """Return a new letter in a state, with an attachment."""
    data: dict[str, Any] = {
        "key": f"thu-{Letter.objects.count()}", "to": "dai.bieu@example.vn", "name": "Giàng A Đại", "subject": "Giấy mời họp",
        "text": "Kính gửi đồng chí", "attachments": [Enclosure("giay-moi.pdf", "application/pdf", b"%PDF-1.7")],
    }  # fmt: skip
    letter = post(**data | kw)
    Letter.objects.filter(pk=letter.pk).update(state=state, error="")
    letter.refresh_from_db()
    return letter


def behind(route: str, room: Room) -> dict[str, Any]:
    """Return what the address of a route of long work, of the outbox or of a calendar is made from."""
    if route.startswith("jobs:"):
        job = make_job()
        return {"uuid": job.uuid, "file": job.files.get().uuid}
    if route in ("meetings:letter", "meetings:attachment"):
        letter = make_letter()
        return {"pk": letter.pk, "number": letter.attachments.get().pk}
    if route == "meetings:feed":
        values = {"nonce": "x", "made_at": timezone.now()}
        row = CalendarAddress.objects.get_or_create(meeting=room.meeting, defaults=values)[0]
        return {"pk": row.pk, "token": token_of(row)}
    return {}
