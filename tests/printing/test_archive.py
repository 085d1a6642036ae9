"""A paper with its data in it: declared as PDF/A-3u, what the clauses ask for and a structure can show, the data as it was."""

from __future__ import annotations

import hashlib
import io
import json

import pikepdf
import pytest

from printing.order import make_order
from printing.papers import press_html
from printing.press import Press
from printing.profiles import HD36_2018, PROFILES
from tests.printing.archival import faults
from tests.printing.minutes import ABOUT, render_minutes

DATA = json.dumps({"schema": "diemcau/BB/1", "title": "Hội nghị", "items": [{"số": 1}]}, ensure_ascii=False).encode()
FILES = [("bien-ban.json", "application/json", DATA), ("ky.xml", "application/vnd.vn.ky+xml", b"<ky/>")]


@pytest.fixture(scope="module")
def with_data(press: Press) -> bytes:
    return press_html(render_minutes(demonstration=True), HD36_2018, ABOUT, FILES, press=press)


def test_it_declares_pdf_a_3u_and_keeps_what_its_clauses_ask_for(with_data: bytes) -> None:
    assert faults(with_data) == []


def test_the_checks_see_what_is_wrong(minutes_pdf: bytes) -> None:
    """A paper without data declares PDF/A-2u; one that acts, has a form, a stranger's font or a file without relation is seen."""
    assert faults(minutes_pdf) == ["6.6.4: declared as 2U"]
    with pikepdf.open(io.BytesIO(minutes_pdf)) as pdf:
        pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[])
        del pdf.Root.OutputIntents
        pdf.attachments["x.json"] = b"{}"
        font = next(each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Type0")
        del font.ToUnicode
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]
        out = io.BytesIO()
        pdf.save(out)
    clauses = {fault.split(":")[0] for fault in faults(out.getvalue())}
    assert {"6.5.1", "6.5.2", "6.4.1", "6.2.3", "6.8", "6.2.11.7.2", "6.2.11.4.1"} <= clauses


def test_the_data_comes_out_as_it_went_in(with_data: bytes) -> None:
    with pikepdf.open(io.BytesIO(with_data)) as pdf:
        assert list(pdf.attachments) == ["bien-ban.json", "ky.xml"]
        told = pdf.attachments["bien-ban.json"]
        assert told.get_file().read_bytes() == DATA
        assert told.get_file().mime_type == "application/json"
        assert told.obj.AFRelationship == "/Data"
        assert bytes(told.obj.EF.F.Params.CheckSum) == hashlib.md5(DATA, usedforsecurity=False).digest()
        assert str(told.obj.EF.F.Params.ModDate) == "D:20251126044500Z"


def test_the_same_paper_with_the_same_data_is_the_same_file(press: Press, with_data: bytes) -> None:
    assert press_html(render_minutes(demonstration=True), HD36_2018, ABOUT, FILES, press=press) == with_data


@pytest.mark.parametrize("code", sorted(PROFILES))
def test_every_profile_prints_an_archive_file(press: Press, code: str) -> None:
    made = press_html("<p>Tiếng Việt: ắằẳẵặ ứừửữự ĐỖ</p>", PROFILES[code], ABOUT, FILES[:1], press=press)
    assert faults(made) == []


@pytest.mark.parametrize(
    "files",
    [
        [("../bien-ban.json", "application/json", b"{}")],
        [("biên bản.json", "application/json", b"{}")],
        [("", "application/json", b"{}")],
        [("a.json", "", b"{}")],
        [("a.json", "application/json\n/X", b"{}")],
        [("a.json", "application/json", b"{}"), ("a.json", "application/json", b"[]")],
    ],
)
def test_a_file_without_a_plain_name_of_its_own_or_a_kind_is_refused(files: list[tuple[str, str, bytes]]) -> None:
    with pytest.raises(ValueError, match="attachment"):
        make_order("<p>x</p>", "", ABOUT, files)
