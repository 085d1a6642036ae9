"""Papers as all pages of a meeting may know them: which releases are in force, and that something has changed. No titles.

Windows of time are not judged here: whoever has a paper open knows the end of its own window (static/js/papers/open.js).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Max, Q

from agenda.models import AgendaItem
from meetings.models import Meeting
from packets.handouts.rules import SECRET
from packets.models import Release, Version
from packets.releasing.queries import short
from packets.releasing.seeing import HAS_BEGUN


@dataclass(frozen=True)
class PapersState:
    """`open`: the releases in force, by the beginnings of their tokens; `stamp`: differs when somebody may see something else.

    `holds`: some are held for their items, so that what becomes of items concerns papers. `items`: of which item each of
    `open` is.
    """

    open: tuple[str, ...] = ()
    stamp: str = ""
    holds: bool = False
    items: tuple[object, ...] = ()


def read_papers(meeting: Meeting, using: str, before: PapersState | None = None) -> PapersState:
    """Read what is in force: three short questions; the very same value as before when nothing has changed."""
    rows = list(_releases(meeting, using))
    if not rows:
        return before if before == PapersState() and before is not None else PapersState()
    begun = _begun(rows, using)
    newest = _newest(meeting, using)
    standing = [row for row in rows if not row["holds_for_item"] or _item(row) in begun]
    # What is only handed out on paper can be listed, never opened: no page may show it under a release.
    listed = [row for row in standing if row["document__secrecy"] not in SECRET]
    told = [[*(str(row[key]) for key in _TOLD), str(newest.get(row["document"])), str(_item(row))] for row in standing]
    found = PapersState(
        open=tuple(short(row["token"]) for row in listed),
        stamp=sha256(repr(told).encode()).hexdigest()[:16],
        holds=any(row["holds_for_item"] for row in rows),
        items=tuple(_item(row) for row in listed),
    )
    return before if found == before and before is not None else found


_TOLD = ("token", "document__title", "document__secrecy", "document__position", "from_at", "until_at")
_ASKED = (*_TOLD, "document", "holds_for_item", "document__item", "document__speech__item")


def _releases(meeting: Meeting, using: str) -> list[dict[str, object]]:
    standing = Release.objects.using(using).filter(document__meeting=meeting, document__is_removed=False, recalled_at=None)
    return list(standing.order_by("pk").values(*_ASKED))


def _item(row: dict[str, object]) -> object:
    """The same as packets/releasing/rules.py: item_of."""
    return row["document__speech__item"] or row["document__item"]


def _begun(rows: list[dict[str, object]], using: str) -> set[object]:
    keys = {_item(row) for row in rows if row["holds_for_item"]}
    if not keys:
        return set()
    under = Q(pk__in=keys) | Q(parent__in=keys) | Q(parent__parent__in=keys)
    begun = AgendaItem.objects.using(using).filter(under, state__in=HAS_BEGUN)
    return {key for chain in begun.values_list("pk", "parent_id", "parent__parent_id") for key in chain}


def _newest(meeting: Meeting, using: str) -> dict[object, int]:
    released = Version.objects.using(using).filter(document__meeting=meeting, state=Version.State.RELEASED)
    return dict(released.order_by().values_list("document").annotate(Max("number")))
