"""The pages of importing: upload, template, what would change; stale previews are noticed; contact data does not stay."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from meetings import actions
from meetings.hooks import fold_differences
from meetings.importing import runs
from meetings.importing.models import ImportRun
from sheets import read, read_grid, write_csv, write_xlsx
from tests.cast import Room
from tests.knocking import knock
from tests.make import make_command_id, make_import_run, make_participant, open_the_meeting, the_secretariat

pytestmark = pytest.mark.django_db
HEAD = ["Họ và tên", "Đơn vị", "Điểm cầu"]


def page(room: Room) -> str:
    return f"/m/{room.meeting.slug}/import/participants/"


def upload(client: Client, room: Room, data: bytes, name: str = "ds.xlsx") -> tuple[int, str]:
    answer = client.post(page(room), {"file": SimpleUploadedFile(name, data)}, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_list_is_uploaded_looked_at_mended_and_imported(room: Room, clients: dict[str, Client]) -> None:
    client, before = clients["secretary"], room.meeting.participants.count()
    wrong = write_xlsx(
        "T", HEAD, [["Lò Một", "Huế", "Lào Cai"], ["Lò Hai", "Huế", "Sao Hỏa"], ["Lâm Út Tư", "Cà Mau", "Lào Cai"]]
    )
    status, text = upload(client, room, wrong)
    assert status == 200
    assert "C3" in text
    assert "participants.import/" not in text
    assert room.meeting.participants.count() == before
    mended = write_xlsx("T", HEAD, [["Lò Một", "Huế", "Lào Cai"], ["Lò Hai", "Huế", ""], ["Lâm Út Tư", "Cà Mau", "Lào Cai"]])
    status, text = upload(client, room, mended)
    run = ImportRun.objects.get()
    assert "<del>Cà Mau</del>" in text
    assert "<ins>Lào Cai</ins>" in text
    answer = knock(client, room.meeting, "participants.import", run=run, seen=run.judged["digest"])
    assert (answer.status_code, room.meeting.participants.count()) == (200, before + 2)
    run.refresh_from_db()
    assert (run.state, run.table, run.judged, run.counts["new"]) == ("applied", {}, {}, 2)
    assert client.get(f"{page(room)}{run.pk}/").status_code == 200
    again = knock(client, room.meeting, "participants.import", run=run, seen="x")
    assert again.status_code == 409
    assert fold_differences(room.meeting) == []


def test_rows_are_shown_by_what_becomes_of_them(room: Room, clients: dict[str, Client]) -> None:
    run = make_import_run(room.meeting, [["Lò Một", "Huế"], ["Lâm Út Tư", "Cà Mau"], ["", "Huế"], ["Lò Hai", ""]])
    address = f"{page(room)}{run.pk}/"
    shown = {
        verdict: [row["number"] for row in clients["secretary"].get(f"{address}?verdict={verdict}").context["page"]]
        for verdict in ("new", "same", "error", "warning", "changed", "<x>", "")
    }
    assert shown == {"new": [2], "same": [3], "error": [4], "warning": [5], "changed": [], "<x>": [2, 3, 4, 5], "": [2, 3, 4, 5]}


def test_a_preview_that_has_gone_stale_is_noticed_and_judged_again(room: Room, clients: dict[str, Client]) -> None:
    run, client = make_import_run(room.meeting, [["Lò Một", "Huế"]]), clients["secretary"]
    seen = run.judged["digest"]
    make_participant(room.meeting, "Lò Một", unit="Thành ủy Huế")
    refused = knock(client, room.meeting, "participants.import", run=run, seen=seen)
    assert refused.status_code == 409
    assert not room.meeting.journal.entries.filter(kind="participants.imported").exists()
    answer = client.get(f"{page(room)}{run.pk}/")
    assert answer.context["judged"].moved
    assert answer.context["judged"].to_do == 0
    assert not client.get(f"{page(room)}{run.pk}/").context["judged"].moved


def test_looking_at_a_list_while_it_is_imported_does_not_bring_its_rows_back(
    room: Room, clients: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    run, judge = make_import_run(room.meeting, [["Lò Một", "Huế"]]), runs.judge
    make_participant(room.meeting, "Lò Hai", unit="Thành ủy Huế")  # the journal has moved: who looks judges anew

    def judge_slowly(of: ImportRun, kind: runs.Kind) -> runs.Judgement:
        found = judge(of, kind)
        monkeypatch.setattr(runs, "judge", judge)
        answer = knock(clients["secretariat"], room.meeting, "participants.import", run=of, seen=found.digest)
        assert answer.status_code == 200
        return found

    monkeypatch.setattr(runs, "judge", judge_slowly)
    assert clients["secretary"].get(f"{page(room)}{run.pk}/").status_code == 200
    run.refresh_from_db()
    assert (run.state, run.table, run.judged) == ("applied", {}, {})


def test_what_does_not_touch_the_list_leaves_a_preview_as_it_is(room: Room, clients: dict[str, Client]) -> None:
    run = make_import_run(room.meeting)
    open_the_meeting(room.meeting)
    assert not clients["secretary"].get(f"{page(room)}{run.pk}/").context["judged"].moved
    answer = knock(clients["secretary"], room.meeting, "participants.import", run=run, seen=run.judged["digest"])
    assert answer.status_code == 200


def test_one_s_own_earlier_upload_is_dropped_and_another_s_is_not(room: Room, clients: dict[str, Client]) -> None:
    first = make_import_run(room.meeting)
    upload(clients["secretary"], room, write_csv(HEAD, [["Lò Hai", "Huế", ""]]), "ds.csv")
    make_import_run(room.meeting)
    assert ImportRun.objects.count() == 2
    assert not ImportRun.objects.filter(pk=first.pk).exists()
    assert clients["secretary"].get(f"{page(room)}{first.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "ds.xlsx"), (b"x", "ds.xlsm"), (b"PK\x03\x04junk", "ds.xlsx"), (b"\xd0\xcf\x11\xe0" + bytes(99), "ds.xls"),
        (write_csv(["Tên gì", "Đơn vị"], [["a", "b"]]), "ds.csv"), (write_csv(HEAD, []), "ds.csv"),
        (b"Full name,Unit,Unit\na,b,c\n", "ds.csv"), (b"Full name,Unit\n=1+1,b\n", "ds.csv"), (b"\0" * 50, "<b>.csv"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_read_is_refused_with_a_sentence(
    data: bytes, name: str, room: Room, clients: dict[str, Client]
) -> None:
    status, text = upload(clients["secretary"], room, data, name)
    assert status == 400
    assert 'class="error' in text or "errorlist" in text
    assert not ImportRun.objects.exists()


def test_the_template_has_headings_examples_and_allowed_values_and_comes_back(room: Room, clients: dict[str, Client]) -> None:
    answer = clients["secretary"].get(f"{page(room)}template/")
    assert answer["Content-Disposition"] == 'attachment; filename="participants.xlsx"'
    book = load_workbook(io.BytesIO(answer.content))
    assert len(book.sheetnames) == 3
    head = [cell.value for cell in book.worksheets[0][1]]
    assert "Lào Cai" in [cell.value for cell in book.worksheets[2]["A"]]
    status, _text = upload(clients["secretary"], room, write_xlsx("T", head, [["Lò Một", *[""] * (len(head) - 1)]]))
    assert status == 200
    examples = book.worksheets[1]
    rows = [[cell.value or "" for cell in row] for row in examples.iter_rows(min_row=2)]
    kind = runs.kinds.find("participants", of_meeting=True)
    assert kind is not None
    table = runs.table_of(read_grid(write_xlsx("T", head, rows), "x.xlsx"), kind.columns)
    assert len(table["rows"]) == 2
    assert read(answer.content, "x.xlsx").header == head


def test_nothing_is_imported_into_a_meeting_that_is_over(room: Room, clients: dict[str, Client]) -> None:
    run = make_import_run(room.meeting)
    open_the_meeting(room.meeting)
    actions.adjourn_meeting(room.meeting, by=the_secretariat())
    answer = knock(clients["secretary"], room.meeting, "participants.import", run=run, seen=run.judged["digest"])
    assert answer.status_code == 409


def test_an_unknown_kind_or_run_is_not_found(room: Room, clients: dict[str, Client]) -> None:
    base = f"/m/{room.meeting.slug}/import"
    for address in (
        f"{base}/nothing/",
        f"{base}/nothing/template/",
        f"{base}/participants/{make_command_id()}/",
        "/import/participants/",
    ):
        assert clients["secretary" if address.startswith("/m/") else "administrator"].get(address).status_code == 404


@pytest.mark.parametrize("number", [3, 300])
def test_judging_and_showing_cost_the_same_queries_for_few_and_for_many(
    number: int, room: Room, clients: dict[str, Client]
) -> None:
    client = clients["secretary"]
    rows = [[f"Đại biểu {n}", "Huế"] for n in range(number)]
    make_participant(room.meeting, "Đại biểu 1", unit="Thành ủy Huế")
    run = make_import_run(room.meeting, rows)
    kind = runs.kinds.find("participants", of_meeting=True)
    assert kind is not None
    with CaptureQueriesContext(connection) as asked:
        runs.judge(run, kind)
    assert len(asked) == JUDGING
    client.get(f"{page(room)}{run.pk}/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{page(room)}{run.pk}/")
    assert len(asked) == SHOWING


JUDGING = 6
SHOWING = 10
