"""How a meeting differs from another one: part by part, old beside new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings import hooks
from meetings.hooks import Pair
from meetings.models import BridgePoint, Meeting, Participant, Sitting

STATE_WORDS = {
    "changed": gettext_lazy("changed"),
    "left": gettext_lazy("left behind"),
    "added": gettext_lazy("added"),
    "taken": gettext_lazy("taken over"),
}
STATES = tuple(STATE_WORDS)


@dataclass(frozen=True)
class Part:
    """One part of the comparison with all its pairs; what differs comes first."""

    name: str
    title: object
    pairs: list[Pair]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many pairs are in each state, states without any left out."""
        counted = Counter(pair.state for pair in self.pairs)
        return [(state, counted[state]) for state in STATES if counted[state]]

    @property
    def differing(self) -> int:
        """How many pairs are not taken over as they were."""
        return sum(1 for pair in self.pairs if pair.state != "taken")


def comparison(old: Meeting, new: Meeting) -> list[Part]:
    """Return every part, in the order of the work."""
    own = [
        ("data", gettext_lazy("Data of the meeting"), _data(old, new)),
        ("sittings", gettext_lazy("Sittings"), _sittings(old, new)),
        *((name, title, pairs(old, new)) for name, title, pairs in hooks.comparisons),
        ("bridge_points", gettext_lazy("Bridge points"), _bridge_points(old, new)),
        ("participants", gettext_lazy("Participants"), _participants(old, new)),
    ]
    return [Part(name, title, sorted(pairs, key=lambda pair: STATES.index(pair.state))) for name, title, pairs in own]


def paired(old: Iterable[tuple[Hashable, str, str]], new: Iterable[tuple[Hashable, str, str]]) -> list[Pair]:
    """Return the pairs of rows (key, name, words) that have the same key; a key that comes twice is paired in order."""
    before, after = _numbered(old), _numbered(new)
    keys = [*before, *(key for key in after if key not in before)]
    return [
        Pair(name=(after.get(key) or before[key])[0], old=_words(before, key), new=_words(after, key)) for key in keys
    ]  # fmt: skip


Rows = Mapping[Hashable, tuple[str, str]]


def _numbered(rows: Iterable[tuple[Hashable, str, str]]) -> Rows:
    seen: Counter[Hashable] = Counter()
    found: dict[Hashable, tuple[str, str]] = {}
    for key, name, words in rows:
        found[key, seen[key]] = (name, words)
        seen[key] += 1
    return found


def _words(rows: Rows, key: Hashable) -> str | None:
    return rows[key][1] if key in rows else None


def _data(old: Meeting, new: Meeting) -> list[Pair]:
    def rows(m: Meeting) -> list[tuple[Hashable, str, str]]:
        series = m.series.title if m.series else "–"
        return [
            (0, _("Title"), m.title),
            (1, _("Organiser"), m.organiser.name),
            (2, _("Mode"), m.get_mode_display()),
            (3, _("Place of the central hall"), m.place),
            (4, _("Series"), series),
        ]

    return paired(rows(old), rows(new))


def _sittings(old: Meeting, new: Meeting) -> list[Pair]:
    def row(s: Sitting) -> tuple[Hashable, str, str]:
        starts = timezone.localtime(s.starts_at)
        ends = f"–{timezone.localtime(s.ends_at):%H:%M}" if s.ends_at else ""
        name = _("Sitting %(number)d") % {"number": s.number}
        return s.number, name, " · ".join(part for part in (f"{starts:%H:%M}{ends}, {starts:%d/%m/%Y}", s.title) if part)

    return paired(map(row, old.sittings.all()), map(row, new.sittings.all()))


def _bridge_points(old: Meeting, new: Meeting) -> list[Pair]:
    def row(b: BridgePoint) -> tuple[Hashable, str, str]:
        under = b.parent.short_name if b.parent else ""
        head = b.head.full_name if b.head else ""
        seats = _("%(count)d seats") % {"count": b.seats} if b.seats else ""
        words = (b.get_kind_display(), b.place, under, head, seats, b.video_address)
        return b.name, b.name, " · ".join(str(word) for word in words if word)

    rows = BridgePoint.objects.select_related("parent", "head").order_by("number")
    return paired(map(row, rows.filter(meeting=old)), map(row, rows.filter(meeting=new)))


def _participants(old: Meeting, new: Meeting) -> list[Pair]:
    def row(p: Participant) -> tuple[Hashable, str, str]:
        where = p.bridge_point.short_name if p.bridge_point else ""
        return (
            p.person.merged_into_id or p.person_id,
            p.name,
            " · ".join(str(word) for word in (p.office, p.get_role_display(), where) if word),
        )

    rows = Participant.objects.select_related("person", "bridge_point").order_by("bridge_point__number", "pk")
    return paired(map(row, rows.filter(meeting=old)), map(row, rows.filter(meeting=new)))
