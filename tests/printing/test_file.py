"""What a printed file says about itself, and that it is always the same file."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pikepdf
import pytest

from printing.order import make_order
from printing.press import Press
from tests.printing.minutes import ABOUT, order_for, render_minutes


def test_the_same_order_gives_the_same_bytes_from_another_child_too(press: Press, minutes_pdf: bytes) -> None:
    order = order_for(render_minutes())
    assert press.print(order) == minutes_pdf
    other = Press()
    try:
        assert other.print(order) == minutes_pdf
    finally:
        other.close()


def test_another_identifier_or_date_gives_another_file(press: Press, minutes_pdf: bytes) -> None:
    html = render_minutes()
    assert press.print(order_for(html, replace(ABOUT, identifier="minutes:test:2"))) != minutes_pdf
    assert press.print(order_for(html, replace(ABOUT, dated=ABOUT.dated.replace(hour=12)))) != minutes_pdf


def test_the_file_declares_its_language_title_date_and_archive_form(minutes_pdf: bytes) -> None:
    with pikepdf.open(BytesIO(minutes_pdf)) as pdf:
        assert str(pdf.Root.Lang) == "vi"
        assert str(pdf.docinfo["/Title"]) == "Biên bản Hội nghị"
        assert str(pdf.docinfo["/Author"]) == "Văn phòng"
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20251126114500+07'00"
        assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "2U"
            assert metadata["dc:title"] == "Biên bản Hội nghị"
        assert "/MarkInfo" not in pdf.Root
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})


def test_control_characters_do_not_reach_the_files_metadata(press: Press) -> None:
    pdf = press.print(order_for("<p>x</p>", replace(ABOUT, title="Biên\x0bbản\n\x00 họp")))
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert metadata["dc:title"] == "Biên bản họp"


def test_a_date_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        make_order("<p>x</p>", "", replace(ABOUT, dated=datetime(2025, 11, 26)))
