"""The heart of it: on every way to a paper the same answer, for every role, every kind of release, at every time."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
import pytest_django
from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from agenda import actions as agenda
from agenda.models import AgendaItem
from meetings.models import Meeting, Participant, Role
from meetings.queries import actor_for
from packets.models import Document, Version
from packets.tracing.openings import open_copy
from people.models import User
from tests.cast import OFFICE, Cast, Clients, Room, cast_of, furnish
from tests.make import START, make_group, make_users, open_the_meeting, the_secretariat
from tests.packets.releasing.ways import MANY, ONE, Copy
from tests.papers import make_document, make_release, make_version, recall

pytestmark = pytest.mark.django_db

PREPARING = {"secretary", "secretariat", "administrator"}
# Who only reads and is not excused, by the names of the cast; `commune` sits at a bridge point under Lào Cai.
READING = {"chair", "guest", "observer", "delegate", "operator", "technician", "other_operator", "commune", "substitute"}
LAO_CAI = {"delegate", "operator", "technician", "commune"}
DELEGATES = {"delegate", "commune", "substitute"}
NOBODY: set[str] = set()
TIMES = {"before": START - timedelta(hours=1), "during": START + timedelta(hours=1), "after": START + timedelta(hours=4)}
FROM, UNTIL = START, START + timedelta(hours=3)

# kind of paper → who reads it before, during, after (besides those who prepare, who see all but what was removed)
TABLE: dict[str, tuple[set[str], set[str], set[str]]] = {
    "for everybody": (READING, READING, READING),
    "for a role": (DELEGATES, DELEGATES, DELEGATES),
    "for a group": ({"guest"}, {"guest"}, {"guest"}),
    "for a bridge point": (LAO_CAI, LAO_CAI, LAO_CAI),
    "for named people": ({"guest", "excused"}, {"guest", "excused"}, {"guest", "excused"}),
    "held for its item": (NOBODY, READING, READING),
    "held for a heading": (NOBODY, DELEGATES, DELEGATES),
    "in a window": (NOBODY, READING, NOBODY),
    "held, in a window, for one": (NOBODY, {"delegate"}, NOBODY),
    "on screen only": (READING, READING, READING),
    "recalled": (NOBODY, NOBODY, NOBODY),
    "recalled and released to others": ({"guest"}, {"guest"}, {"guest"}),
    "approved": ({"chair"}, {"chair"}, {"chair"}),
    "checked": ({"chair"}, {"chair"}, {"chair"}),
    "draft": (NOBODY, NOBODY, NOBODY),
    "renewed after a recall": ({"chair"}, {"chair"}, {"chair"}),
    "handed in by Lào Cai": ({"focal_point"}, {"focal_point"}, {"focal_point"}),
    "handed in, released to one": ({"focal_point", "guest"}, {"focal_point", "guest"}, {"focal_point", "guest"}),
    "removed": (NOBODY, NOBODY, NOBODY),
    "on paper": (READING, READING, READING),
}
HANDED_IN = ("handed in by Lào Cai", "handed in, released to one")
ON_SCREEN_ONLY = {"on screen only", "approved", "checked", "renewed after a recall", *HANDED_IN}


@dataclass
class World:
    """A meeting with a paper of each kind, and everybody who may or may not see it."""

    room: Room
    cast: Cast
    clients: Clients
    papers: dict[str, Document] = field(default_factory=dict)
    codes: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def meeting(self) -> Meeting:
        return self.room.meeting


def _more_people(room: Room) -> Cast:
    """Add a delegate of a commune, one who is excused, and who came instead."""
    names = ["commune", "excused", "substitute"]
    users = dict(zip(names, make_users(names), strict=True))
    commune = room.meeting.bridge_points.create(number=90, name="Điểm cầu Xã A", short_name="Xã A", parent=room.lao_cai)
    seats = {"commune": commune, "excused": room.sites[2], "substitute": room.sites[2]}
    for name, site in seats.items():
        room.people[name] = Participant.objects.create(
            meeting=room.meeting, person=users[name].person, name=f"Đại biểu {name}", bridge_point=site, role=Role.DELEGATE,
            is_excused=name == "excused", substitute_for=room.people.get("excused") if name == "substitute" else None,
        )  # fmt: skip
    return users


def _paper(world: World, kind: str, *, state: str = "released", item: AgendaItem | None = None, **kw: str) -> Document:
    title = f"zztua zzkind{len(world.papers):02d} {kind}"
    made = make_document(world.meeting, title, item=item, **kw)
    if not made.is_placeholder:
        make_version(made, texts=["zzchung Số liệu chung của cả nước."], state=state)
    world.papers[kind] = made
    return made


def _fill(world: World) -> None:
    room, people = world.room, world.room.people
    group = make_group(world.meeting)
    Participant.objects.filter(pk=people["guest"].pk).update(group=group)
    heading = room.items[2]
    room.items[1] = agenda.move_item(world.meeting, by=the_secretariat(), item=room.items[1], parent=heading)
    freely = {"may_download": True, "may_print": True}
    window = {"from_at": FROM, "until_at": UNTIL}
    make_release(_paper(world, "for everybody"), **freely)
    make_release(_paper(world, "for a role"), roles=[Role.DELEGATE], **freely)
    make_release(_paper(world, "for a group"), groups=[group], **freely)
    make_release(_paper(world, "for a bridge point"), sites=[room.lao_cai], **freely)
    make_release(_paper(world, "for named people"), participants=[people["guest"], people["excused"]], **freely)
    make_release(_paper(world, "held for its item", item=room.items[1]), holds_for_item=True, **freely)
    make_release(_paper(world, "held for a heading", item=heading), roles=[Role.DELEGATE], holds_for_item=True, **freely)
    make_release(_paper(world, "in a window"), **window, **freely)
    one = _paper(world, "held, in a window, for one", item=room.items[1])
    make_release(one, participants=[people["delegate"]], holds_for_item=True, **window, **freely)
    make_release(_paper(world, "on screen only"))
    recall(make_release(_paper(world, "recalled"), **freely))
    twice = _paper(world, "recalled and released to others")
    recall(make_release(twice, **freely))
    make_release(twice, participants=[people["guest"]], **freely)
    for state in ("approved", "checked", "draft"):
        _paper(world, state, state=state)
    renewed = _paper(world, "renewed after a recall")
    recall(make_release(renewed, **freely))
    make_version(renewed, texts=["zzchung zzmoi Bản sửa."], state="checked")
    lao_cai = world.meeting.asked_units.get()
    for kind in HANDED_IN:
        Version.objects.filter(document=_paper(world, kind, state="draft")).update(unit=lao_cai)
    make_release(world.papers[HANDED_IN[1]], participants=[people["guest"]])
    gone = _paper(world, "removed")
    make_release(gone, **freely)
    Document.objects.filter(pk=gone.pk).update(is_removed=True)
    make_release(_paper(world, "on paper", secrecy="secret"), **freely)


def _open_copies(world: World) -> None:
    """Give everybody a copy of everything, as if they had opened it while they might: the link stands."""
    for who, user in world.cast.items():
        actor = actor_for(user, world.meeting)
        for kind, paper in world.papers.items():
            version = Version.objects.filter(document=paper).first()
            world.codes[who, kind] = open_copy(world.meeting, actor, version=version).code if version else "0" * 12


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[bytes]:
    """The world, made once: each test works in a transaction within this."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        room = furnish(kind="demo")
        more = _more_people(room)
        cast = {who: user for who, user in (cast_of(room) | more).items() if who != "unit_head"}
        made = World(room, cast, Clients(cast))
        _fill(made)
        _open_copies(made)
        with django_db_blocker.block():
            yield pickle.dumps((room, cast, made.papers, made.codes))
        transaction.set_rollback(True)


