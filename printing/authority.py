"""On whose authority a paper is signed: the lines above the signer's post (T/M, K/T, T/L; TM., KT., TL., TUQ., Q.). Pure."""

from __future__ import annotations

import re
from enum import StrEnum

from django.utils.translation import gettext as _

from printing.errors import BadAuthority
from printing.rules import Body


class Kind(StrEnum):
    """How a body decides."""

    COLLECTIVE = "collective"  # congress, committee (cấp uỷ), inspection commission, council, People's Committee
    HEADED = "headed"  # an office, a department, a steering committee: its head answers for it


class SignsAs(StrEnum):
    """In which quality somebody signs."""

    HEAD = "head"
    DEPUTY = "deputy"
    BY_ORDER = "by_order"  # T/L, TL.
    DEPUTY_BY_ORDER = "deputy_by_order"  # the deputy of who signs by order
    AUTHORISED = "authorised"  # TUQ.; State bodies only
    ACTING = "acting"  # Q.; State bodies only


#: How a body's name begins when it decides as a collective; “Văn phòng Tỉnh uỷ” begins otherwise.
_COLLECTIVES = re.compile(
    r"(?:đại hội|đoàn chủ tịch|ban chấp hành|ban thường vụ|ban bí thư|bộ chính trị|(?:tỉnh|thành|đảng|huyện|quận|chi) [uủ][yỷ]\b"
    r"|[uủ][yỷ] ban|hội đồng|thường trực)",
    re.IGNORECASE,
)


def kind_of(name: str) -> Kind:
    """Return how a body of this name decides, as far as its name tells."""
    return Kind.COLLECTIVE if _COLLECTIVES.match(name.strip()) else Kind.HEADED


def lines(
    body: Body, kind_of_body: Kind, signs_as: SignsAs, post: str, head_post: str, *, name: str = "", ordered_post: str = ""
) -> tuple[str, ...]:
    """Return the lines above the signer's post; raise BadAuthority for a way nobody signs in, or for a missing word.

    `name` is the collective's (“Ban Thường vụ”), `head_post` the post of the body's head (“Chánh Văn phòng”, “Chủ tịch”),
    `ordered_post` the post of the head who signs by order when his deputy does it for him. Capitals are the stylesheet's.
    """
    if signs_as not in ways(body, kind_of_body):
        raise BadAuthority(_NOT_SO[body]())
    if not post.strip():
        raise BadAuthority(_("Write the post of who signs."))
    t_m, k_t, t_l = ("T/M", "K/T", "T/L") if body == "party" else ("TM.", "KT.", "TL.")
    collective = kind_of_body is Kind.COLLECTIVE
    signs = {
        SignsAs.HEAD: t_m if collective else "",
        SignsAs.DEPUTY: t_m if collective else k_t,
        SignsAs.BY_ORDER: t_l,
        SignsAs.DEPUTY_BY_ORDER: t_l,
        SignsAs.AUTHORISED: "TUQ.",
    }
    sign = signs.get(signs_as, "")
    made = [f"{sign} {_known(name if collective else head_post)}"] if sign else []
    if signs_as is SignsAs.DEPUTY_BY_ORDER:
        made.append(f"{k_t} {_known(ordered_post)}")
    elif signs_as is SignsAs.DEPUTY and collective and body == "state":
        made.append(f"{k_t} {_known(head_post)}")
    return tuple(made)


_NOT_SO = {
    "party": lambda: _("A Party body's papers are signed by T/M, K/T or T/L. Choose one of them."),
    "state": lambda: _("Nobody acts for a collective. Choose its head instead."),
}


def ways(body: Body, kind_of_body: Kind) -> list[SignsAs]:
    """Return the qualities in which papers of such a body are signed."""
    party = [SignsAs.HEAD, SignsAs.DEPUTY, SignsAs.BY_ORDER, SignsAs.DEPUTY_BY_ORDER]
    if body == "party":
        return party
    return [*party, SignsAs.AUTHORISED, *([] if kind_of_body is Kind.COLLECTIVE else [SignsAs.ACTING])]


_SIGNS = re.compile(r"(?P<sign>T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.)\s*(?P<whose>.*)", re.IGNORECASE)


def faults(body: Body, kind_of_body: Kind, authority: str) -> list[str]:
    """Return what is wrong with authority lines that somebody typed, in sentences."""
    found: list[str] = []
    for line in filter(None, map(str.strip, authority.splitlines())):
        said = _SIGNS.match(line)
        sign = said["sign"].upper() if said else ""
        if body == "party" and sign.endswith("."):
            found.append(_("“%(sign)s” is how State bodies sign. A Party body writes T/M, K/T or T/L.") % {"sign": sign})
        if body == "state" and "/" in sign:
            found.append(_("“%(sign)s” is how Party bodies sign. A State body writes TM., KT. or TL.") % {"sign": sign})
        if said and not said["whose"]:
            found.append(_("Write after “%(sign)s” for whom is signed.") % {"sign": sign})
    if body == "party" and kind_of_body is Kind.COLLECTIVE and re.match(r"\s*K/T", authority, re.IGNORECASE):
        found.append(_("A committee decides as a collective: its papers are signed T/M, never K/T."))
    return found


def _known(whose: str) -> str:
    if not whose.strip():
        raise BadAuthority(_("Write for whom is signed: the body, or the post of its head."))
    return whose.strip()
