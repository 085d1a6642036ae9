"""What a layout rule is made of: distances, letters and signs, each with how it is known and the span it may be set in. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

from printing.spelling import spelled

Body = Literal["party", "state"]
Unit = Literal["mm", "pt", "%"]
Span = tuple[float, float]


class Evidence(Enum):
    """How a number is known."""

    FOUND = "F"  # read in a public source
    SECOND_HAND = "F2"  # read only in digests that say they follow the rule
    OURS = "D"  # no rule found: our choice
    OFFICE = "S"  # set by the office


@dataclass(frozen=True)
class Length:
    """A distance on paper in millimetres, in points where the rule counts in points, or in % of the text a rule stands under.

    `within` is the span the layout rule leaves.
    """

    value: float
    unit: Unit
    evidence: Evidence
    within: Span | None = None
    source: str = ""

    def __str__(self) -> str:
        """Return the distance as CSS writes it."""
        return f"{self.value:g}{self.unit}"

    @property
    def span(self) -> Span:
        """The least and the most it may be set to: what the rule leaves; where nobody has read the rule, room for error."""
        if self.within or self.evidence is Evidence.FOUND:
            return self.within or (self.value, self.value)
        if self.unit == "pt":
            return self.value / 2, self.value * 2
        return max(self.value - 5, 0), self.value + 5


@dataclass(frozen=True)
class Letters:
    """How one component of a paper is set: size in points, weight, slope, capitals."""

    size: float
    evidence: Evidence
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    underlined: bool = False
    within: Span | None = None
    source: str = ""

    @property
    def span(self) -> Span:
        """The least and the largest size it may be set to, as for a length."""
        if self.within or self.evidence is Evidence.FOUND:
            return self.within or (self.size, self.size)
        return self.size - 2, self.size + 2


class Mark(str):
    """A sign or fixed word of a layout rule: a string that knows how it is known and what else it may be."""

    evidence: Evidence
    options: tuple[str, ...]
    source: str

    def __new__(cls, value: str, evidence: Evidence, *options: str, source: str = "") -> Mark:
        """Take the sign, and what an office may choose instead."""
        made = super().__new__(cls, value)
        made.evidence, made.source = evidence, source
        made.options = tuple(dict.fromkeys((value, *options)))
        return made


#: How the pages of an annex are numbered: on from the paper's, or each annex from 1.
PAGES_ON, PAGES_APART = "on", "apart"


@dataclass(frozen=True)
class Profile:
    """All numbers of one layout rule. `since` and `until` are the first and the last date of papers under it."""

    code: str
    name: str
    body: Body
    since: date
    until: date | None
    page_width: Length
    page_height: Length
    margin_top: Length
    margin_right: Length
    margin_bottom: Length
    margin_left: Length
    title: Letters  # ĐẢNG CỘNG SẢN VIỆT NAM, a rule of its own length under it; a State body's country name
    parent_body: Letters
    issuing_body: Letters  # a line with an asterisk under it; a State body's has a rule
    number_word: Mark  # before the number: “Số”, “Số:”
    number: Letters
    place_date: Letters
    type_name: Letters
    abstract: Letters
    letter_abstract: Letters  # công văn: under the number instead of type name and abstract
    letter_word: Mark  # with which it begins
    dashes: Mark  # hyphens under the abstract; none on minutes
    basis: Letters  # căn cứ
    basis_sign: Mark  # before each
    body_text: Letters
    line_height: Length
    paragraph_gap: Length
    first_indent: Length
    heading: Letters  # I- NAME
    point: Letters  # 1. Name
    end_mark: Mark  # after the last word of the text
    addressee_label: Letters
    addressee: Letters
    authority: Letters
    post: Letters
    signer: Letters
    signature_gap: Length  # left free for the signature
    recipients_label: Letters
    recipients: Letters
    recipients_separator: Mark  # after each but the last, which ends with a full stop
    kept: Mark  # begins the last line, where the paper is kept
    page_number: Letters
    page_number_top: Length  # from the top edge; none on the first page
    urgency: Letters
    draft_mark: Letters
    table: Letters
    annex_label: Letters  # Phụ lục I
    annex_name: Letters
    annex_note: Letters
    annex_pages: Mark
    verification: Letters  # the lines beside the QR code
    verification_code: Length  # side of the QR code
    spelling: Mark
    motto: Letters | None = None  # under the country's name, a rule of its own length under it; State bodies only
    body_rule: Length | None = None  # under the issuing body; State bodies only
    abstract_rule: Length | None = None
    settings: tuple[tuple[str, float | bool | str], ...] = ()  # what an office has set otherwise

    @property
    def keeps_its_pages_apart(self) -> bool:
        """Whether each annex counts its pages from 1."""
        return self.annex_pages == PAGES_APART

    @property
    def country(self) -> str:
        """The title of a State body's paper."""
        return self.spell("Cộng hòa xã hội chủ nghĩa Việt Nam")

    def spell(self, words: str) -> str:
        """Return fixed words of ours as papers under this profile spell them."""
        return spelled(words, self.spelling)
