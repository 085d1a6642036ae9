"""Official papers from draft to approval: what is drawn, what is written, what is missing, what is frozen."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext

from agenda.actions import release_programme
from attendance.presence.actions import mark_presence
from meetings.errors import Changed, OutOfOrder
from meetings.hooks import fold_differences
from meetings.models import COUNTED_ROLES
from minutes.issuance.actions import set_recipients
from minutes.models import OfficialPaper
from minutes.papers import present, rich
from minutes.papers.actions import approve_paper, draft_paper, edit_paper, remove_paper, return_paper
from minutes.papers.data import data_of
from minutes.papers.kinds import KINDS
from tests.cast import Clients, Room, cast_of
from tests.conclusions import adopted, make_conclusion
from tests.knocking import knock
from tests.make import make_item, make_participant, open_the_meeting, the_secretariat
from tests.paper_desk import make_approved, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(room: Room) -> Clients:
    return Clients(cast_of(room))


def concluded(room: Room) -> Room:
    open_the_meeting(room.meeting)
    adopted(make_conclusion(room.meeting, who="Phòng Tổng hợp", product="Kế hoạch"))
    return room


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind_is_drawn_from_a_meeting_and_is_plain_json(room: Room, kind: str) -> None:
    concluded(room)
    data = data_of(room.meeting, kind, {})
    assert json.loads(json.dumps(data)) == data
    assert (data["schema"], data["body"]) == (f"diemcau/{kind}/1", "party")
    assert data["head"]["type_name"] == KINDS[kind].names["party"]
    assert data["head"]["draft_mark"] == "DỰ THẢO"
    assert present.drafted(draft_paper(room.meeting, by=the_secretariat(), kind=kind), _said(room, kind)).html()
    assert fold_differences(room.meeting) == []


def _said(room: Room, kind: str) -> Any:
    from minutes.papers.data import said_of

    return said_of(room.meeting, kind, {})


def test_what_nobody_has_written_follows_the_meeting_and_what_was_written_stays(room: Room) -> None:
    row = make_draft(room.meeting, "TB")
    drawn = _said(room, "TB").fields
    row = edit_paper(
        room.meeting, by=the_secretariat(), paper=row, version=2, bears={},
        words={**drawn, "assessment": rich.paragraphs("Tốt."), "lead": rich.paragraphs("")},
    )  # fmt: skip
    assert row.words == {"assessment": rich.paragraphs("Tốt.")}
    before = present.sheet_of(row).data["text"]["intro"]
    make_participant(room.meeting, "Đại biểu 15-03")
    assert present.sheet_of(row).data["text"]["intro"] != before
    assert present.sheet_of(row).data["text"]["parts"][0]["heading"] == "Đánh giá chung"


def test_a_field_that_was_emptied_stays_empty(room: Room) -> None:
    row = make_draft(room.meeting, "NQ", {"effect": rich.paragraphs("")})
    assert row.words == {"effect": rich.paragraphs("")}
    assert present.sheet_of(row).data["text"]["has_effect"] is False


def test_two_who_write_at_once_overwrite_nothing(room: Room) -> None:
    row = make_draft(room.meeting, "TB")
    edit_paper(room.meeting, by=the_secretariat(), paper=row, version=2, words={}, bears={"place": "Lào Cai"})
    with pytest.raises(Changed) as refused:
        edit_paper(room.meeting, by=the_secretariat(), paper=row, version=2, words={}, bears={"place": "Hà Tĩnh"})
    assert refused.value.version == 3
    told = gettext(
        "%(name)s has changed this paper since you opened it. Open the paper in another window, copy there what you have "
        "typed here and save it there; this window cannot save any more."
    )
    assert str(refused.value.reason) == told % {"name": the_secretariat().name}, "the window keeps the version it has"
    with pytest.raises(Changed) as reread:
        approve_paper(room.meeting, by=the_secretariat(), paper=row, version=2)
    again = gettext("%(name)s has changed this paper in the meantime. Reload the page and look at it again.")
    assert str(reread.value.reason) == again % {"name": the_secretariat().name}
    row.refresh_from_db()
    assert row.place == "Lào Cai"
    with pytest.raises(OutOfOrder, match=r"the same|như cũ|không"):
        edit_paper(room.meeting, by=the_secretariat(), paper=row, version=3, words={}, bears={"place": "Lào Cai"})


@pytest.mark.parametrize(
    ("kind", "bears"),
    [("TB", {}), ("NQ", {}), ("GM", {"place": ""}), ("CTr", {}), ("BB", {}), ("DS", {"abstract": " "}), ("DS", {"place": "…………"}),
     ("GM", {"signer": ""}), ("GM", {"post": ""}), ("GM", {"authority": "TM. VĂN PHÒNG"}), ("GM", {"authority": "K/T"})],
)  # fmt: skip
def test_what_is_incomplete_is_not_approved_and_says_what_is_missing(room: Room, kind: str, bears: dict[str, str]) -> None:
    if kind == "NQ":
        bears = {}
    row = make_draft(room.meeting, kind, **bears)
    with pytest.raises(OutOfOrder) as refused:
        approve_paper(room.meeting, by=the_secretariat(), paper=row, version=row.version)
    assert refused.value.reason.endswith(".")
    row.refresh_from_db()
    assert (row.state, row.data) == ("draft", None)


def test_a_paper_that_nobody_gets_is_not_approved_and_the_page_leads_to_its_recipients(room: Room, clients: Clients) -> None:
    row = make_draft(room.meeting)
    assert [one["name"] for one in row.recipients] == ["Các điểm cầu"]
    notice = [(one["kind"], one["name"]) for one in make_draft(room.meeting, "TB").recipients]
    assert notice[0] == ("sites", "Các đơn vị, địa phương dự Hội nghị"), "in these words, to every bridge point"
    row = set_recipients(room.meeting, by=the_secretariat(), paper=row, version=2, lines=[])
    with pytest.raises(
        OutOfOrder, match=re.escape(gettext("Choose the recipients: once the paper is approved they cannot be changed."))
    ):
        approve_paper(room.meeting, by=the_secretariat(), paper=row, version=3)
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/official/{row.number}/").content.decode()
    missing = page.partition('aria-labelledby="missing"')[2].partition("</section>")[0]
    assert f"/m/{room.meeting.slug}/issuance/{row.number}/" in missing


def test_the_approval_freezes_data_template_and_layout(room: Room) -> None:
    row = make_approved(room.meeting)
    frozen = present.sheet_of(row)
    assert row.content_hash == frozen.content_hash
    assert frozen.data["head"]["draft_mark"] == ""
    make_participant(room.meeting, "Đại biểu 15-03")
    row.refresh_from_db()
    assert present.sheet_of(row).data == frozen.data
    assert [sentence for sentence in present.news(row) if sentence]
    with pytest.raises(OutOfOrder):
        edit_paper(room.meeting, by=the_secretariat(), paper=row, version=3, words={}, bears={"place": "X"})
    with pytest.raises(OutOfOrder):
        remove_paper(room.meeting, by=the_secretariat(), paper=row, version=3)
    row = return_paper(room.meeting, by=the_secretariat(), paper=row, version=3)
    assert (row.state, row.data, row.content_hash) == ("draft", None, "")
    assert fold_differences(room.meeting) == []


def test_a_programme_that_is_released_anew_is_told(room: Room) -> None:
    release_programme(room.meeting, by=the_secretariat())
    row = make_approved(room.meeting, "CTr")
    assert present.news(row) == []
    make_item(room.meeting, "Bế mạc")
    assert present.news(row) == []
    release_programme(room.meeting, by=the_secretariat())
    assert len(present.news(row)) == 1


def test_a_notice_is_complete_with_an_adopted_conclusion_and_bears_who_leads(room: Room) -> None:
    concluded(room)
    row = make_approved(room.meeting, "TB")
    one = row.data["text"]["parts"][0]["conclusions"][0] if row.data else {}
    assert one["details"] == "Chủ trì: Phòng Tổng hợp; sản phẩm: Kế hoạch."


def test_a_notice_counts_who_was_there_and_not_who_was_asked(room: Room) -> None:
    def told() -> str:
        return rich.plain(_said(room, "TB").text["intro"])

    concluded(room)
    asked = room.meeting.participants.filter(role__in=COUNTED_ROLES, is_excused=False)
    assert f"Triệu tập dự Hội nghị {asked.count():02d} đại biểu tại các điểm cầu." in told()
    mark_presence(room.meeting, by=the_secretariat(), participants=list(asked)[:2], state="present")
    mark_presence(room.meeting, by=the_secretariat(), participants=list(asked)[2:], state="absent")
    assert "Dự Hội nghị có 02 đại biểu tại các điểm cầu." in told()
    assert "Triệu tập" not in told()


def test_the_list_of_delegates_says_who_is_in_the_hall_and_who_at_which_bridge_point(room: Room) -> None:
    room.people["guest"].mode = "online"
    room.people["guest"].save()
    found = {row["name"]: row["form"] for row in _said(room, "DS").text["rows"]}
    names = {who: room.people[who].name for who in ("chair", "delegate", "guest")}
    assert {who: found[name] for who, name in names.items()} == {
        "chair": "Trực tiếp tại điểm cầu trung tâm",
        "delegate": "Trực tuyến tại điểm cầu Lào Cai",
        "guest": "Trực tuyến, thuộc điểm cầu trung tâm",
    }
    assert [row["number"] for row in _said(room, "DS").text["rows"]] == [str(at) for at in range(1, len(found) + 1)]


def test_a_number_within_the_meeting_is_not_used_again(room: Room) -> None:
    first = make_draft(room.meeting)
    remove_paper(room.meeting, by=the_secretariat(), paper=first, version=2)
    assert make_draft(room.meeting).number == 2
    assert fold_differences(room.meeting) == []


def test_words_found_altered_behind_the_journal(room: Room) -> None:
    row = make_draft(room.meeting)
    OfficialPaper.objects.filter(pk=row.pk).update(signer="Người khác")
    assert fold_differences(room.meeting) != []


def test_a_state_body_s_papers_follow_its_rules(room: Room) -> None:
    room.meeting.organiser.body = "state"
    room.meeting.organiser.save()
    row = make_draft(room.meeting, "GM")
    sheet = present.sheet_of(row)
    assert (sheet.profile.body, sheet.data["recipients"][-1]) == ("state", "Lưu: VT")
    assert "Độc lập - Tự do - Hạnh phúc" in sheet.html()


# Pages and the door


def test_the_desk_says_what_is_missing_and_offers_what_was_written(room: Room, clients: Clients) -> None:
    row = make_draft(room.meeting, "TB", {"assessment": rich.paragraphs('Tốt <b>"x"</b>.')})
    page = clients["secretary"].get(f"/m/{room.meeting.slug}/official/{row.number}/").content.decode()
    assert "Tốt &lt;b&gt;" in page
    assert "<b>&quot;x&quot;" not in page
    assert 'name="text_intro_text"' in page
    assert clients["chair"].get(f"/m/{room.meeting.slug}/official/").status_code == 200
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/official/99/").status_code == 404
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/official/99999999999999999999/").status_code == 404


def test_a_plain_form_and_an_editor_write_the_same(room: Room, clients: Clients) -> None:
    row = make_draft(room.meeting, "TB")
    plainly = {"paper": row, "version": 2, "abstract": "kết luận", "text_assessment_text": "Một.\nHai.", "text_intro_text": "A"}
    assert knock(clients["secretary"], room.meeting, "paper.edit", **plainly).status_code == 200
    row.refresh_from_db()
    assert rich.plain(row.words["assessment"]).split() == ["Một.", "Hai."]
    assert row.place == "Hà Nội"
    doc = json.dumps(
        {
            "type": "doc",
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Ba", "marks": [{"type": "strong"}]}]}],
        }
    )
    richly = {"paper": row, "version": 3, "abstract": "kết luận", "text_assessment": doc, "text_tasks_annex": "on"}
    assert knock(clients["secretary"], room.meeting, "paper.edit", **richly).status_code == 200
    row.refresh_from_db()
    assert (row.words["assessment"], row.words["tasks_annex"]) == (json.loads(doc), True)
    assert rich.plain(row.words["intro"]).strip() == "A"


@pytest.mark.parametrize(
    "fields",
    [{"abstract": ""}, {"abstract": "x" * 401}, {"text_intro_text": "x" * 1_000_000}, {"text_intro": "{"},
     {"text_intro": '{"type":"x"}'},
     {"version": "0"}, {"version": "x"}, {"paper": "0"}, {"paper": "9" * 30}, {"signer": "x" * 121}],
)  # fmt: skip
def test_malformed_input_is_refused_with_its_field(room: Room, clients: Clients, fields: dict[str, str]) -> None:
    row = make_draft(room.meeting, "TB")
    answer = knock(clients["secretary"], room.meeting, "paper.edit", **{"paper": row, "version": 2, "abstract": "x", **fields})
    assert (answer.status_code, bool(answer.json()["errors"])) == (400, True)


def test_a_paper_is_set_once_for_all_who_look_and_not_again_for_who_has_it(room: Room, clients: Clients) -> None:
    row = make_draft(room.meeting)
    url = f"/m/{room.meeting.slug}/official/{row.number}/paper.pdf"
    first = clients["secretary"].get(url)
    assert (first.status_code, first.content[:5]) == (200, b"%PDF-")
    assert clients["chair"].get(url).content == first.content
    assert clients["secretary"].get(url, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert first["Cache-Control"] == "private, no-cache"
    data = clients["secretary"].get(f"/m/{room.meeting.slug}/official/{row.number}/data.json").json()
    assert data["text"]["count"] == len(data["text"]["rows"])


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_pages_ask_as_much_for_three_as_for_thirty(room: Room, clients: Clients) -> None:
    row = make_draft(room.meeting, "DS")
    urls = [f"/m/{room.meeting.slug}/official/", f"/m/{room.meeting.slug}/official/{row.number}/"]
    few = [queries_of(clients["secretary"], url) for url in urls]
    for at in range(30):
        make_participant(room.meeting, f"Đại biểu 15-{at:02d}")
    rows = [
        OfficialPaper(meeting=room.meeting, number=at, kind="TB", profile="x", abstract="x", changed_at=row.changed_at)
        for at in range(50, 80)
    ]
    OfficialPaper.objects.bulk_create(rows)
    assert [queries_of(clients["secretary"], url) for url in urls] == few == [6, 9]
