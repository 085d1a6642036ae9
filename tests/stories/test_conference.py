"""A whole conference through the command door, as the cast would play it; at its end the journal folds to the tables."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from meetings.hooks import fold_differences
from meetings.models import Meeting, Role
from tests.cast import Cast, Room
from tests.knocking import knock
from tests.make import make_command_id, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_a_conference_from_nothing_to_its_adjournment(room: Room, cast: Cast, clients: dict[str, Client]) -> None:
    office = clients["secretariat"]
    data = {"title": "Hội nghị toàn quốc", "organiser": make_organisation().pk, "mode": "hybrid", "place": "Hà Nội"}
    office.post("/do/meeting.create/", data | {"starts_1": "05/01/2026 8:00", "ends_1": "11:30", "command_id": make_command_id()})
    meeting = Meeting.objects.get(slug="hoi-nghi-toan-quoc")
    sent: list[tuple[str, dict[str, object], bytes]] = []

    def do(who: str, command: str, expected: int = 200, **fields: object) -> None:
        command_id = make_command_id()
        answer = knock(clients[who], meeting, command, command_id=command_id, **fields)
        assert answer.status_code == expected, f"{command}: {answer.content.decode()}"
        again = knock(clients[who], meeting, command, command_id=command_id, **fields)
        assert (again.status_code, again.content) == (answer.status_code, answer.content)
        sent.append((command, fields, answer.content))

    # Prepared
    do("secretariat", "bridge_points.add", name="Trung ương", short_name="TW", is_central="on")
    do("secretariat", "bridge_points.add", provinces="on")
    site = {b.short_name: b for b in meeting.bridge_points.all()}
    people = {
        "chair": (Role.CHAIR, "TW"),
        "operator": (Role.OPERATOR, "Lào Cai"),
        "delegate": (Role.DELEGATE, "Lào Cai"),
        "other_operator": (Role.OPERATOR, "Hà Tĩnh"),
    }
    for name, (role, where) in people.items():
        person = cast[name].person
        do("secretariat", "participants.add", name=f"Ô. {name}", role=role, bridge_point=site[where], person=person)
    for n in range(3):
        do("secretariat", "participants.add", name=f"Đại biểu {n}", role="delegate", bridge_point=site["Hà Tĩnh"])
    for title, kind in (("Khai mạc", "opening"), ("Báo cáo", "report"), ("Thảo luận", "speeches"), ("Bế mạc", "conclusion")):
        do("secretariat", "item.add", title=title, kind=kind, minutes=20, speech_minutes=5)
    item = {i.title: i for i in meeting.items.all()}
    do("secretariat", "item.move", item=item["Thảo luận"], position=2)
    do("secretariat", "item.move", item=item["Thảo luận"], position=3)
    do("secretariat", "display.open", name="Hội trường")
    do("operator", "presence.mark", participants=[meeting.participants.get(name="Ô. delegate")], state="present")
    do("operator", "presence.mark", 403, participants=[meeting.participants.get(name="Đại biểu 1")], state="present")
    do("other_operator", "presence.mark", participants=list(meeting.participants.filter(name__startswith="Đại")), state="present")

    # Held
    do("chair", "item.open", 409, item=item["Khai mạc"])
    do("chair", "meeting.open")
    do("chair", "meeting.open", 409)
    do("chair", "item.open", item=item["Khai mạc"])
    do("chair", "item.open", item=item["Báo cáo"], closing=item["Khai mạc"])
    do("chair", "item.open", 409, item=item["Thảo luận"], closing=item["Khai mạc"])
    do("chair", "item.open", item=item["Thảo luận"], closing=item["Báo cáo"])
    do("delegate", "floor.request")
    do("delegate", "floor.request", 409)
    do("other_operator", "floor.request")
    first, second = meeting.floor_requests.order_by("pk")
    do("delegate", "floor.give", 403, request=first)
    do("chair", "floor.give", request=first)
    do("chair", "meeting.suspend")
    do("chair", "floor.give", 409, request=second)
    do("chair", "meeting.resume")
    do("chair", "floor.give", request=second, ending=first)
    do("chair", "floor.yield", request=second)
    do("operator", "floor.request")
    do("operator", "floor.withdraw", request=meeting.floor_requests.last())
    do("chair", "item.defer", item=item["Bế mạc"])
    do("chair", "meeting.adjourn", 409)
    do("chair", "item.open", item=item["Bế mạc"], closing=item["Thảo luận"])
    do("chair", "item.close", item=item["Bế mạc"])
    do("chair", "meeting.adjourn")
    do("secretariat", "item.add", 409, title="Trễ", kind="other", minutes=1)

    # Afterwards
    meeting.refresh_from_db()
    meeting.journal.refresh_from_db()
    assert (meeting.state, set(meeting.items.values_list("state", flat=True))) == ("adjourned", {"closed"})
    assert fold_differences(meeting) == []
    out = StringIO()
    call_command("check_journal", meeting.slug, stdout=out)
    assert out.getvalue() == f"ok entries={meeting.journal.head} head={meeting.journal.head_hash}\n"
    accepted = sum(b'"done"' in content for _command, _fields, content in sent)
    assert meeting.journal.entries.count() == 1 + accepted + 4  # three "next" and a speech ended by the next one: two facts each
    assert fold_differences(room.meeting) == []
