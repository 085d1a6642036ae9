"""The report of opinion slips: counts, answers by unit with their remarks; of secret ones remarks alone, and no names."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from jobs.models import Job
from jobs.queue import claim_next
from jobs.runner import carry_out
from tests.cast import Clients, Room
from tests.make import make_participants
from tests.polls import AGAINST, FOR, cast, close_poll
from tests.printing.measuring import texts
from tests.slips import slips
from voting.models import Poll
from voting.slips.paper import AT_ONCE
from voting.slips.reporting import report_of

pytestmark = pytest.mark.django_db
HOSTILE = '=HYPERLINK("http://x") <b>đậm</b>'


def answered(room: Room, **kw: Any) -> Poll:
    """Return slips that have been closed: two answers with remarks, one without."""
    poll = slips(room, **kw)
    cast(poll, room.people["chair"], FOR, remark="Đề nghị bổ sung số liệu")
    cast(poll, room.people["delegate"], AGAINST, remark=HOSTILE)
    cast(poll, room.people["ha_tinh"], FOR)
    return close_poll(poll)


def file(clients: Clients, poll: Poll, ending: str, who: str = "secretary") -> Any:
    return clients[who].get(f"/m/{poll.meeting.slug}/polls/{poll.number}/slips.{ending}")


def cells(data: bytes, sheet: int) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()]


def test_the_workbook_of_named_slips_has_everybody_by_unit(room: Room, clients: Clients) -> None:
    data = file(clients, answered(room), "xlsx").content
    rows = {row[2]: (row[1], row[4], row[5]) for row in cells(data, 1)[1:]}
    assert rows["Giàng A Đại"] == ("Lào Cai", "Không tán thành", HOSTILE)
    assert rows["Lâm Út Tư"][1] == "chưa gửi phiếu"
    assert b"<f>" not in data
    assert [row[2] for row in cells(data, 0)][2:5] == [2, 1, 0]


def test_secret_slips_tell_remarks_and_no_names(room: Room, clients: Clients) -> None:
    poll = answered(room, is_secret=True)
    report = report_of(poll)
    assert set(report.remarks) == {"Đề nghị bổ sung số liệu", HOSTILE}
    assert report.answers == ()
    whole = str(cells(file(clients, poll, "xlsx").content, 0)) + str(cells(file(clients, poll, "xlsx").content, 1))
    paper = " ".join(texts(file(clients, poll, "pdf").content))
    assert "Đề nghị bổ sung số liệu" in paper
    assert not [one.name for one in room.people.values() if one.name in whole + paper]


def test_the_paper_says_what_came_of_it(room: Room, clients: Clients) -> None:
    text = " ".join("\n".join(texts(file(clients, answered(room), "pdf").content)).split())
    for words in ("BÁO CÁO", "kết quả lấy ý kiến", "số phiếu thu về: 3", "Giàng A Đại", "<b>đậm</b>", "Chưa gửi phiếu"):
        assert words in text


def test_a_long_paper_is_printed_in_the_background(room: Room, clients: Clients) -> None:
    make_participants(room.meeting, [f"Đại biểu {n}" for n in range(AT_ONCE)], site=room.lao_cai)
    answer = file(clients, answered(room), "pdf")
    job = Job.objects.get(name="slips.result")
    assert answer.headers["Location"] == f"/jobs/{job.uuid}/"
    while (held := claim_next()) is not None:
        carry_out(held)
    job.refresh_from_db()
    assert (job.state, job.files.get().content_type) == ("done", "application/pdf")


def test_there_is_no_report_before_the_deadline_and_none_for_delegates(room: Room, clients: Clients) -> None:
    poll = slips(room)
    assert file(clients, poll, "xlsx").status_code == 404
    close_poll(poll)
    assert file(clients, poll, "xlsx").status_code == 200
    assert file(clients, poll, "xlsx", who="delegate").status_code == 403
