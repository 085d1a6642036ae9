"""Layout rules of official papers as dated profiles: which numbers held on the day a paper bears.

Each number carries its evidence, because most rules are known through digests only and a records officer must be able
to see which to check first. The successor HD05-2026 (Party) and ND30-2020 (State) get their entry when their text has
been read.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Literal

from django.utils.translation import gettext as _

from printing.errors import NoProfile

Body = Literal["party", "state"]


class Evidence(Enum):
    """How a number is known."""

    FOUND = "F"  # read in a public source
    SECOND_HAND = "F2"  # read only in digests that say they follow the rule
    OURS = "D"  # no rule found: our choice


@dataclass(frozen=True)
class Length:
    """A distance on paper in millimetres, or in points where the rule counts in points."""

    value: float
    unit: Literal["mm", "pt"]
    evidence: Evidence

    def __str__(self) -> str:
        """Return the distance as CSS writes it."""
        return f"{self.value:g}{self.unit}"


@dataclass(frozen=True)
class Letters:
    """How one component of a paper is set: size in points, weight, slope, capitals."""

    size: float
    evidence: Evidence
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    underlined: bool = False


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
    title: Letters  # ĐẢNG CỘNG SẢN VIỆT NAM, a rule of its own length under it
    parent_body: Letters
    issuing_body: Letters  # a line with an asterisk under it
    number: Letters
    place_date: Letters
    type_name: Letters
    abstract: Letters
    letter_abstract: Letters  # công văn: under the number instead of type name and abstract
    abstract_dashes: int  # hyphens under the abstract; none on minutes
    body_text: Letters
    line_height: Length
    paragraph_gap: Length
    first_indent: Length
    heading: Letters
    addressee_label: Letters
    addressee: Letters
    authority: Letters
    post: Letters
    signer: Letters
    signature_gap: Length  # left free for the signature
    recipients_label: Letters
    recipients: Letters
    recipients_separator: str  # after each but the last, which ends with a full stop
    page_number: Letters
    page_number_top: Length  # from the top edge; none on the first page
    urgency: Letters
    draft_mark: Letters
    table: Letters
    verification: Letters  # the lines beside the QR code
    verification_code: Length  # side of the QR code

    @property
    def dashes(self) -> str:
        """The hyphens under the abstract."""
        return "-" * self.abstract_dashes


_F, _F2, _D = Evidence.FOUND, Evidence.SECOND_HAND, Evidence.OURS

#: Hướng dẫn 36-HD/VPTW of 3 April 2018, in force until the day before Hướng dẫn 05-HD/VPTW of 27 May 2026.
#: Where the rule leaves a span (type name 15–16, abstract, body and headings 14–15, line at least 18 pt) the number is
#: one inside it.
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
    title=Letters(15, _F, bold=True, capitals=True),
    parent_body=Letters(14, _F, capitals=True),
    issuing_body=Letters(14, _F, bold=True, capitals=True),
    number=Letters(14, _F),
    place_date=Letters(14, _F, italic=True),
    type_name=Letters(16, _F, bold=True, capitals=True),
    abstract=Letters(14, _F, bold=True),
    letter_abstract=Letters(12, _F, italic=True),
    abstract_dashes=5,
    body_text=Letters(14, _F),
    line_height=Length(18, "pt", _F2),
    paragraph_gap=Length(6, "pt", _F2),
    first_indent=Length(10, "mm", _F2),
    heading=Letters(14, _F, bold=True),
    addressee_label=Letters(14, _F2, italic=True),
    addressee=Letters(14, _F2),
    authority=Letters(14, _F2, bold=True, capitals=True),
    post=Letters(14, _F2, capitals=True),
    signer=Letters(14, _F2, bold=True),
    signature_gap=Length(72, "pt", _F2),
    recipients_label=Letters(14, _F2, underlined=True),
    recipients=Letters(12, _F2),
    recipients_separator=",",
    page_number=Letters(14, _F2),
    page_number_top=Length(10, "mm", _F2),
    urgency=Letters(14, _F2, bold=True, capitals=True),
    draft_mark=Letters(14, _D, italic=True),
    table=Letters(12, _D),
    verification=Letters(10, _D),
    verification_code=Length(24, "mm", _D),
)

PROFILES: dict[str, Profile] = {profile.code: profile for profile in (HD36_2018,)}


def profile_for(body: Body, on: date) -> Profile:
    """Return the layout rules for a paper of a Party or State body dated `on`; raise NoProfile when none are known."""
    for profile in PROFILES.values():
        if profile.body == body and profile.since <= on <= (profile.until or date.max):
            return profile
    message = _("No layout rules are known for a paper of this kind dated %(date)s.")
    raise NoProfile(message % {"date": on.strftime("%d/%m/%Y")})


def last_known(body: Body, on: date) -> Profile:
    """Return the rules in force on `on`, or the last ones before it; raise NoProfile when there were none yet.

    For a caller that would rather print under superseded rules, and say so on the page, than not print: the text of
    HD05-2026 has not been read, and digests report the same numbers for minutes.
    """
    earlier = [profile for profile in PROFILES.values() if profile.body == body and profile.since <= on]
    return max(earlier, key=lambda profile: profile.since) if earlier else profile_for(body, on)
