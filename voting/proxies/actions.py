"""Giving a proxy, and ending it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.journal import transition
from meetings.models import Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over
from voting.polls.entitling import VOTING_ROLES
from voting.proxies import facts
from voting.proxies.models import Proxy


def give_proxy(meeting: Meeting, *, by: Actor, giver: Participant, holder: Participant, document: str = "") -> Proxy:
    """Note that a participant lets another one vote, in polls opened from now on that allow proxies."""
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        refuse_when_over(meeting)
        first, second = change.fresh(giver), change.fresh(holder)
        if first.pk == second.pk:
            raise OutOfOrder(_("Nobody is their own proxy."))
        if first.role not in VOTING_ROLES:
            raise OutOfOrder(_("%(name)s has no vote in this meeting to give away.") % {"name": first.name})
        if second.role not in VOTING_ROLES:
            raise OutOfOrder(_("%(name)s has no vote in this meeting and cannot hold another's.") % {"name": second.name})
        if meeting.proxies.filter(giver=first, ended_at=None).exists():
            raise OutOfOrder(_("%(name)s has given a proxy already. End it first.") % {"name": first.name})
        if meeting.proxies.filter(giver=second, ended_at=None).exists():
            raise OutOfOrder(_("%(name)s has given the own vote away and cannot hold another's.") % {"name": second.name})
        if meeting.proxies.filter(holder=first, ended_at=None).exists():
            raise OutOfOrder(_("%(name)s holds the vote of others and cannot give the own away.") % {"name": first.name})
        row = Proxy.objects.create(meeting=meeting, giver=first, holder=second, document=document, given_at=change.now)
        change.record(
            facts.ProxyGiven(
                proxy=row.pk, giver=first.pk, giver_name=first.name, holder=second.pk, holder_name=second.name, document=document
            )
        )
        return row


def end_proxy(meeting: Meeting, *, by: Actor, proxy: Proxy) -> None:
    """End a proxy. In polls that are open it still holds: who may vote was frozen when they were opened."""
    with transition(meeting, by=by, ability=Ability.RUN_POLLS) as change:
        row = change.fresh(proxy)
        if row.ended_at is not None:
            raise OutOfOrder(_("This proxy has ended already."))
        row.ended_at = change.now
        row.save(update_fields=["ended_at"])
        change.record(
            facts.ProxyEnded(
                proxy=row.pk, giver=row.giver_id, giver_name=row.giver.name, holder=row.holder_id, holder_name=row.holder.name
            )
        )
