"""Site commands (hiệu lệnh): issued to bridge points, acknowledged there by a person, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from control import facts
from control.addressing import addressed, named
from control.models import STANDING_LIMIT, Receipt, SiteCommand
from meetings.errors import NotAllowed, OutOfOrder
from meetings.journal import Transition, transition
from meetings.models import BridgePoint, Meeting
from meetings.procedure import Ability, Actor


def issue_site_command(meeting: Meeting, *, by: Actor, kind: str, text: str, sites: Sequence[BridgePoint] = ()) -> SiteCommand:
    """Tell all bridge points (`sites` empty) or some to do something that a person there must acknowledge.

    When as many stand as screens can carry, the oldest one that all have acknowledged makes room; without such a one
    the command is refused, because nobody would see any more who has not acknowledged.
    """
    with transition(meeting, by=by, ability=Ability.COMMAND_SITES) as change:
        return issue_within(change, kind=kind, text=text, sites=sites)


def issue_within(change: Transition, *, kind: str, text: str, sites: Sequence[BridgePoint] = ()) -> SiteCommand:
    """Tell bridge points so within a change that is under way."""
    meeting = change.meeting
    where = addressed(meeting, sites)
    receivers = [site.pk for site in where] or list(meeting.bridge_points.values_list("pk", flat=True))
    if not receivers:
        raise OutOfOrder(_("The meeting has no bridge points yet."))
    _make_room(change)
    made = SiteCommand.objects.create(meeting=meeting, kind=kind, text=text, issued_at=change.now, issued_by=change.by.name)
    Receipt.objects.bulk_create(Receipt(site_command=made, bridge_point_id=pk) for pk in receivers)
    change.record(
        facts.SiteCommandIssued(
            site_command=made.pk,
            kind_of_command=kind,
            text=text,
            all=not where,
            count=len(receivers),
            sites=named(where),
        )
    )
    return made


def acknowledge_site_command(meeting: Meeting, *, by: Actor, site_command: SiteCommand, bridge_point: BridgePoint) -> Receipt:
    """Acknowledge for one's own bridge point; the secretariat does it for one that has answered by telephone.

    Raises NotAllowed for another's bridge point, and OutOfOrder with the name of who has acknowledged already.
    """
    with transition(meeting, by=by, ability=Ability.ACKNOWLEDGE) as change:
        row: SiteCommand = change.fresh(site_command)
        site = change.fresh(bridge_point)
        if not by.may_look_after(Ability.ACKNOWLEDGE, site.pk):
            raise NotAllowed(_("You acknowledge for your own bridge point only."))
        _must_stand(row)
        receipt = _awaited(row, site)
        there = site.pk == by.bridge_point_id
        receipt.acknowledged_at, receipt.acknowledged_by = change.now, by.name
        if there:  # who acknowledges has it before the eyes, whatever the line has told so far
            receipt.delivered_at, receipt.seen_at = receipt.delivered_at or change.now, receipt.seen_at or change.now
        receipt.save(update_fields=["acknowledged_at", "acknowledged_by", "delivered_at", "seen_at"])
        change.record(
            facts.SiteCommandAcknowledged(
                site_command=row.pk, text=row.text, bridge_point=site.pk, bridge_point_name=site.name, on_behalf=not there
            )
        )
        return receipt


def withdraw_site_command(meeting: Meeting, *, by: Actor, site_command: SiteCommand) -> None:
    """Take a site command back: it asks nobody any more."""
    with transition(meeting, by=by, ability=Ability.COMMAND_SITES) as change:
        row: SiteCommand = change.fresh(site_command)
        _must_stand(row)
        end_site_command(change, row)


def _must_stand(row: SiteCommand) -> None:
    if row.withdrawn_at is not None:
        raise OutOfOrder(_("This site command has been withdrawn already."))


def _awaited(row: SiteCommand, site: BridgePoint) -> Receipt:
    receipt = row.receipts.filter(bridge_point=site).first()
    if receipt is None:
        raise OutOfOrder(_("This site command is not for this bridge point."))
    if receipt.acknowledged_at is not None:
        raise OutOfOrder(_("%(name)s has acknowledged this already.") % {"name": receipt.acknowledged_by})
    return receipt


def _make_room(change: Transition) -> None:
    standing = change.meeting.site_commands.filter(withdrawn_at=None)
    if standing.count() < STANDING_LIMIT:
        return
    waiting = Receipt.objects.filter(site_command__in=standing, acknowledged_at=None)
    done = standing.exclude(pk__in=waiting.values("site_command_id")).order_by("pk").first()
    if done is None:
        raise OutOfOrder(
            _("%(limit)d site commands still wait for bridge points. Withdraw one of them first.") % {"limit": STANDING_LIMIT}
        )
    end_site_command(change, done)


def end_site_command(change: Transition, row: SiteCommand) -> None:
    """Take a site command back within a change that is under way."""
    row.withdrawn_at = change.now
    row.save(update_fields=["withdrawn_at"])
    acknowledged = row.receipts.exclude(acknowledged_at=None).count()
    change.record(
        facts.SiteCommandWithdrawn(site_command=row.pk, text=row.text, acknowledged=acknowledged, count=row.receipts.count())
    )
