"""100 items and 3,000 participants in the demonstration's conference, put in through the actions of the buttons."""

from __future__ import annotations

from typing import Any

from bench.demonstration import SLUG

ITEMS, PEOPLE = 100, 3000


def furnish() -> dict[str, Any]:
    """Fill the meeting up, release its programme, and tell who reads its pages."""
    from agenda.actions import add_items, release_programme
    from agenda.pasting import read_lines
    from meetings.actions import NewParticipant, add_participants
    from meetings.models import Meeting
    from meetings.queries import actor_for
    from people.models import User

    meeting = Meeting.objects.get(slug=SLUG)
    by = actor_for(User.objects.get(username="secretary"), meeting)
    lines = [f"Nội dung {n} của Hội nghị – Phó Chánh Văn phòng Tỉnh ủy {n} (5 phút)" for n in range(meeting.items.count(), ITEMS)]
    add_items(meeting, by=by, lines=read_lines("\n".join(lines)))
    release_programme(meeting, by=by, note="")
    sites = list(meeting.bridge_points.all())
    new = [
        NewParticipant(
            name=f"Đại biểu {n:04}", bridge_point=sites[n % len(sites)], position="Chuyên viên", unit=f"Đơn vị {n % 97}"
        )
        for n in range(meeting.participants.count(), PEOPLE)
    ]
    add_participants(meeting, by=by, participants=new)
    return {"items": meeting.items.count(), "people": meeting.participants.count(), "accounts": ["secretary", "delegate"]}


def queries() -> dict[str, int]:
    """How many questions each page asks the database: at its second reading, and right after a change of the meeting."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from meetings.keeping import forget
    from people.models import User

    told = {}
    for name, account, page in (("programme", "secretary", "programme"), ("reader", "delegate", "programme"),
                                ("list", "secretary", "participants")):  # fmt: skip
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(User.objects.get(username=account))
        for _time in range(2):  # the first reading notes that the release has been seen
            client.get(f"/m/{SLUG}/{page}/")
        for after, key in ((False, name), (True, f"{name}_changed")):
            if after:
                forget()
            with CaptureQueriesContext(connection) as asked:
                client.get(f"/m/{SLUG}/{page}/")
            told[key] = len(asked)
    return told
