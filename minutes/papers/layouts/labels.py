"""The numbers of a layout in words: which component, which part of it, its value, how it is known."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from printing.adjusting import Number, figure
from printing.rules import PAGES_APART, PAGES_ON, Evidence

Words = str | Promise

GROUPS: tuple[tuple[Words, dict[str, Words]], ...] = (
    (_("Page"), {
        "page_width": _("Width of the paper"),
        "page_height": _("Height of the paper"),
        "margin_top": _("Top margin"),
        "margin_bottom": _("Bottom margin"),
        "margin_left": _("Left margin"),
        "margin_right": _("Right margin"),
        "page_number": _("Page number"),
        "page_number_top": _("Page number, from the top edge"),
    }),
    (_("Head of the paper"), {
        "title": _("Title: the Party's or the country's name"),
        "motto": _("Motto"),
        "parent_body": _("Parent body"),
        "issuing_body": _("Issuing body"),
        "body_rule": _("Rule under the issuing body, of its length"),
        "number_word": _("Word before the number"),
        "number": _("Number and symbol"),
        "place_date": _("Place and date"),
        "urgency": _("Urgency"),
        "draft_mark": _("Draft mark"),
    }),
    (_("Name and abstract"), {
        "type_name": _("Name of the type of paper"),
        "abstract": _("Abstract"),
        "abstract_rule": _("Rule under the abstract, of its length"),
        "dashes": _("Dashes under the abstract"),
        "letter_abstract": _("Abstract of an official letter"),
        "letter_word": _("Word before the abstract of an official letter"),
    }),
    (_("Text"), {
        "basis": _("Grounds (căn cứ)"),
        "basis_sign": _("Sign before each ground"),
        "body_text": _("Body text"),
        "line_height": _("From line to line"),
        "paragraph_gap": _("Between paragraphs"),
        "first_indent": _("Indent of the first line"),
        "heading": _("Heading of a part (I-)"),
        "point": _("Heading of a point (1.)"),
        "end_mark": _("Sign at the end of the text"),
        "addressee_label": _("“Kính gửi”, “Kính trình”"),
        "addressee": _("Names after “Kính gửi”"),
        "table": _("Tables"),
    }),
    (_("Signature and recipients"), {
        "authority": _("Authority (T/M, K/T; TM., KT.)"),
        "post": _("Post of the signer"),
        "signer": _("Name of the signer"),
        "signature_gap": _("Room for the signature"),
        "recipients_label": _("Label “Nơi nhận”"),
        "recipients": _("Recipients"),
        "recipients_separator": _("Sign after each recipient"),
        "kept": _("Beginning of the last line, where the paper is kept"),
    }),
    (_("Annexes"), {
        "annex_label": _("Heading “Phụ lục”"),
        "annex_name": _("Name of an annex"),
        "annex_note": _("Line saying to what it is annexed"),
        "annex_pages": _("Page numbers of annexes"),
    }),
    (_("Checking and spelling"), {
        "verification": _("Lines beside the QR code"),
        "verification_code": _("Side of the QR code"),
        "spelling": _("Spelling of fixed words"),
    }),
)  # fmt: skip
LABELS: dict[str, Words] = {field: words for _group, fields in GROUPS for field, words in fields.items()}

PARTS: dict[str, Words] = {
    "size": _("Letter size"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "capitals": _("Capitals"),
    "underlined": _("Underlined"),
}
_OPTIONS: dict[str, Words] = {
    "": _("no sign"),
    PAGES_ON: _("running on from the paper"),
    PAGES_APART: _("each annex from 1"),
}
KNOWN: dict[Evidence, tuple[str, Words]] = {
    Evidence.FOUND: ("ok", _("Read in the rule")),
    Evidence.SECOND_HAND: ("warn", _("Second-hand")),
    Evidence.OURS: ("", _("Our choice")),
    Evidence.OFFICE: ("", _("Set by the office")),
}


def option_in_words(value: str) -> str:
    """Return a sign or word as a page shows it."""
    if value in _OPTIONS:
        return str(_OPTIONS[value])
    return f"“{value}”"


def in_words(one: Number, value: object) -> str:
    """Return a value of a number as a page shows it; of a style nothing when it is off."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, int | float):
        unit = f" {one.unit}" if one.unit != "%" else "%"
        return f"{figure(value)}{unit}"
    return option_in_words(str(value))


def allowed(one: Number) -> str:
    """Return what an office may set a number to."""
    if one.is_fixed:
        return gettext("fixed")
    if one.options:
        return gettext("or %(options)s") % {"options": ", ".join(option_in_words(o) for o in one.options if o != one.value)}
    if one.span:
        least, most = one.span
        return gettext("%(least)s to %(most)s %(unit)s") % {"least": figure(least), "most": figure(most), "unit": one.unit}
    return gettext("yes or no")
