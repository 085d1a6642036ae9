"""The layout rules of Party papers: Hướng dẫn 36-HD/VPTW of 2018 and Hướng dẫn 05-HD/VPTW of 2026."""

from dataclasses import replace
from datetime import date

from printing.rules import PAGES_APART, PAGES_ON, Evidence, Length, Letters, Mark, Profile
from printing.spelling import SPELLINGS, TONE_LAST, TONE_MIXED

_F, _F2, _D = Evidence.FOUND, Evidence.SECOND_HAND, Evidence.OURS
_DIAGRAM = "HD36, sơ đồ bố cục"
_AS_SEEN = "399-QĐ/TW"

#: In force until the day before its successor. Where the rule leaves a span the number is one inside it.
HD36_2018 = Profile(
    code="HD36-2018",
    name="Hướng dẫn 36-HD/VPTW, 03/4/2018",
    body="party",
    since=date(2018, 4, 3),
    until=date(2026, 5, 26),
    page_width=Length(210, "mm", _F),
    page_height=Length(297, "mm", _F),
    margin_top=Length(20, "mm", _F2),
    margin_right=Length(15, "mm", _F2),
    margin_bottom=Length(20, "mm", _F2),
    margin_left=Length(30, "mm", _F2),
    title=Letters(15, _F, bold=True, capitals=True, source="thuvienphapluat.vn 40E51"),
    parent_body=Letters(14, _F, capitals=True, source=_DIAGRAM),
    issuing_body=Letters(14, _F, bold=True, capitals=True, source=_DIAGRAM),
    number_word=Mark("Số", _F, source=_DIAGRAM),
    number=Letters(14, _F, source=_DIAGRAM),
    place_date=Letters(14, _F, italic=True, source=_DIAGRAM),
    type_name=Letters(16, _F, bold=True, capitals=True, within=(15, 16), source=_DIAGRAM),
    abstract=Letters(14, _F, bold=True, within=(14, 15), source=_DIAGRAM),
    letter_abstract=Letters(12, _F, italic=True, source=_DIAGRAM),
    letter_word=Mark("về việc", _F2, "V/v"),
    dashes=Mark("-----", _F2, ""),
    basis=Letters(14, _D, within=(14, 15)),
    basis_sign=Mark("- ", _D, ""),
    body_text=Letters(14, _F, within=(14, 15), source=_DIAGRAM),
    line_height=Length(18, "pt", _F2, within=(18, 20)),
    paragraph_gap=Length(6, "pt", _F2, within=(6, 12)),
    first_indent=Length(10, "mm", _F2),
    heading=Letters(14, _F, bold=True, within=(14, 15), source=_DIAGRAM),
    point=Letters(14, _F2, bold=True, within=(14, 15)),
    end_mark=Mark(".", _F2, "./."),
    addressee_label=Letters(14, _F2, italic=True),
    addressee=Letters(14, _F2),
    authority=Letters(14, _F2, bold=True, capitals=True),
    post=Letters(14, _F2, capitals=True),
    signer=Letters(14, _F2, bold=True),
    signature_gap=Length(72, "pt", _F2),
    recipients_label=Letters(14, _F2, underlined=True),
    recipients=Letters(12, _F2),
    recipients_separator=Mark(",", _F2, ";"),
    kept=Mark("Lưu ", _F2, "Lưu: "),
    page_number=Letters(14, _F2),
    page_number_top=Length(10, "mm", _F2),
    urgency=Letters(14, _F2, bold=True, capitals=True),
    draft_mark=Letters(14, _D, italic=True),
    table=Letters(12, _D),
    annex_label=Letters(14, _D, bold=True),
    annex_name=Letters(14, _D, bold=True, capitals=True),
    annex_note=Letters(14, _D, italic=True),
    annex_pages=Mark(PAGES_ON, _D, PAGES_APART),
    verification=Letters(10, _D),
    verification_code=Length(24, "mm", _D, within=(18, 40)),
    spelling=Mark(TONE_LAST, _D, *SPELLINGS),
)

#: Replaces it from 27 May 2026. Its text has not been read: every number is as digests report it.
HD05_2026 = replace(
    HD36_2018,
    code="HD05-2026",
    name="Hướng dẫn 05-HD/VPTW, 27/5/2026",
    since=date(2026, 5, 27),
    until=None,
    page_width=Length(210, "mm", _F2, within=(210, 210)),
    page_height=Length(297, "mm", _F2, within=(297, 297)),
    title=Letters(15, _F2, bold=True, capitals=True, within=(14, 15)),
    parent_body=Letters(14, _F2, capitals=True),
    issuing_body=Letters(14, _F2, bold=True, capitals=True),
    number_word=Mark("Số", _F2, source=_AS_SEEN),
    number=Letters(14, _F2),
    place_date=Letters(14, _F2, italic=True),
    type_name=Letters(16, _F2, bold=True, capitals=True),
    abstract=Letters(14, _F2, bold=True),
    letter_abstract=Letters(12, _F2, italic=True),
    letter_word=Mark("về việc", _F2),
    basis=Letters(14, _F2),
    basis_sign=Mark("- ", _F2, ""),
    body_text=Letters(14, _F2, within=(14, 15)),
    heading=Letters(14, _F2, bold=True, within=(14, 15)),
    addressee_label=Letters(14, _F2, italic=True, source="HD05 §9.2.4"),
    recipients_separator=Mark(";", _F2, ",", source="HD05 §9.2.5"),
    page_number=Letters(14, _F2, within=(13, 14)),
    draft_mark=Letters(14, _F2, italic=True),
    spelling=Mark(TONE_MIXED, _D, *SPELLINGS, source=_AS_SEEN),
)
