"""A paper takes the place of another: it is chosen by its number, its recipients are named; no cloned meeting takes it over."""

from __future__ import annotations

import pytest
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import gettext

from minutes.checking import grouped
from minutes.issuance.actions import recall_paper
from minutes.issuance.reading import RECALL_STANDS
from minutes.issuance.recipients import Picked
from minutes.models import OfficialPaper
from minutes.papers.actions import draft_paper
from packets.models import Document
from tests.cast import Clients, Room
from tests.make import the_secretariat
from tests.meetings.test_cloning import clone
from tests.official_papers import file_without_press, make_issued, make_official
from tests.papers import make_document

pytestmark = pytest.mark.django_db


def test_the_paper_to_replace_is_chosen_by_number_date_and_abstract(room: Room, clients: Clients) -> None:
    make_issued(room.meeting)
    recall_paper(room.meeting, by=the_secretariat(), paper=make_issued(room.meeting), reason="Sai")
    row = make_official(room.meeting)
    html = clients["secretary"].get(f"/m/{room.meeting.slug}/issuance/{row.number}/").content.decode()
    words = "02-TB/VPTW, 26/11/2025 – kết luận Hội nghị thử nghiệm"
    assert ">01-TB/VPTW, 26/11/2025 – kết luận Hội nghị thử nghiệm<" in html
    assert f">{gettext('%(paper)s (recalled)') % {'paper': words}}<" in html


def test_a_clone_takes_over_the_papers_of_a_meeting_but_not_what_was_issued_there(room: Room) -> None:
    issued, own = make_document(room.meeting, title="Thông báo số 01-TB/VPTW"), make_document(room.meeting, title="Báo cáo")
    OfficialPaper.objects.filter(pk=make_issued(room.meeting).pk).update(document=issued.number)
    new = clone(room.meeting, "papers")
    assert list(Document.objects.filter(meeting=new).values_list("number", "title")) == [(1, own.title)]


def test_the_page_of_issuing_names_whom_the_replaced_paper_went_to_and_this_one_does_not(room: Room, clients: Clients) -> None:
    make_issued(room.meeting, picked=Picked(participants=[room.people["delegate"]], bridge_points=[room.lao_cai]))
    narrow = make_official(room.meeting, picked=Picked(bridge_points=[room.lao_cai]))
    (left_out,) = clients["secretary"].get(f"/m/{room.meeting.slug}/issuance/{narrow.number}/").context["left_out"]
    assert (left_out.count, left_out.total, left_out.names) == (1, 2, "Giàng A Đại")
    assert left_out.paper.startswith("01-TB/VPTW")
    whole = make_official(room.meeting, recipients=room.meeting.official_papers.get(number=1).recipients)
    assert clients["secretary"].get(f"/m/{room.meeting.slug}/issuance/{whole.number}/").context["left_out"] == []


def test_a_draft_after_a_recall_goes_to_the_recipients_of_the_recalled_paper_until_it_is_replaced(room: Room) -> None:
    by, picked = the_secretariat(), Picked(participants=[room.people["delegate"]], archive="Lưu Văn phòng")
    old = make_issued(room.meeting, picked=picked)
    usual = draft_paper(room.meeting, by=by, kind="TB").recipients
    recall_paper(room.meeting, by=by, paper=old, reason="Sai")
    assert draft_paper(room.meeting, by=by, kind="TB").recipients == old.recipients != usual
    OfficialPaper.objects.filter(pk=old.pk).update(replaced_by=make_issued(room.meeting))
    assert draft_paper(room.meeting, by=by, kind="TB").recipients == usual


def test_who_had_a_recalled_paper_is_told_on_the_start_page_for_a_week(room: Room, clients: Clients) -> None:
    row = make_issued(room.meeting, picked=Picked(participants=[room.people["delegate"]]))
    clients["delegate"].get(f"/received/{row.code}/")
    assert row.code not in clients["delegate"].get("/").content.decode()
    recall_paper(room.meeting, by=the_secretariat(), paper=row, reason="Sai")
    row.refresh_from_db()
    at = localtime(row.recalled_at).strftime("%H:%M, %d/%m/%Y")
    html = clients["delegate"].get("/").content.decode()
    assert f"/received/{row.code}/" in html
    assert gettext("Recalled at %(at)s: do not use it any more") % {"at": at} in html
    assert row.code not in clients["technician"].get("/").content.decode()
    OfficialPaper.objects.update(recalled_at=row.recalled_at - RECALL_STANDS)
    assert row.code not in clients["delegate"].get("/").content.decode()


def test_a_replaced_paper_leads_to_the_new_one_where_its_reader_has_it(room: Room, clients: Clients) -> None:
    mine, others = Picked(participants=[room.people["delegate"]]), Picked(bridge_points=[room.sites[3]])
    old = make_issued(room.meeting, picked=mine)
    recall_paper(room.meeting, by=the_secretariat(), paper=old, reason="Sai")
    for picked, where in ((others, "check"), (mine, "received")):
        new = make_issued(room.meeting, picked=picked)
        OfficialPaper.objects.filter(pk=old.pk).update(replaced_by=new)
        assert f'href="/{where}/{new.code}/"' in clients["delegate"].get(f"/received/{old.code}/").content.decode()


