"""Groups of participants, as lists and quotas name them: adding, renaming and removing them."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from meetings import facts
from meetings.errors import OutOfOrder
from meetings.journal import transition
from meetings.models import Meeting, ParticipantGroup
from meetings.procedure import Ability, Actor
from meetings.rosters import delete, refuse_when_over
from people.spelling import alike

GROUP_LIMIT = 200


def add_group(meeting: Meeting, *, by: Actor, name: str) -> ParticipantGroup:
    """Add a group after the last one; its name is given once in a meeting."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        _refuse_known_name(meeting, name)
        if meeting.groups.count() >= GROUP_LIMIT:
            raise OutOfOrder(_("A meeting has at most %(limit)d groups.") % {"limit": GROUP_LIMIT})
        number = (meeting.groups.aggregate(last=Max("number"))["last"] or 0) + 1
        group = ParticipantGroup.objects.create(meeting=meeting, number=number, name=name)
        change.record(facts.GroupAdded(group=group.pk, number=number, name=name))
        return group


def rename_group(meeting: Meeting, *, by: Actor, group: ParticipantGroup, name: str) -> None:
    """Give a group another name."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = change.fresh(group)
        _refuse_known_name(meeting, name, but=row)
        row.name = name
        row.save(update_fields=["name"])
        change.record(facts.GroupRenamed(group=row.pk, name=name))


def remove_group(meeting: Meeting, *, by: Actor, group: ParticipantGroup) -> None:
    """Take out a group nobody belongs to."""
    with transition(meeting, by=by, ability=Ability.PREPARE) as change:
        refuse_when_over(meeting)
        row = change.fresh(group)
        count = row.participants.count()
        if count:
            sentence = ngettext_lazy(
                "%(count)d participant belongs to this group. Move them first.",
                "%(count)d participants belong to this group. Move them first.",
                count,
            )
            raise OutOfOrder(sentence % {"count": count})
        change.record(facts.GroupRemoved(group=row.pk, name=row.name))
        delete(row)


def _refuse_known_name(meeting: Meeting, name: str, but: ParticipantGroup | None = None) -> None:
    others = meeting.groups.exclude(pk=but.pk) if but else meeting.groups.all()
    if alike(name) in map(alike, others.values_list("name", flat=True)):
        raise OutOfOrder(_("Another group has this name: %(name)s.") % {"name": name})
