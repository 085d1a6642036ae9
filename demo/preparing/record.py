"""A small conference that is over: who came, what was said, conclusions, minutes remarked on and approved, a notice issued."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from agenda.actions import add_item, close_item, give_floor, open_item, release_programme, request_floor, yield_floor
from agenda.models import AgendaItem
from attendance.presence.actions import mark_presence
from demo import receipts
from meetings.actions import (
    NewBridgePoint,
    NewParticipant,
    add_bridge_points,
    add_participants,
    adjourn_meeting,
    create_meeting,
    open_meeting,
    set_clock,
)
from meetings.models import COUNTED_ROLES, BridgePoint, Meeting, Participant, Role
from meetings.procedure import Ability, Actor
from meetings.queries import actor_for
from meetings.wiping import wipe
from minutes.actions import approve_minutes
from minutes.blocks.overlay import seal_of
from minutes.blocks.telling import told_of
from minutes.conclusions.actions import adopt_conclusion, propose_conclusion, withdraw_conclusion
from minutes.conclusions.wording import Wording
from minutes.issuance.actions import issue_paper, set_recipients
from minutes.issuance.recipients import Picked, lines_of
from minutes.models import Circulation, Minutes, OfficialPaper
from minutes.papers.actions import approve_paper, draft_paper, edit_paper
from minutes.review.actions.remarks import add_remark, answer_remark, take_remark
from minutes.review.actions.rounds import agree_circulation, close_circulation, open_circulation
from minutes.review.passages import passages_of
from minutes.review.rewriting import Rewording
from people.models import Organisation, User

SLUG = "vptw-2025-q3"
TITLE = "Giao ban trực tuyến công tác văn phòng cấp ủy quý III năm 2025"
DAY = date(2025, 10, 15)
PROVINCES = ("15", "42", "96")
HALL, HALL_OF_A_PROVINCE = 5, 4  # delegates at the central bridge point, and at each other one
ITEMS = (
    ("opening", 5, "Khai mạc", "Chủ tọa Hội nghị"),
    ("report", 30, "Báo cáo công tác quý III và nhiệm vụ quý IV", "Đại biểu TW-02"),
    ("speeches", 30, "Ý kiến của các điểm cầu", ""),
    ("conclusion", 15, "Kết luận", "Chủ tọa Hội nghị"),
)
ADDED = "Tỉnh ủy Lào Cai đề nghị hướng dẫn thống nhất việc lưu tệp ghi âm, ghi hình của hội nghị."
ADOPTED = (
    Wording(
        "Hoàn thành số hóa hồ sơ hội nghị của cấp ủy và đưa vào kho dùng chung.", who="Văn phòng các tỉnh ủy, thành ủy",
        along="Cục Cơ yếu – Công nghệ thông tin", due=date(2025, 12, 20), product="Báo cáo kết quả kèm danh mục hồ sơ",
    ),
    Wording(
        "Thử đường truyền và phòng họp dự phòng tại mỗi điểm cầu trước từng hội nghị toàn quốc.",
        who="Văn phòng các tỉnh ủy, thành ủy", due=date(2025, 11, 20), product="Biên bản thử kỹ thuật",
    ),
)  # fmt: skip
PROPOSED = Wording("Xây dựng quy chế mẫu về họp trực tuyến của cấp ủy.", who="Văn phòng Trung ương Đảng")


def load(meeting: Meeting, by: Actor) -> None:
    """Hold a small conference some weeks before the large one, and bring its record as far as an office would have."""
    held = create_meeting(
        by=by, title=TITLE, organiser=meeting.organiser, mode=Meeting.Mode.HYBRID, place=meeting.place,
        sittings=[(_at(8, 0), _at(9, 30))], kind=Meeting.Kind.DEMO, slug=SLUG, series=meeting.series, clock_base=_at(7, 40),
    )  # fmt: skip
    people = _people(held, meeting, by)
    items = [add_item(held, by=by, kind=kind, minutes=minutes, title=title, presenter=who) for kind, minutes, title, who in ITEMS]
    release_programme(held, by=by)
    secretary = actor_for(User.objects.select_related("person").get(username="secretary"), held)
    _hold(held, secretary, items, people)
    _circulate(held, secretary, items[2])
    _issue(held, secretary)


def _at(hour: int, minute: int, *, days: int = 0) -> datetime:
    moment = datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=timezone.get_default_timezone())
    return moment + timedelta(days=days)


def _people(held: Meeting, large: Meeting, by: Actor) -> list[Participant]:
    """Let people of the large conference sit there at four bridge points, each in the office they have there."""
    central = NewBridgePoint(name="Điểm cầu Trung ương", short_name="Trung ương", organisation=held.organiser, is_central=True)
    found = {one.code: one for one in Organisation.objects.filter(kind=Organisation.Kind.PROVINCE, code__in=PROVINCES)}
    others = [
        NewBridgePoint(name=found[code].name, short_name=found[code].short_name, organisation=found[code]) for code in PROVINCES
    ]
    sites = add_bridge_points(held, by=by, bridge_points=[central, *others])
    known = large.participants.select_related("person", "organisation").order_by("pk")
    leading = known.filter(role__in=(Role.CHAIR, Role.SECRETARY))
    seated = [*leading, *known.filter(role=Role.DELEGATE, bridge_point__is_central=True)[:HALL]]
    new = [_seat(one, sites[0]) for one in seated]
    for site, code in zip(sites[1:], PROVINCES, strict=True):
        there = known.filter(bridge_point__organisation__code=code)
        seated = [*there.filter(role=Role.OPERATOR), *there.filter(role=Role.DELEGATE)[:HALL_OF_A_PROVINCE]]
        new += [_seat(one, site) for one in seated]
    return add_participants(held, by=by, participants=new)


def _seat(one: Participant, site: BridgePoint) -> NewParticipant:
    return NewParticipant(
        name=one.name, role=one.role, bridge_point=site, position=one.position, organisation=one.organisation, unit=one.unit,
        person=one.person,
    )  # fmt: skip


def _hold(held: Meeting, by: Actor, items: list[AgendaItem], people: list[Participant]) -> None:
    """Let everybody come but one, two bridge points speak, two conclusions be adopted and one put off."""
    counted = [one for one in people if one.role in COUNTED_ROLES]
    mark_presence(held, by=by, participants=counted[:-1], state="present")
    mark_presence(held, by=by, participants=counted[-1:], state="absent")
    _clock(held, by, 8, 1)
    open_meeting(held, by=by)
    open_item(held, by=by, item=items[0])
    _clock(held, by, 8, 7)
    open_item(held, by=by, item=items[1], closing=items[0])
    _clock(held, by, 8, 38)
    open_item(held, by=by, item=items[2], closing=items[1])
    for code, began, ended in (("15", 39, 47), ("42", 48, 55)):
        _speak(held, by, next(one for one in counted if one.name.startswith(f"Đại biểu {code}")), began, ended)
    _clock(held, by, 9, 2)
    open_item(held, by=by, item=items[3], closing=items[2])
    rows = [propose_conclusion(held, by=by, wording=one, item=items[3]) for one in (*ADOPTED, PROPOSED)]
    _clock(held, by, 9, 14)
    for row in rows[: len(ADOPTED)]:
        adopt_conclusion(held, by=by, conclusion=row, version=row.version)
    withdraw_conclusion(held, by=by, conclusion=rows[-1], version=1, why="Chuyển sang hội nghị toàn quốc cuối năm.")
    _clock(held, by, 9, 20)
    close_item(held, by=by, item=items[3])
    adjourn_meeting(held, by=by)


def _clock(held: Meeting, by: Actor, hour: int, minute: int, days: int = 0) -> None:
    set_clock(held, by=by, rate=1.0, base=_at(hour, minute, days=days))


def _speak(held: Meeting, by: Actor, who: Participant, began: int, ended: int) -> None:
    _clock(held, by, 8, began)
    wish = request_floor(held, by=by, participant=who)
    give_floor(held, by=by, request=wish)
    _clock(held, by, 8, ended)
    yield_floor(held, by=by, request=wish)


def _circulate(held: Meeting, by: Actor, speeches: AgendaItem) -> None:
    """Let three provinces read the minutes: one remark is taken, one answered, one reader has none. Then they are approved."""
    _clock(held, by, 14, 0)
    open_circulation(held, by=by, everywhere=True, deadline=_at(17, 0, days=2), note="Đề nghị góp ý về phần kết luận.")
    circulation = Circulation.objects.get(minutes__meeting=held)
    readers = {one.bridge_point.short_name: one for one in circulation.readers.select_related("bridge_point") if one.bridge_point}
    _clock(held, by, 9, 30, days=1)
    words = passages_of(circulation.snapshot)
    said, concluded = f"item:{speeches.pk}", next(one.key for one in words if "số hóa hồ sơ" in one.text)
    first = add_remark(
        held, by=_actor(held, "operator-15"), reader=readers["Lào Cai"], key=said, quote="",
        text="Đề nghị ghi thêm kiến nghị của Lào Cai về việc lưu tệp ghi âm, ghi hình.",
    )  # fmt: skip
    second = add_remark(
        held, by=_actor(held, "operator-42"), reader=readers["Hà Tĩnh"], key=concluded, quote="",
        text="Đề nghị bổ sung kinh phí cho phòng họp dự phòng.",
    )  # fmt: skip
    agree_circulation(held, by=_actor(held, "operator-96"), reader=readers["Cà Mau"])
    _clock(held, by, 8, 30, days=3)
    told = told_of(held).by_key[said]
    new = Rewording(version=0, heading=told.heading, text=f"{told.text}\n- {ADDED}", seen=seal_of(told.heading, told.text))
    take_remark(held, by=by, remark=first, version=first.version, rewording=new, answer="Đã bổ sung vào biên bản.")
    answer_remark(
        held, by=by, remark=second, version=second.version, answer="Kinh phí thuộc dự toán của địa phương, không ghi biên bản."
    )  # fmt: skip
    close_circulation(held, by=by, circulation=circulation)
    _clock(held, by, 9, 30, days=3)
    minutes = Minutes.objects.get(meeting=held)
    approve_minutes(held, by=by, revision=minutes.revision, up_to=told_of(held).number)


def _actor(held: Meeting, username: str) -> Actor:
    return actor_for(User.objects.select_related("person").get(username=username), held, wanted=Ability.REMARK_ON_MINUTES)


def _issue(held: Meeting, by: Actor) -> None:
    """Issue the notice of conclusions; its file is made by the service as soon as it runs."""
    paper = draft_paper(held, by=by, kind=OfficialPaper.Kind.NOTICE)
    bears = {"abstract": paper.abstract, "place": "Hà Nội", "authority": "", "post": "CHÁNH VĂN PHÒNG", "signer": "(Trình diễn)"}
    paper = edit_paper(held, by=by, paper=paper, version=paper.version, words={}, bears=bears)
    lines = lines_of(
        Picked(
            all_sites=True,
            roles=[Role.CHAIR, Role.DELEGATE],
            above=["Thường trực Ban Bí thư (để báo cáo)"],
            archive="Lưu Văn phòng Trung ương Đảng",
        )
    )
    paper = set_recipients(held, by=by, paper=paper, version=paper.version, lines=lines)
    paper = approve_paper(held, by=by, paper=paper, version=paper.version)
    _clock(held, by, 10, 0, days=3)
    issue_paper(held, by=by, paper=paper, version=paper.version, dated=DAY + timedelta(days=3))
    receipts.ask(paper, by)


def remove() -> None:
    """Take the small conference out with its journal and its papers."""
    for held in Meeting.objects.filter(slug=SLUG, kind=Meeting.Kind.DEMO).select_related("journal"):
        wipe(held)
