"""The kinds of official paper a meeting has: what each is called, what people write in it, what it cannot do without. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

Sort = Literal["rich", "line", "lines", "tick"]
#: The line of the recipients that means every bridge point, as it is printed.
ALL_SITES = "Các điểm cầu"


@dataclass(frozen=True)
class Field:
    """What people may write in a paper: rich text, one line, several lines, or a tick. Empty: what the meeting's data say."""

    name: str
    sort: Sort
    label: object
    help: object = ""


@dataclass(frozen=True)
class Kind:
    """One kind of paper. `register`: the type of its register (nothing: it bears no number); `names`: on the paper, by body.

    `needs`: classes of the components without which it is none; `signatures`: of one signer, or of writer and chair.
    """

    code: str
    label: object
    names: Mapping[str, str]
    register: str
    fields: tuple[Field, ...]
    needs: tuple[str, ...]
    signatures: Literal["one", "two"] = "one"
    has_dashes: bool = True

    def field(self, name: str) -> Field:
        """Return one of its fields."""
        return next(one for one in self.fields if one.name == name)

    def bears_date(self, body: str) -> bool:
        """Whether place and date stand in its head: not on a State body's minutes, which tell both in their text."""
        return not (self.code == "BB" and body == "state")


def _both(name: str) -> Mapping[str, str]:
    return {"party": name, "state": name}


_HEAD = ("title", "issuing-body", "type-name", "abstract", "content")
_SIGNED = (*_HEAD, "signature-gap", "signer")

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            "BB", _("Minutes"), _both("Biên bản"), "BB",
            (
                Field("certification", "line", _("Certification of the signatures"),
                      _("Such as: Xác nhận chữ ký của …; empty: none.")),
                Field("certified_by", "lines", _("Who certifies"), _("Authority, post and name, each on a line of its own.")),
            ),
            _SIGNED, signatures="two", has_dashes=False,
        ),
        Kind(
            "TB", _("Notice of conclusions"), _both("Thông báo"), "TB",
            (
                Field("intro", "rich", _("Introduction"), _("When, where, who presided and took part, what was heard.")),
                Field("assessment", "rich", _("General assessment"), _("Empty: the part is left out.")),
                Field("lead", "rich", _("Before the conclusions")),
                Field("recommendations", "rich", _("On the recommendations of units"), _("Empty: the part is left out.")),
                Field("organisation", "rich", _("Who carries it out")),
                Field("tasks_annex", "tick", _("Annex the tasks as a table")),
            ),
            _SIGNED,
        ),
        Kind(
            "NQ", _("Resolution"), _both("Nghị quyết"), "NQ",
            (
                Field("basis", "lines", _("Grounds"), _("One a line: Căn cứ …")),
                Field("resolves", "line", _("Who resolves"), _("In capitals above the articles.")),
                Field("articles", "rich", _("What is resolved"),
                      _("Each heading begins an article, else each paragraph. Empty: the adopted conclusions.")),
                Field("effect", "rich", _("Effect and organisation")),
            ),
            _SIGNED,
        ),
        Kind(
            "CTr", _("Programme of the conference"), _both("Chương trình"), "",
            (Field("opening", "rich", _("Before the table")), Field("closing", "rich", _("Behind the table"))),
            _HEAD,
        ),
        Kind(
            "GM", _("Invitation letter"), _both("Giấy mời"), "GM",
            (
                Field("opening", "line", _("Words of invitation")),
                Field("invited", "lines", _("Who is invited")),
                Field("attending", "line", _("To attend")),
                Field("chair", "line", _("Chair")),
                Field("time", "line", _("Time of the meeting")),
                Field("place", "line", _("Place of the meeting")),
                Field("subject", "rich", _("Content")),
                Field("requirements", "rich", _("What is asked of those who come")),
                Field("closing", "line", _("Closing")),
                Field("list_annex", "tick", _("Annex the list of delegates")),
            ),
            _SIGNED,
        ),
        Kind(
            "DS", _("List of delegates"), _both("Danh sách đại biểu"), "",
            (Field("opening", "rich", _("Before the table")), Field("closing", "rich", _("Behind the table"))),
            _HEAD,
        ),
    )
}  # fmt: skip
