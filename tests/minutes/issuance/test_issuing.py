"""An approved paper gets its number, its file is made, it goes out: the whole way, with the real press."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256

import pikepdf
import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext

from issuing.invitations.actions import recall_invitations
from issuing.models import IssuedDocument, NumberRegister
from issuing.queries import is_whole
from jobs.models import Job
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from minutes.issuance import filing
from minutes.issuance import work as filing_work
from minutes.issuance.actions import issue_paper, recall_paper
from minutes.issuance.recipients import Picked
from minutes.models import OfficialPaper
from packets.models import Document, Release
from packets.releasing.seeing import sights
from tests.cast import Clients, Room
from tests.issuing_papers import invite, make_register
from tests.make import actor_of, the_secretariat
from tests.official_papers import DATED, differences, file_without_press, make_issued, make_official
from tests.printing.measuring import texts

Work = Callable[[], list[Job]]


def issue(paper: OfficialPaper, **kw: object) -> OfficialPaper:
    return issue_paper(paper.meeting, by=the_secretariat(), paper=paper, version=paper.version, **{"dated": DATED} | kw)


def test_an_issued_paper_has_number_date_and_code_in_its_pdf_and_goes_out(room: Room, work: Work) -> None:
    make_register("TB", first=7)
    row = issue(make_official(room.meeting))
    assert (row.state, row.issued.symbol, row.filed_at) == ("issued", "07-TB/VPTW", None)
    (job,) = [one for one in work() if one.name == "official.file"]
    assert job.state == "done", job.note
    row.refresh_from_db()
    data = filing.bytes_of(row)
    assert data is not None
    assert sha256(data).hexdigest() == row.sha256
    words = "\n".join(texts(data))
    assert "07-TB/VPTW" in words
    assert "ngày 26 tháng 11 năm 2025" in words
    assert "-".join(row.code[at : at + 4] for at in range(0, 26, 4)) in words.replace("\n", "")
    assert "DỰ THẢO" not in words
    with pikepdf.open(settings.FILES_DIR / row.pdf.name) as pdf:
        told = json.loads(pdf.attachments["data.json"].get_file().read_bytes())
    assert (told["schema"], told["head"]["number"]) == ("diemcau/TB/1", "07-TB/VPTW")
    assert filing.docx_of(row)[:2] == b"PK"
    document = Document.objects.get(meeting=room.meeting, number=row.document)
    assert document.title == "Thông báo số 07-TB/VPTW kết luận Hội nghị thử nghiệm"
    delegate = actor_of(room.meeting, room.people["delegate"].person.user)
    assert [one.document.pk for one in sights(room.meeting, delegate)] == [document.pk]
    guest = actor_of(room.meeting, room.people["guest"].person.user)
    assert sights(room.meeting, guest) == []
    assert differences(room.meeting) == []


def test_a_recalled_paper_leaves_the_readers_and_its_number_stays_cancelled(room: Room, work: Work, clients: Clients) -> None:
    make_register("TB")
    row = issue(make_official(room.meeting))
    work()
    page = f"/m/{room.meeting.slug}/papers/1/"
    assert [clients[who].get(page).status_code for who in ("delegate", "guest")] == [200, 404]
    recall_paper(room.meeting, by=the_secretariat(), paper=row, reason="Sai số liệu")
    row.refresh_from_db()
    paper = IssuedDocument.objects.get(pk=row.issued_id)
    assert (row.state, paper.state, paper.reason) == ("recalled", "cancelled", "Sai số liệu")
    assert not Release.objects.filter(document__meeting=room.meeting, recalled_at=None).exists()
    delegate = actor_of(room.meeting, room.people["delegate"].person.user)
    assert sights(room.meeting, delegate) == []
    assert is_whole(paper.register)
    assert differences(room.meeting) == []
    answers = [clients[who].get(page) for who in ("delegate", "guest")]  # told to whom it was open, and who had opened it
    assert [one.status_code for one in answers] == [404, 404]
    assert [gettext("This paper has been recalled") in one.content.decode() for one in answers] == [True, False]


def test_demo_papers_never_take_a_number_of_the_office(room: Room) -> None:
    register = make_register("TB")
    Meeting.objects.filter(pk=room.meeting.pk).update(kind=Meeting.Kind.DEMO)
    room.meeting.refresh_from_db()
    row = issue(make_official(room.meeting))
    register.refresh_from_db()
    assert register.last == 0
    assert row.issued.register.is_disposable
    assert NumberRegister.objects.filter(is_disposable=True).count() == 1


def test_a_list_of_delegates_bears_a_date_and_a_code_but_no_number(room: Room) -> None:
    row = issue(make_official(room.meeting, "DS"))
    assert (row.issued, row.dated, len(row.code)) == (None, DATED, 26)
    assert IssuedDocument.objects.count() == 0
    assert differences(room.meeting) == []


def test_a_new_paper_takes_the_place_of_an_old_one_which_is_recalled_with_it(room: Room) -> None:
    old = make_issued(room.meeting)
    new = issue(make_official(room.meeting), replaces=old)
    old.refresh_from_db()
    assert (old.state, old.replaced_by_id) == ("recalled", new.pk)
    assert IssuedDocument.objects.get(pk=old.issued_id).replaced_by_id == new.issued_id
    assert [new.issued.number, new.issued.register.last] == [2, 2]
    assert [line for line in differences(room.meeting) if "sha" not in line and "issuance" not in line] == []
    with pytest.raises(OutOfOrder):
        issue(make_official(room.meeting), replaces=old)


def test_what_cannot_be_issued_is_said_and_takes_no_number(room: Room) -> None:
    register = make_register("TB")
    draft, nobody = make_official(room.meeting, state="draft"), make_official(room.meeting, recipients=[])
    with pytest.raises(OutOfOrder):
        issue(draft)
    with pytest.raises(OutOfOrder):
        issue(nobody)
    with pytest.raises(OutOfOrder):
        issue(make_official(room.meeting), dated=DATED.replace(year=2098))
    row = issue(make_official(room.meeting))
    with pytest.raises(OutOfOrder, match="01-TB/VPTW"):
        issue(row)
    with pytest.raises(OutOfOrder):
        issue(make_official(room.meeting, "NQ"))  # no register of resolutions has been opened
    register.refresh_from_db()
    assert (register.last, is_whole(register)) == (1, True)


def test_a_worker_killed_between_number_and_file_leaves_neither_a_gap_nor_a_number_without_a_paper(
    room: Room, work: Work
) -> None:
    make_register("TB")
    row = issue(make_official(room.meeting))
    Job.objects.filter(name=filing_work.KIND).delete()  # killed for good: nobody holds it any more
    assert filing_work.begin_again(lambda: True) is False
    work()
    row.refresh_from_db()
    assert row.filed_at is not None
    assert row.issued.symbol == "01-TB/VPTW"
    assert filing_work.begin_again(lambda: True) is False
    assert work() == []
    assert room.meeting.journal.entries.filter(kind="paper.filed").count() == 1
    assert room.meeting.documents.count() == 1


def test_papers_that_wait_for_their_next_trial_keep_no_other_from_being_begun(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_register("TB")
    monkeypatch.setattr(filing_work, "AT_ONCE", 1)
    failed, lost = issue(make_official(room.meeting)), issue(make_official(room.meeting))
    jobs = Job.objects.filter(name=filing_work.KIND)
    jobs.filter(arguments__paper=failed.pk).update(state=Job.State.FAILED, ended_at=timezone.now())
    jobs.filter(arguments__paper=lost.pk).delete()
    filing_work.begin_again(lambda: True)
    assert [job.arguments["paper"] for job in jobs.filter(state=Job.State.WAITING)] == [lost.pk]


def test_what_the_press_refuses_says_so_on_the_paper_and_is_tried_again(room: Room, work: Work) -> None:
    make_register("TB")
    row = make_official(room.meeting)
    row.data["text"] = {}
    row.save()
    row = issue(row)
    (job,) = work()
    row.refresh_from_db()
    assert (job.state, row.filed_at) == ("failed", None)
    assert row.trouble
    filing_work.begin_again(lambda: True)
    assert work() == []  # not at once again
    Job.objects.update(ended_at=job.ended_at - 2 * filing_work.AGAIN)
    row.data = make_official(room.meeting).data
    row.save()
    filing_work.begin_again(lambda: True)
    assert [one.state for one in work()] == ["done"]
    row.refresh_from_db()
    assert (row.trouble, row.filed_at is not None) == ("", True)


def test_a_letter_of_invitation_is_recalled_and_another_takes_its_place(room: Room) -> None:
    make_register("GM")
    first = issue(make_official(room.meeting, "GM"))
    with pytest.raises(OutOfOrder, match="01-GM/VPTW"):
        issue(make_official(room.meeting, "GM"))  # it does not say whose place it takes
    recall_paper(room.meeting, by=the_secretariat(), paper=first, reason="Sai giờ")
    second = issue(make_official(room.meeting, "GM"), replaces=first)
    third = issue(make_official(room.meeting, "GM"), replaces=second)  # recalled in the same step
    rows = {row.issued.symbol: row for row in room.meeting.official_papers.filter(issued__isnull=False).select_related("issued")}
    assert {symbol: (row.state, row.issued.state) for symbol, row in rows.items()} == {
        "01-GM/VPTW": ("recalled", "cancelled"), "02-GM/VPTW": ("recalled", "cancelled"), "03-GM/VPTW": ("issued", "issued"),
    }  # fmt: skip
    assert [rows[symbol].replaced_by_id for symbol in sorted(rows)] == [second.pk, third.pk, None]
    assert [rows[symbol].issued.replaced_by_id for symbol in sorted(rows)] == [second.issued_id, third.issued_id, None]
    (row,) = invite(room.meeting, room.people["delegate"])
    assert row.document_id == third.issued_id
    with pytest.raises(OutOfOrder):
        recall_paper(room.meeting, by=the_secretariat(), paper=third, reason="Sai")  # people are invited by it
    recall_invitations(room.meeting, by=the_secretariat(), everyone=True)
    recall_paper(room.meeting, by=the_secretariat(), paper=third, reason="Sai")
    assert is_whole(NumberRegister.objects.get(paper_type="GM"))
    assert differences(room.meeting) == []


@pytest.mark.parametrize("kind", ["TB", "DS"])
def test_the_page_follows_the_job_that_makes_the_file_until_it_has_ended(room: Room, clients: Clients, kind: str) -> None:
    row = make_issued(room.meeting, kind, filed=False)
    url = f"/m/{room.meeting.slug}/issuance/{row.number}/"
    job = Job.objects.get(name=filing_work.KIND)
    follows = f'<job-state data-url="/jobs/{job.uuid}/state/" data-reload'
    html = clients["secretary"].get(url).content.decode()
    assert f"{follows} hidden>" in html
    assert "js/jobs.js" in html
    words = "The paper has its number. " if kind == "TB" else "The paper is issued. "
    assert gettext(words + "Its file is being made and goes out in a moment; you can go on working.") in html
    assert clients["secretary"].get(f"/jobs/{job.uuid}/state/").status_code == 200
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED)
    assert f"{follows} data-over hidden>" in clients["secretary"].get(url).content.decode()
    file_without_press(row)
    assert "<job-state" not in clients["secretary"].get(url).content.decode()


def test_before_the_issue_one_is_told_of_the_number_the_paper_will_really_have(room: Room, clients: Clients) -> None:
    only = Picked(archive="Lưu hồ sơ Hội nghị")
    listed, kept = make_official(room.meeting, "DS"), make_official(room.meeting, "DS", picked=only)
    notice, filed = make_official(room.meeting), make_official(room.meeting, picked=only)

    def is_told(row: OfficialPaper, sentence: str) -> bool:
        html = clients["secretary"].get(f"/m/{room.meeting.slug}/issuance/{row.number}/").content.decode()
        return f' data-confirm="{escape(gettext(sentence))}"' in html

    sent = "It goes to its recipients at once. This kind of paper bears no number. It can be recalled."
    nowhere = "It goes to nobody: only the archive keeps it. "
    assert is_told(listed, sent)
    assert is_told(kept, nowhere + "This kind of paper bears no number. It can be recalled.")
    for_good = "It gets its number for good and goes to its recipients at once. "
    assert is_told(notice, for_good + "It can be recalled; its number is then cancelled and never given again.")
    assert is_told(filed, nowhere + "It can be recalled; a number it gets is then cancelled and never given again.")
    Meeting.objects.filter(pk=room.meeting.pk).update(kind=Meeting.Kind.DEMO)
    worthless = "It gets a number of the demonstration, without validity, and goes to "
    assert is_told(notice, worthless + "its recipients at once. It can be recalled.")
    assert is_told(filed, worthless + "nobody: only the archive keeps it. It can be recalled.")
    assert is_told(listed, sent)
