"""What is read of releases: papers by item for their readers, where words are found, what stands to be released, what is open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from agenda.models import AgendaItem
from meetings import clock
from meetings.deadlines.models import DeadlineKind
from meetings.deadlines.queries import due_at
from meetings.models import Meeting
from meetings.procedure import Actor
from packets.models import Document, PageText, Release, Version
from packets.reading.queries import news_of
from packets.releasing import rules, seeing
from packets.releasing.seeing import Sight
from packets.releasing.snippets import Snippet, snippet
from people.spelling import fold, words

FOUND_AT_MOST = 60
PER_PAPER = 5
CHOICES_SHOWN = 40


@dataclass(frozen=True)
class Row:
    """A paper as its reader's list shows it. `news`: new, changed or read, nothing for a placeholder."""

    sight: Sight
    news: str = ""

    @property
    def document(self) -> Document:
        """The paper."""
        return self.sight.document

    @property
    def version(self) -> Version | None:
        """The version that is read."""
        return self.sight.version


@dataclass
class Group:
    """An item of the programme, or (without one) the meeting as a whole, with the papers of it that are seen."""

    item: AgendaItem | None
    rows: list[Row] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it is on now."""
        return self.item is not None and self.item.state == AgendaItem.State.OPEN


def by_item(meeting: Meeting, actor: Actor, found: Sequence[Sight]) -> dict[str, Any]:
    """Return papers in groups by item in the order of the programme, those of the whole meeting first, and their counts."""
    news = news_of(meeting, actor.user, versions=[sight.version for sight in found if sight.version]) if found else {}
    keys = {key for sight in found if (key := rules.item_of(sight.document)) is not None}
    items = list(AgendaItem.objects.filter(meeting=meeting, pk__in=keys).order_by("position")) if keys else []
    groups = {item.pk: Group(item) for item in items}
    whole = Group(None)
    for sight in found:
        row = Row(sight, news.get(sight.document.pk, "") if sight.version else "")
        groups.get(rules.item_of(sight.document) or 0, whole).rows.append(row)
    shown = [group for group in [whole, *groups.values()] if group.rows]
    rows = [row for group in shown for row in group.rows]
    return {
        "groups": shown,
        "rows": rows,
        "total": len(rows),
        "new": sum(row.news == "new" for row in rows),
        "changed": sum(row.news == "changed" for row in rows),
    }


def mine_of(meeting: Meeting, actor: Actor) -> dict[str, Any]:
    """Return what a live page shows of one's own papers (packets/pieces/mine.html)."""
    now = clock.now(meeting)
    found = seeing.sights(meeting, actor, now=now)
    return {"papers": by_item(meeting, actor, found), "changes_at": changes_at(meeting, actor, now)}


def changes_at(meeting: Meeting, actor: Actor, now: datetime | None = None) -> datetime | None:
    """Return when time alone will next show a reader more papers or fewer, if ever."""
    reader = seeing.reader_of(meeting, actor)
    if reader.participant is None:
        return None
    at = now or clock.now(meeting)
    bounds = Q(from_at__gt=at) | Q(until_at__gt=at)
    releases = Release.objects.filter(bounds, document__meeting=meeting, document__is_removed=False, recalled_at=None)
    mine = releases.filter(Q(to_everyone=True) | Q(audiences__in=seeing.audiences_of(reader))).values_list("from_at", "until_at")
    return min((moment for pair in mine for moment in pair if moment is not None and moment > at), default=None)


def standing_of(sight: Sight) -> dict[str, Any]:
    """Return what an open page needs to know: the numbers of paper and version, the releases it is seen under, the end."""
    return {
        "number": sight.document.number,
        "version": sight.version.number if sight.version else None,
        "grants": [short(token) for token in sight.grants],
        "until": sight.until.isoformat() if sight.until else None,
    }


def short(token: object) -> str:
    """Return a release's token as open pages know it: 48 bits tell those of one meeting apart."""
    return str(token).replace("-", "")[:12]


# --- searching


@dataclass(frozen=True)
class Hit:
    """A page of a paper on which the words stand; no page: they stand in the title."""

    page: int | None
    snippet: Snippet


@dataclass
class Found:
    """A paper in which words were found. `more`: pages beside those listed."""

    row: Row
    hits: list[Hit] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class Search:
    """What a search found, paper by paper; `is_cut`: there was more than is listed."""

    papers: list[Found]
    is_cut: bool = False


def search(meeting: Meeting, actor: Actor, text: str) -> Search:
    """Find the papers an actor sees whose title or a page of which holds all words, with or without diacritics."""
    wanted = words(text)
    seen = seeing.sights(meeting, actor) if wanted else []
    if not seen:
        return Search([])
    found = {sight.document.pk: Found(Row(sight)) for sight in seen}
    titled = {pk for pk, one in found.items() if all(word in one.row.document.folded for word in wanted)}
    for pk in titled:
        found[pk].hits.append(Hit(None, snippet(found[pk].row.document.title, wanted)))
    versions = {sight.version.pk: sight.document.pk for sight in seen if sight.version}
    pages, is_cut = _pages(versions, wanted)
    for version, page, text_of_page in pages:
        one = found[versions[version]]
        if sum(hit.page is not None for hit in one.hits) < PER_PAPER:
            one.hits.append(Hit(page, snippet(text_of_page, wanted)))
        else:
            one.more += 1
    return Search([one for one in found.values() if one.hits], is_cut)