def test_the_page_of_a_paper_shows_the_hash_of_the_file_that_was_issued(room: Room, clients: Clients) -> None:
    row = make_issued(room.meeting, content_hash="c" * 64, filed=False)
    url = f"/m/{room.meeting.slug}/official/{row.number}/"
    html = clients["secretary"].get(url).content.decode()
    assert f'{gettext("Code of the contents")}: <span class="num">' in html
    file_without_press(row)
    for page, who in ((url, "secretary"), (f"/received/{row.code}/", "delegate")):
        html = clients[who].get(page).content.decode()
        assert f'{gettext("SHA-256 of the issued file")}: <span class="num">{grouped(row.sha256)}</span>' in html
        assert gettext("Code of the contents") not in html


def test_a_paper_for_the_archive_alone_says_so_before_and_after(room: Room, clients: Clients) -> None:
    only = Picked(archive="Lưu hồ sơ Hội nghị")
    ready, out = make_official(room.meeting, picked=only), make_issued(room.meeting, picked=only)
    pages = [clients["secretary"].get(f"/m/{room.meeting.slug}/issuance/{n}").content.decode() for n in ("1/", "2/", "")]
    assert escape(gettext("This paper goes to nobody: only the archive keeps it.")) in pages[ready.number - 1]
    sent = gettext(
        "It gets its number for good and goes to its recipients at once. "
        "It can be recalled; its number is then cancelled and never given again."
    )
    assert escape(sent) not in pages[ready.number - 1]
    assert gettext("This paper is only kept in the archive; it goes to nobody.") in pages[out.number - 1]
    assert 'role="search"' not in pages[out.number - 1].partition('id="receipts"')[2]
    assert gettext("All have it") not in pages[2]


def test_both_who_sign_the_minutes_are_named(room: Room, clients: Clients) -> None:
    row = make_issued(room.meeting, "BB", signer="", post="")
    pairs = (("THƯ KÝ", "Trần Thị Thư"), ("CHỦ TỌA", "Nguyễn Văn Chủ"))
    told = [{"authority": [role], "post": "", "signer": name} for role, name in pairs]
    OfficialPaper.objects.filter(pk=row.pk).update(data=row.data | {"signatures": told})
    html = clients["secretary"].get(f"/m/{room.meeting.slug}/issuance/{row.number}/").content.decode()
    assert "<dd>THƯ KÝ: Trần Thị Thư</dd><dd>CHỦ TỌA: Nguyễn Văn Chủ</dd>" in html


def test_after_a_recall_the_pages_say_when_and_why_and_where_to_draft_another(room: Room, clients: Clients) -> None:
    row = make_issued(room.meeting)
    recall_paper(room.meeting, by=the_secretariat(), paper=row, reason="Sai số liệu")
    row.refresh_from_db()
    words = gettext("Recalled at %(at)s, by %(who)s. Reason: %(why)s")
    told = words % {"at": localtime(row.recalled_at).strftime("%H:%M, %d/%m/%Y"), "who": row.recalled_by, "why": "Sai số liệu"}
    for room_of in ("issuance", "official"):
        html = clients["secretary"].get(f"/m/{room.meeting.slug}/{room_of}/{row.number}/").content.decode()
        assert escape(told) in html
        assert f'href="/m/{room.meeting.slug}/official/#kind-TB"' in html
    assert "#kind-TB" not in clients["chair"].get(f"/m/{room.meeting.slug}/official/{row.number}/").content.decode()


def test_recipients_are_separated_as_on_the_paper(room: Room, clients: Clients) -> None:
    for profile, sign in (("HD36-2018", ","), ("ND30-2020", ";")):
        row = make_official(room.meeting, profile=profile)
        html = clients["secretary"].get(f"/m/{room.meeting.slug}/issuance/{row.number}/").content.decode()
        assert f"<li>Ban Bí thư (để báo cáo){sign}</li>" in html


def test_a_page_that_names_a_replacing_paper_says_when_that_one_was_recalled_too(room: Room, clients: Clients) -> None:
    mine = Picked(participants=[room.people["delegate"]])
    old, new = make_issued(room.meeting, picked=mine), make_issued(room.meeting, picked=mine)
    recall_paper(room.meeting, by=the_secretariat(), paper=old, reason="Sai")
    OfficialPaper.objects.filter(pk=old.pk).update(replaced_by=new)
    desk = f"/m/{room.meeting.slug}/issuance/"
    pages = [("delegate", f"/check/{old.code}/"), ("delegate", f"/received/{old.code}/")]
    pages += [("secretary", f"{desk}{old.number}/"), ("secretary", desk)]
    named = gettext("(recalled)")
    assert [named in clients[who].get(page).content.decode() for who, page in pages] == [False] * 4
    recall_paper(room.meeting, by=the_secretariat(), paper=new, reason="Cũng sai")
    assert [named in clients[who].get(page).content.decode() for who, page in pages] == [True] * 4
