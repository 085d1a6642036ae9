"""Bridge points as lists name them: by name, short name or the province's code, with or without diacritics and titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext_lazy as _

from meetings.importing.rows import Values
from meetings.models import Meeting
from people.spelling import alike, fold

_TITLES = re.compile(r"^(diem cau |tinh uy |thanh uy |tinh |thanh pho |tp\.? ?|dang uy |ubnd |hdnd )+")


@dataclass(frozen=True)
class Names:
    """The bridge points of a meeting by every way to write them; a spelling that means several has them all."""

    short: dict[int, str]
    organisations: dict[int, int | None]
    spellings: dict[str, set[int]]

    def find(self, row: Values, column: str) -> int | None:
        """Return the bridge point a cell names; nothing when it is empty. What is not known, or not one, is an error."""
        wanted = row.get(column)
        if not wanted:
            return None
        for spelling in (alike(wanted), fold(wanted), bare(wanted), wanted.zfill(2)):
            found = self.spellings.get(spelling, set())
            if len(found) == 1:
                return next(iter(found))
            if found:
                names = ", ".join(sorted(self.short[pk] for pk in found))
                row.error(column, _("“%(text)s” may be several bridge points: %(names)s.") % {"text": wanted, "names": names})
                return None
        near = get_close_matches(bare(wanted), [bare(name) for name in self.short.values()], n=3, cutoff=0.7)
        names = ", ".join(name for name in self.short.values() if bare(name) in near)
        if names:
            row.error(column, _("There is no bridge point “%(text)s”. Perhaps: %(names)s.") % {"text": wanted, "names": names})
        else:
            row.error(column, _("There is no bridge point “%(text)s” in this meeting.") % {"text": wanted})
        return None

    def name_of(self, pk: int | None) -> str:
        """Return the short name, or nothing."""
        return self.short.get(pk or 0, "")

    def organisation_of(self, pk: int | None) -> int | None:
        """Return the organisation whose bridge point it is."""
        return self.organisations.get(pk or 0)


def bare(name: str) -> str:
    """Return a place's name folded, without what stands before it: "TP. Huế", "Tỉnh ủy Lào Cai"."""
    folded = " ".join(re.sub(r"[^a-z0-9.]+", " ", fold(name)).split())
    return _TITLES.sub("", folded).strip()


def names_of_sites(meeting: Meeting) -> Names:
    """Read the bridge points of a meeting, in one query."""
    names = Names({}, {}, {})
    found = meeting.bridge_points.values_list("pk", "name", "short_name", "organisation_id", "organisation__code")
    for pk, name, short, organisation, code in found.order_by("number"):
        names.short[pk], names.organisations[pk] = short, organisation
        for spelling in {alike(name), alike(short), code or ""} - {""}:
            names.spellings.setdefault(spelling, set()).add(pk)
    exact = dict(names.spellings)
    for pk, name, short, *_rest in found:
        for spelling in {fold(name), fold(short), bare(name), bare(short)} - {""}:
            if spelling not in exact:
                names.spellings.setdefault(spelling, set()).add(pk)
    return names
