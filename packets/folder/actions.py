"""What one can do: make the folders of bridge points, and enter the roll that came back on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from attendance.ledger.actions import seal_scans_within
from attendance.presence.many import Mark, mark_many
from meetings.errors import NotAllowed, OutOfOrder
from meetings.importing import runs
from meetings.importing.models import ImportRun
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor
from packets.folder import facts
from packets.folder.checking import ERROR, Check, Checked, check
from packets.folder.contents import list_digest, lists_of, programme_of
from packets.folder.judging import KEPT
from packets.folder.models import Folder
from packets.folder.work import AT_ONCE, ask_to_make

PDF, XLSX, ZIP = "pdf", "xlsx", "zip"


def make_folder(meeting: Meeting, *, by: Actor, bridge_points: Sequence[BridgePoint], form: str = PDF) -> str:
    """Make the folders of bridge points as they are now, and return the address of the file, or of the work on it.

    Many at once, and a list of more than AT_ONCE people, are made in the background. Raises NotAllowed
    for another's bridge point.
    """
    with transition(meeting, by=by, ability=Ability.SEE_CONSOLE) as change:
        keys = [one.pk for one in bridge_points]
        sites = list(meeting.bridge_points.filter(pk__in=keys).order_by("number"))
        if not sites:
            raise OutOfOrder(_("Choose at least one bridge point."))
        if not all(by.may_look_after(Ability.SEE_CONSOLE, site.pk) for site in sites):
            raise NotAllowed(_("You make the folder of your own bridge point only."))
        lists = lists_of(meeting, keys)
        _note(change, sites, {site.pk: list_digest(lists.get(site.pk, [])) for site in sites})
        if len(sites) > 1 or form == ZIP or (form == PDF and len(lists.get(sites[0].pk, [])) > AT_ONCE):
            return ask_to_make(meeting, by, sites, form=PDF if form == PDF and len(sites) == 1 else ZIP)
        return reverse("packets:folder_file", args=[meeting.slug, sites[0].pk, form])


def _note(change: Transition, sites: Sequence[BridgePoint], people: dict[int, str]) -> None:
    programme = programme_of(change.meeting).digest
    rows = [{"id": site.pk, "name": site.name, "people": people[site.pk]} for site in sites]
    entry = change.record(facts.FolderMade(programme=programme, folders=rows))
    made = [
        Folder(
            meeting=change.meeting, bridge_point=site, made_at=change.now, made_by=change.by.name, number=entry.number,
            programme=programme, people=people[site.pk],
        )
        for site in sites
    ]  # fmt: skip
    fields = ["made_at", "made_by", "number", "programme", "people"]
    Folder.objects.bulk_create(made, update_conflicts=True, unique_fields=["bridge_point"], update_fields=fields, batch_size=500)


def enter_folder(meeting: Meeting, *, by: Actor, run: ImportRun, seen: str) -> int:
    """Enter the roll of a bridge point as it was looked at (`seen`: its digest), all of it or nothing; return how many changed.

    What was marked or scanned after the paper stays. Raises NotAllowed at another's bridge point, and OutOfOrder when somebody
    has changed something since, a line is wrong, or there is nothing to enter.
    """
    with transition(meeting, by=by, ability=Ability.MARK_PRESENCE) as change:
        fresh = ImportRun.objects.filter(pk=run.pk, meeting=meeting).first()
        if fresh is None:
            raise OutOfOrder(_("This uploaded list is no longer kept. Upload it again."))
        if fresh.state == ImportRun.State.APPLIED:
            raise OutOfOrder(_("This has been entered already."))
        site = _site(meeting, by, fresh)
        seal_scans_within(change)
        found = check(fresh, site)
        _refuse(found, seen)
        mark_many(change, site, _marks(found.to_do, meeting.adjourned_at))
        change.record(
            facts.FolderEntered(
                bridge_point=site.pk, bridge_point_name=site.name, marked=len(found.to_do), kept=found.counts[KEPT]
            )
        )
        ImportRun.objects.filter(pk=fresh.pk).update(counts=found.counts)
        runs.close(fresh, change)
        ImportRun.objects.filter(pk=fresh.pk).update(table={"site": site.pk})
        return len(found.to_do)


def _site(meeting: Meeting, by: Actor, run: ImportRun) -> BridgePoint:
    site = meeting.bridge_points.select_related("meeting").filter(pk=run.table.get("site", 0)).first()
    if site is None:
        raise OutOfOrder(_("This has been removed by somebody else in the meantime. Reload the page."))
    if not by.may_mark_presence_at(site.pk):
        raise NotAllowed(_("You mark the people of your own bridge point only."))
    return site


def _refuse(found: Check, seen: str) -> None:
    if found.digest != seen:
        raise OutOfOrder(_("Somebody has changed something meanwhile. Nothing was entered: look at the lines again."))
    if found.counts[ERROR]:
        raise OutOfOrder(_("Some lines cannot be. Nothing was entered: mend them first."))
    if not found.to_do:
        raise OutOfOrder(_("Everything is recorded already."))


def _marks(rows: Sequence[Checked], over: datetime | None) -> Iterator[Mark]:
    """Yield who is to be marked how and since when; what has no time of its own was so at the end, when there was one."""
    for one in rows:
        for state, at in one.marks:
            assert one.participant is not None
            yield one.participant, state, at or over
