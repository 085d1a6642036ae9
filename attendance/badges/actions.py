"""What the secretariat does with badges, and an administrator with the keys that sign them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from attendance.badges import facts, giving, keys, queries
from attendance.badges.models import BadgeKey, Credential
from meetings.errors import OutOfOrder
from meetings.journal import office_transition, transition
from meetings.models import Meeting, Participant
from meetings.procedure import Ability, Actor
from meetings.rosters import refuse_when_over


def issue_badges(meeting: Meeting, *, by: Actor, participants: Sequence[Participant] = (), everyone: bool = False) -> int:
    """Give a credential to whoever of those chosen has none that is believed and is not excused; return to how many."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        chosen = giving.lacking(change, None if everyone else participants)
        if not chosen:
            raise OutOfOrder(_("There is nobody to give a badge to: those chosen have one, or are excused."))
        change.record(giving.issued(change, chosen))
        return len(chosen)


def reissue_badges(meeting: Meeting, *, by: Actor, participants: Sequence[Participant] = (), outdated: bool = False) -> int:
    """Revoke the credentials of those chosen and give them new ones; `outdated`: all whose badge no door would admit."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        found = queries.outdated(meeting) if outdated else _of(meeting, participants)
        olds = {one.participant_id: one for one in found if not one.participant.is_excused}
        if not olds:
            raise OutOfOrder(_("There is no badge to replace: those chosen have none, or are excused."))
        told, rows = giving.give(change, [one.participant for one in olds.values()])
        badges = [
            {"id": row.participant_id, "name": row.participant.name, "serial": row.serial, "old": old.serial}
            for row, old in zip(rows, olds.values(), strict=True)
        ]
        change.record(facts.BadgesReissued(**told, badges=badges))
        return len(rows)


def revoke_badges(meeting: Meeting, *, by: Actor, participants: Sequence[Participant]) -> int:
    """Take back the credentials of those chosen; their badges open no door any more. Returns how many."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        olds = list(_of(meeting, participants))
        if not olds:
            raise OutOfOrder(_("There is no badge to revoke: those chosen have none."))
        giving.revoke(change, olds)
        badges = [{"id": one.participant_id, "name": one.participant.name, "serial": one.serial} for one in olds]
        change.record(facts.BadgesRevoked(badges=badges))
        return len(olds)


def rotate_badge_key(*, by: Actor) -> BadgeKey:
    """Make a new key that signs from now on. What the older ones signed is believed until they are retired."""
    with office_transition(by=by, ability=Ability.KEEP_BADGE_KEYS) as change:
        key = keys.make(change.now)
        change.record(facts.BadgeKeyRotated(key=key.number, fingerprint=keys.fingerprint(key)))
        return key


def retire_badge_key(*, by: Actor, key: BadgeKey) -> int:
    """Believe a key no more; return how many badges it signed that would be valid. Raises OutOfOrder when it is retired."""
    with office_transition(by=by, ability=Ability.KEEP_BADGE_KEYS) as change:
        row = BadgeKey.objects.select_for_update().get(pk=key.pk)
        if row.retired_at is not None:
            raise OutOfOrder(_("This badge key is retired already."))
        signed = queries.in_use(row).count()
        row.retired_at = change.now
        row.save(update_fields=["retired_at"])
        change.record(facts.BadgeKeyRetired(key=row.number, fingerprint=keys.fingerprint(row), badges=signed))
        return signed


def _of(meeting: Meeting, participants: Sequence[Participant]) -> QuerySet[Credential]:
    """Return the credentials of people that were not revoked."""
    found = Credential.objects.filter(meeting=meeting, revoked_at=None, participant__in=[one.pk for one in participants])
    return found.select_related("participant").order_by("participant_id")
