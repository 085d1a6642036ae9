"""What has changed from one programme to another: new, removed, moved, longer, another presenter, times shifted. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.snapshots import Snapshot, hour, times


@dataclass(frozen=True)
class Change:
    """One difference of an item: of which sort, in words, and what stood there before and stands there now."""

    sort: str  # new, removed, moved, minutes, presenter, title, kind, note, time
    words: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Changed:
    """An item of either programme and what is different about it."""

    item: dict[str, Any]
    changes: list[Change]

    @property
    def sort(self) -> str:
        """The weightiest difference."""
        return self.changes[0].sort


@dataclass(frozen=True)
class Difference:
    """All that is different: of the meeting itself, and of each item in the order of the newer programme."""

    about: list[Change] = field(default_factory=list)
    items: list[Changed] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything is."""
        return bool(self.about or self.items)

    @property
    def told(self) -> list[Changed]:
        """Items that were changed themselves."""
        return [one for one in self.items if one.sort != "time"]

    @property
    def shifted(self) -> list[Changed]:
        """Items of which only the time is another one, because of what stands before them."""
        return [one for one in self.items if one.sort == "time"]

    @property
    def count(self) -> int:
        """How many items were changed, and things about the meeting; where only times have shifted, how many of these."""
        return len(self.about) + len(self.told) or len(self.shifted)

    @property
    def by_item(self) -> dict[int, list[Change]]:
        """The differences of each item by its key."""
        return {one.item["id"]: one.changes for one in self.items}


def difference(old: Snapshot, new: Snapshot) -> Difference:
    """Return what has changed from `old` to `new`."""
    before = {item["id"]: item for item in old["items"]}
    after = {item["id"]: item for item in new["items"]}
    moved = _moved(list(before), list(after), before, after)
    found = [Changed(item, changes) for item in new["items"] if (changes := _of_item(before.get(item["id"]), item, moved))]
    gone = [
        Changed(item, [Change("removed", _("removed"), old=_named(item))]) for item in old["items"] if item["id"] not in after
    ]
    return Difference(about=_about(old, new), items=[*found, *gone])


def _about(old: Snapshot, new: Snapshot) -> list[Change]:
    words = {"title": _("The title of the conference"), "place": _("The place")}
    found = [Change(key, words[key], old[key], new[key]) for key in words if old[key] != new[key]]
    earlier = {one["id"]: one for one in old["sittings"]}
    for one in new["sittings"]:
        was = earlier.get(one["id"])
        if was is None:
            found.append(Change("new", _("A new sitting"), new=_span(one)))
        elif _span(was) != _span(one):
            found.append(Change("time", _("The times of a sitting"), _span(was), _span(one)))
    kept = {one["id"] for one in new["sittings"]}
    return [
        *found,
        *(Change("removed", _("A sitting removed"), old=_span(one)) for one in old["sittings"] if one["id"] not in kept),
    ]


def _span(sitting: dict[str, Any]) -> str:
    start, limit = sitting["starts_at"], sitting["limit"]
    day = f" {start[8:10]}/{start[5:7]}/{start[:4]}" if start else ""
    return f"{sitting['title']} {hour(start)}{f'–{hour(limit)}' if limit else ''}{day}".strip()


def _named(item: dict[str, Any]) -> str:
    return f"{item['number']}. {item['title']}" if item["number"] else item["title"]


def _of_item(old: dict[str, Any] | None, new: dict[str, Any], moved: set[int]) -> list[Change]:
    if old is None:
        return [Change("new", _("new"), new=_named(new))]
    found = []
    if new["id"] in moved:
        found.append(_move(old, new))
    if old["title"] != new["title"]:
        found.append(Change("title", _("other words"), old["title"], new["title"]))
    if old["presenter"] != new["presenter"]:
        words = _("new presenter") if old["presenter"] and new["presenter"] else _("presenter named")
        words = words if new["presenter"] else _("no presenter any more")
        found.append(Change("presenter", words, old["presenter"], new["presenter"]))
    if old["minutes"] != new["minutes"]:
        more = new["minutes"] - old["minutes"]
        signed = f"+{more}" if more > 0 else f"−{-more}"
        words = ngettext("%(n)s minute", "%(n)s minutes", abs(more)) % {"n": signed}
        found.append(Change("minutes", words, str(old["minutes"]), str(new["minutes"])))
    if old["note"] != new["note"]:
        found.append(Change("note", _("other note"), old["note"], new["note"]))
    if times(old) != times(new):
        found.append(Change("time", _("now at %(time)s") % {"time": hour(new["starts_at"])}, times(old), times(new)))
    return found


def _move(old: dict[str, Any], new: dict[str, Any]) -> Change:
    if old["number"] and new["number"] and old["number"] != new["number"]:
        words = _("moved from %(old)s to %(new)s") % {"old": old["number"], "new": new["number"]}
    else:
        words = _("moved")
    return Change("moved", words, old["number"], new["number"])


def _moved(old: list[int], new: list[int], before: dict[int, Any], after: dict[int, Any]) -> set[int]:
    """Return the fewest items whose moving explains the new order, and those that stand in another part or on another level."""
    places = {item: at for at, item in enumerate(old)}
    both = [item for item in new if item in places]
    kept = _longest_rising([places[item] for item in both])
    level = {
        item for item in both if (before[item]["depth"], before[item]["part"]) != (after[item]["depth"], after[item]["part"])
    }
    return level | {item for item in both if places[item] not in kept}


def _longest_rising(places: Sequence[int]) -> set[int]:
    """Return a longest rising part of a row of different numbers."""
    tails: list[int] = []
    at_tail: list[int] = []
    before: dict[int, int] = {}
    for place in places:
        at = bisect_left(tails, place)
        if at:
            before[place] = at_tail[at - 1]
        tails[at : at + 1] = [place]
        at_tail[at : at + 1] = [place]
    found: set[int] = set()
    place_or_none: int | None = at_tail[-1] if at_tail else None
    while place_or_none is not None:
        found.add(place_or_none)
        place_or_none = before.get(place_or_none)
    return found
