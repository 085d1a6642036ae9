"""What one can do: release papers to somebody, recall them, answer for words of secrecy in a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from meetings.deadlines.models import DeadlineKind
from meetings.deadlines.queries import due_at
from meetings.errors import OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup
from meetings.procedure import Ability, Actor
from packets.models import Audience, Document, Release, Version
from packets.releasing import facts, rules

State = Version.State


@dataclass(frozen=True)
class Openness:
    """To whom papers are open, from when until when, and what may be done with them.

    `to_readers`: of a bridge point to who reads there for all, and to nobody under it.
    """

    to_everyone: bool = False
    to_readers: bool = False
    roles: Sequence[str] = ()
    groups: Sequence[ParticipantGroup] = ()
    bridge_points: Sequence[BridgePoint] = ()
    participants: Sequence[Participant] = ()
    from_at: datetime | None = None
    until_at: datetime | None = None
    holds_for_item: bool = False
    may_download: bool = False
    may_print: bool = False

    @property
    def is_to_nobody(self) -> bool:
        """Whether nobody is named."""
        return not (self.to_everyone or self.roles or self.groups or self.bridge_points or self.participants)


def release_document(
    meeting: Meeting,
    *,
    by: Actor,
    documents: Sequence[Document],
    editions: Mapping[int, tuple[int, int]],
    to: Openness,
    recalls_former: bool = False,
) -> list[Release]:
    """Open papers to somebody, each in its newest approved version, as they stood when the page was read.

    `editions`: of each paper by its key, its edition and the number of the version that was to be released (0: none).
    To nobody: a new version goes to those alone who have the paper already. `recalls_former` ends what was open before.
    Nothing is released unless all of them can be. Raises OutOfOrder.
    """
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        if meeting.is_template:
            raise OutOfOrder(_("This is a template: it is prepared, but never held. Make a meeting from it."))
        if to.until_at is not None and to.until_at <= change.now:
            raise OutOfOrder(_("The end of the release has passed already. Choose a later one."))
        rows = _under_lock(meeting, documents)
        former = _open_releases(rows)
        due = due_at(meeting, DeadlineKind.PAPERS)
        made = []
        for row in rows:
            version = rules.version_to_release(row, editions.get(row.pk), to, former.get(row.pk, ()))
            if recalls_former and former.get(row.pk) and not to.is_to_nobody:
                _recall(change, row, former[row.pk])
            made += _release(change, row, version, to, is_late=due is not None and change.now > due)
        return made


def recall_document(
    meeting: Meeting, *, by: Actor, documents: Sequence[Document], release: Release | None = None
) -> list[Release]:
    """End one release of papers, or all of them; readers close within two seconds. Raises OutOfOrder when none is open."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        rows = _under_lock(meeting, documents)
        found = _open_releases(rows)
        ended = []
        for row in rows:
            chosen = [one for one in found.get(row.pk, []) if release is None or one.pk == release.pk]
            if chosen:
                _recall(change, row, chosen)
                _touch(row)
                ended += chosen
        if not ended:
            raise OutOfOrder(_("This has been recalled already: nobody can read it."))
        return ended


def judge_version(meeting: Meeting, *, by: Actor, document: Document, version: int) -> None:
    """Answer, by name, for the words of secrecy found in a version: they make nothing secret, it may be released."""
    with transition(meeting, by=by, ability=Ability.APPROVE_PAPERS) as change:
        (row,) = _under_lock(meeting, [document])
        found = row.versions.filter(number=version).first()
        if found is None:
            raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
        if not found.stamps:
            raise OutOfOrder(_("No word of secrecy has been found in this version."))
        if found.stamps_judged_by:
            raise OutOfOrder(_("%(name)s has answered for this already.") % {"name": found.stamps_judged_by})
        found.stamps_judged_by = by.name
        found.save(update_fields=["stamps_judged_by"])
        _touch(row)
        words = sorted({str(word) for word, _page in found.stamps})
        change.record(facts.VersionJudged(document=row.number, version=found.number, title=row.title, words=words))


def _under_lock(meeting: Meeting, documents: Sequence[Document]) -> list[Document]:
    wanted = {document.pk for document in documents}
    found = Document.objects.filter(meeting=meeting, pk__in=wanted, is_removed=False).order_by("position", "pk")
    rows = list(found.select_related("speech").prefetch_related("versions"))
    if len(rows) != len(wanted):
        raise OutOfOrder(_("A paper has been removed by somebody else in the meantime. Reload the page."))
    return rows


def _open_releases(rows: Sequence[Document]) -> dict[int, list[Release]]:
    found: dict[int, list[Release]] = {}
    for release in Release.objects.filter(document__in=[row.pk for row in rows], recalled_at=None):
        found.setdefault(release.document_id, []).append(release)
    return found


def _touch(row: Document) -> None:
    row.edition += 1
    row.save(update_fields=["edition"])


def _recall(change: Transition, row: Document, releases: Sequence[Release]) -> None:
    for release in releases:
        release.recalled_at, release.recalled_by = change.now, change.by.name
    Release.objects.bulk_update(releases, ["recalled_at", "recalled_by"])
    change.record(
        facts.DocumentRecalled(document=row.number, title=row.title, tokens=[str(release.token) for release in releases])
    )


def _release(change: Transition, row: Document, version: Version | None, to: Openness, *, is_late: bool) -> list[Release]:
    if version is not None and version.state != State.RELEASED:
        version.state, version.released_by, version.released_at = State.RELEASED, change.by.name, change.now
        version.is_late = is_late
        version.save(update_fields=["state", "released_by", "released_at", "is_late"])
    made = [] if to.is_to_nobody else [_open(change, row, to)]
    _touch(row)
    change.record(
        facts.DocumentReleased(
            document=row.number, version=version.number if version else None, title=row.title,
            tokens=[str(release.token) for release in made], everyone=to.to_everyone, roles=list(to.roles),
            groups=[group.name for group in to.groups], bridge_points=[site.short_name for site in to.bridge_points],
            people=[person.pk for person in to.participants], from_at=_iso(to.from_at), until_at=_iso(to.until_at),
            held=to.holds_for_item, download=made[0].may_download if made else False,
            printing=made[0].may_print if made else False, late=version.is_late if version else is_late,
        )
    )  # fmt: skip
    return made


def _open(change: Transition, row: Document, to: Openness) -> Release:
    on_screen = not row.is_placeholder
    release = Release.objects.create(
        document=row, to_everyone=to.to_everyone, to_readers=to.to_readers, from_at=to.from_at, until_at=to.until_at,
        holds_for_item=to.holds_for_item, may_download=to.may_download and on_screen, may_print=to.may_print and on_screen,
        released_at=change.now, released_by=change.by.name,
    )  # fmt: skip
    Audience.objects.bulk_create(
        [Audience(release=release, role=role) for role in to.roles]
        + [Audience(release=release, group=group) for group in to.groups]
        + [Audience(release=release, bridge_point=site) for site in to.bridge_points]
        + [Audience(release=release, participant=person) for person in to.participants]
    )
    return release


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