@pytest.fixture
def world(standing: bytes, db: None) -> World:
    """The world, for one test alone to change."""
    room, cast, papers, codes = pickle.loads(standing)
    return World(room, cast, Clients(cast), papers, codes)


def go_to(world: World, time: str) -> None:
    """Set the meeting to a time: its clock stands, and the item of the papers has begun, or is over."""
    if time == "during":
        open_the_meeting(world.meeting)
        agenda.open_item(world.meeting, by=the_secretariat(), item=world.room.items[1])
    elif time == "after":
        agenda.close_item(world.meeting, by=the_secretariat(), item=world.room.items[1])
    _stop_the_clock(world.meeting, TIMES[time])


def _stop_the_clock(meeting: Meeting, at: datetime) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(clock_base=at, clock_anchor=timezone.now(), clock_rate=1e-6)


def sees(who: str, kind: str, at: int) -> bool:
    """Say, by the table, whether somebody sees a paper."""
    return who in TABLE[kind][at] or (who in PREPARING and kind != "removed")


def _answer(world: World, who: str, kind: str, way: str) -> tuple[int, int]:
    """Return what a way answers, and what the table wants it to."""
    paper = world.papers[kind]
    answer = ONE[way].go(world.clients[who], world.meeting, Copy(paper.number, 1, world.codes[who, kind]))
    if answer.streaming:
        list(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.status_code, ONE[way].shows


PAPER_ALONE = ("page", "standing", "desk")  # the ways to what is handed out on paper: there is no content
# Whoever stands for a class of people; the lists below are gone through by everybody.
WALKERS = ("chair", "secretary", "guest", "observer", "delegate", "operator", "commune", "excused", "substitute", "administrator")
STRANGE = ("stranger", "clerk", "focal_point")
THOROUGH = ("chair", "secretary", "guest", "delegate", "excused")  # who goes every way; the others ask how a paper stands
BRIEF = ("standing", "page")


def _walks(at: int) -> list[tuple[str, str]]:
    """Return who goes to which paper: to all of them during the meeting, else to those whose answer changes with time."""
    kinds = [kind for kind, row in TABLE.items() if at == 1 or not row[0] == row[1] == row[2]]
    of_units = [("focal_point", kind) for kind in HANDED_IN]
    return [(who, kind) for who in WALKERS for kind in kinds] + [(who, "for everybody") for who in STRANGE] + of_units


@pytest.mark.parametrize("at", range(3), ids=list(TIMES))
def test_every_way_gives_the_same_answer(at: int, world: World) -> None:
    for time in list(TIMES)[: at + 1]:
        go_to(world, time)
    wrong = []
    for who, kind in _walks(at):
        for way, one in ONE.items():
            if (kind == "on paper" and way not in PAPER_ALONE) or (who in WALKERS and who not in THOROUGH and way not in BRIEF):
                continue
            got, shown = _answer(world, who, kind, way)
            wanted = {404}
            if sees(who, kind, at):
                refused = who not in PREPARING and (way in ("desk", "original") or kind in ON_SCREEN_ONLY)
                wanted = set(one.refused) if refused and one.refused else {shown}
                wanted = {200} if way == "desk" and who == "chair" else wanted
            if got not in wanted:
                wrong.append((who, kind, way, got, wanted))
    assert wrong == []
    assert _wrong_lists(world, at) == []


def _wrong_lists(world: World, at: int) -> list[tuple[str, str, str, bool]]:
    """Return where a list shows what it must not, or misses what it must show, to anybody of the cast."""
    wrong = []
    for who in world.cast:
        for way, go in MANY.items():
            answer = go(world.clients[who], world.meeting)
            assert answer.status_code == (404 if who in ("stranger", "clerk") else 200), (who, way)
            body = answer.content.decode()  # type: ignore[attr-defined]
            for number, kind in enumerate(TABLE):
                shown = f"zzkind{number:02d}" in body
                wanted = sees(who, kind, at) and not (kind == "on paper" and way == "search in texts")
                if shown != wanted:
                    wrong.append((who, kind, way, shown))
    return wrong


def test_who_is_not_signed_in_is_sent_to_the_door(world: World) -> None:
    for way, one in ONE.items():
        paper = world.papers["for everybody"]
        answer = one.go(
            world.clients["anonymous"], world.meeting, Copy(paper.number, 1, world.codes["delegate", "for everybody"])
        )
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/sign-in/"), way


def test_a_copy_opens_to_nobody_else_and_a_draft_to_nobody(world: World) -> None:
    assert {who for row in TABLE.values() for readers in row for who in readers} | PREPARING <= set(world.cast)
    assert set(OFFICE) - {"unit_head"} <= set(world.cast)
    assert list(TABLE) == list(world.papers)

    paper = world.papers["for everybody"]
    copy = Copy(paper.number, 1, world.codes["delegate", "for everybody"])
    for way in ("file", "progress"):
        for who in ("guest", "secretary", "administrator"):
            assert ONE[way].go(world.clients[who], world.meeting, copy).status_code == 404, (who, way)

    draft = make_version(paper, texts=["zzriengbannhap"], state="draft")
    user: User = world.cast["delegate"]
    code = open_copy(world.meeting, actor_for(user, world.meeting), version=draft).code
    client = world.clients["delegate"]
    assert ONE["file"].go(client, world.meeting, Copy(paper.number, 2, code)).status_code == 404
    found = client.get(f"/m/{world.meeting.slug}/papers/find/?q=zzriengbannhap").context["found"]
    assert found.papers == []
    assert client.get(f"/m/{world.meeting.slug}/papers/{paper.number}/standing/").json()["version"] == 1
