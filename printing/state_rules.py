"""The layout rules of State papers: Nghị định 30/2020/NĐ-CP of 5 March 2020, whose appendices I and III have been read."""

from datetime import date

from printing.rules import PAGES_APART, Evidence, Length, Letters, Mark, Profile
from printing.spelling import SPELLINGS, TONE_FIRST

_F, _D = Evidence.FOUND, Evidence.OURS
_A1 = "NĐ 30/2020, Phụ lục I"
_ONE = (13.0, 14.0)
_HEAD = (12.0, 13.0)
_SHARE = (34.0, 50.0)  # a third to a half

#: Where the rule leaves a span the number is one inside it.
ND30_2020 = Profile(
    code="ND30-2020",
    name="Nghị định 30/2020/NĐ-CP, 05/3/2020",
    body="state",
    since=date(2020, 3, 5),
    until=None,
    page_width=Length(210, "mm", _F, source=_A1),
    page_height=Length(297, "mm", _F, source=_A1),
    margin_top=Length(20, "mm", _F, within=(20, 25), source=_A1),
    margin_right=Length(15, "mm", _F, within=(15, 20), source=_A1),
    margin_bottom=Length(20, "mm", _F, within=(20, 25), source=_A1),
    margin_left=Length(30, "mm", _F, within=(30, 35), source=_A1),
    title=Letters(12, _F, bold=True, capitals=True, within=_HEAD, source=_A1),
    motto=Letters(13, _F, bold=True, within=_ONE, source=_A1),
    parent_body=Letters(12, _F, capitals=True, within=_HEAD, source=_A1),
    issuing_body=Letters(12, _F, bold=True, capitals=True, within=_HEAD, source=_A1),
    body_rule=Length(40, "%", _F, within=_SHARE, source=_A1),
    number_word=Mark("Số:", _F, source=_A1),
    number=Letters(13, _F, source=_A1),
    place_date=Letters(13, _F, italic=True, within=_ONE, source=_A1),
    type_name=Letters(14, _F, bold=True, capitals=True, within=_ONE, source=_A1),
    abstract=Letters(14, _F, bold=True, within=_ONE, source=_A1),
    abstract_rule=Length(40, "%", _F, within=_SHARE, source=_A1),
    letter_abstract=Letters(12, _F, within=_HEAD, source=_A1),
    letter_word=Mark("V/v", _F, source=_A1),
    dashes=Mark("", _F, source=_A1),
    basis=Letters(14, _F, italic=True, within=_ONE, source=_A1),
    basis_sign=Mark("", _F, source=_A1),
    body_text=Letters(14, _F, within=_ONE, source=_A1),
    line_height=Length(17, "pt", _F, within=(15, 24), source=_A1),
    paragraph_gap=Length(6, "pt", _F, within=(6, 12), source=_A1),
    first_indent=Length(10, "mm", _F, within=(10, 12.7), source=_A1),
    heading=Letters(14, _F, bold=True, within=_ONE, source=_A1),
    point=Letters(14, _F, bold=True, within=_ONE, source=_A1),
    end_mark=Mark("./.", _F, source=_A1),
    addressee_label=Letters(14, _F, within=_ONE, source=_A1),
    addressee=Letters(14, _F, within=_ONE, source=_A1),
    authority=Letters(14, _F, bold=True, capitals=True, within=_ONE, source=_A1),
    post=Letters(14, _F, bold=True, capitals=True, within=_ONE, source=_A1),
    signer=Letters(14, _F, bold=True, within=_ONE, source=_A1),
    signature_gap=Length(72, "pt", _D),
    recipients_label=Letters(12, _F, bold=True, italic=True, source=_A1),
    recipients=Letters(11, _F, source=_A1),
    recipients_separator=Mark(";", _F, source=_A1),
    kept=Mark("Lưu: ", _F, source=_A1),
    page_number=Letters(13, _F, within=_ONE, source=_A1),
    page_number_top=Length(10, "mm", _D),
    urgency=Letters(13, _F, bold=True, capitals=True, within=_ONE, source=_A1),
    draft_mark=Letters(13, _D, italic=True),
    table=Letters(12, _D),
    annex_label=Letters(14, _F, bold=True, source=_A1),
    annex_name=Letters(14, _F, bold=True, capitals=True, within=_ONE, source=_A1),
    annex_note=Letters(14, _F, italic=True, within=_ONE, source=_A1),
    annex_pages=Mark(PAGES_APART, _F, source=_A1),
    verification=Letters(10, _D),
    verification_code=Length(24, "mm", _D, within=(18, 40)),
    spelling=Mark(TONE_FIRST, _D, *SPELLINGS),
)