def _pages(versions: Collection[int], wanted: Iterable[str]) -> tuple[list[tuple[int, int, str]], bool]:
    texts = PageText.objects.filter(version__in=versions)
    for word in wanted:
        texts = texts.filter(folded__contains=word)
    order = ("version__document__position", "version", "page")
    rows = list(texts.order_by(*order).values_list("version_id", "page", "text")[: FOUND_AT_MOST + 1])
    return rows[:FOUND_AT_MOST], len(rows) > FOUND_AT_MOST


# --- releasing


@dataclass(frozen=True)
class Standing:
    """A paper before it is released: the version that would be, what is in the way, and its releases that are not recalled."""

    document: Document
    version: Version | None
    obstacle: object | None
    is_new: bool
    releases: list[Release]

    @property
    def is_unjudged(self) -> bool:
        """Whether words of secrecy stand in the way, for which nobody has answered."""
        return self.version is not None and self.version.is_unjudged

    @property
    def seen(self) -> str:
        """What the page stood on, as the form sends it."""
        return f"{self.document.pk}:{self.document.edition}:{self.version.number if self.version else 0}"


def to_release(meeting: Meeting, numbers: Collection[int]) -> list[Standing]:
    """Return the papers of some numbers as they stand before their release, in their order."""
    wanted = [number for number in numbers if number <= seeing.LARGEST]
    found = Document.objects.filter(meeting=meeting, number__in=wanted, is_removed=False).select_related("speech", "item")
    rows = list(found.prefetch_related("versions").order_by("position", "pk"))
    open_releases: dict[int, list[Release]] = {}
    for release in releases_of([row.pk for row in rows]):
        open_releases.setdefault(release.document_id, []).append(release)
    return [_standing(row, open_releases.get(row.pk, [])) for row in rows]


def _standing(row: Document, releases: list[Release]) -> Standing:
    version = None if row.is_placeholder else rules.candidate(row.versions.all())
    is_new = version is not None and version.state != Version.State.RELEASED
    return Standing(row, version, rules.obstacle(row, version), is_new, releases)


def releases_of(documents: Collection[int]) -> list[Release]:
    """Return the releases of papers that have not been recalled, with those they are for."""
    along = ("audiences__group", "audiences__bridge_point", "audiences__participant")
    found = Release.objects.filter(document__in=documents, recalled_at=None).prefetch_related(*along)
    return list(found.order_by("document", "pk"))


def releasing(meeting: Meeting, rows: Sequence[Standing]) -> dict[str, Any]:
    """Return what the page of a release shows beside its form."""
    sites = list(meeting.bridge_points.order_by("number").only("pk", "short_name", "parent_id"))
    return {
        "standings": rows,
        "seen": " ".join(row.seen for row in rows),
        "ready": [row for row in rows if row.obstacle is None],
        "in_the_way": [row for row in rows if row.obstacle is not None],
        "has_readers": any(row.releases for row in rows),
        "renews": all(row.is_new and row.releases for row in rows),
        "holdable": all(rules.item_of(row.document) is not None for row in rows),
        "has_screen": any(not row.document.is_placeholder for row in rows),
        "due": due_at(meeting, DeadlineKind.PAPERS),
        "sites": [site for site in sites if site.parent_id is None],
        "more_sites": any(site.parent_id is not None for site in sites),
    }


# --- choosing


@dataclass(frozen=True)
class Choices:
    """Rows found by name: key, name, what tells it from others, whether they will not come; how many more there are."""

    rows: list[tuple[int, str, str, bool]]
    more: int


def people_called(meeting: Meeting, text: str) -> Choices:
    """Find participants by words of name, position and unit."""
    found = meeting.participants.select_related("bridge_point")
    for word in words(text):
        found = found.filter(folded__contains=word)
    total = found.count()
    rows = [
        (one.pk, one.name, one.office, one.is_excused) for one in found.order_by("bridge_point__number", "pk")[:CHOICES_SHOWN]
    ]
    return Choices(rows, total - len(rows))


def sites_called(meeting: Meeting, text: str) -> Choices:
    """Find bridge points under others by words of their names; there may be thousands, and they keep no folded names."""
    wanted = words(text)
    under = meeting.bridge_points.filter(parent__isnull=False).order_by("parent__number", "number")
    named = under.values_list("pk", "short_name", "parent__short_name")
    found = [(pk, name, above, False) for pk, name, above in named if all(word in fold(f"{name} {above}") for word in wanted)]
    return Choices(found[:CHOICES_SHOWN], max(0, len(found) - CHOICES_SHOWN))
