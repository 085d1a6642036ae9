"""Two entries of one person become one: what belongs to the one goes over to the other, and the first stays as a pointer."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from meetings.directory import facts
from meetings.directory.labels import office_of
from meetings.directory.objections import objections_to_merging
from meetings.errors import OutOfOrder
from meetings.journal import office_transition
from meetings.models import BridgePoint, Participant
from meetings.procedure import Ability, Actor
from people.models import Person, Position, User
from people.spelling import fold

_OWN_RULE = (Participant, User, Position, Person, BridgePoint)


def merge_people(*, by: Actor, kept: Person, merged: Person) -> Person:
    """Let `merged` become `kept`: positions, participations, account and headed bridge points go over.

    Names in meetings and papers stay as they are. Raises OutOfOrder when both take part in one meeting or both have an open
    account; the sentence says what to do first.
    """
    with office_transition(by=by, ability=Ability.MANAGE_DIRECTORY) as change:
        to, away = _both(kept, merged)
        for objection in objections_to_merging(to, away):
            raise OutOfOrder(objection)
        meetings = [p.meeting.title for p in away.participations.select_related("meeting").order_by("pk")]
        sites = list(away.headed_bridge_points.order_by("pk").values_list("name", flat=True))
        positions, account = _positions(to, away), _account(to, away)
        away.participations.update(person=to)
        away.headed_bridge_points.update(head=to)
        others = _all_else(to, away)
        _contact(to, away)
        away.merged.update(merged_into=to)
        away.merged_into = to
        away.save(update_fields=["merged_into", "email", "phone"])
        change.record(
            facts.PeopleMerged(
                kept=to.pk, name=to.full_name, merged=away.pk, was=away.full_name, positions=positions, meetings=meetings,
                sites=sites, account=account, others=others,
            )
        )  # fmt: skip
    return to


def _both(kept: Person, merged: Person) -> tuple[Person, Person]:
    rows = Person.objects.select_for_update().in_bulk([kept.pk, merged.pk])
    if kept.pk == merged.pk:
        raise OutOfOrder(_("This is the same entry twice. Choose the other one."))
    if len(rows) < 2:
        raise OutOfOrder(_("This has been removed by somebody else in the meantime."))
    for row in rows.values():
        if row.merged_into_id is not None:
            raise OutOfOrder(_("The entry “%(name)s” has been merged already. Reload the page.") % {"name": row.full_name})
    return rows[kept.pk], rows[merged.pk]


def _positions(to: Person, away: Person) -> list[str]:
    """Let the positions go over; one that the other holds word for word is not kept twice."""
    mine = {_what(p): p for p in to.positions.select_related("organisation")}
    went = []
    for position in list(away.positions.select_related("organisation")):
        same = mine.get(_what(position))
        days = (position.since, position.until)
        if same is not None and days in ((None, None), (same.since, same.until)):
            position.delete()
            continue
        position.person = to
        position.save(update_fields=["person"])
        went.append(office_of(position))
    return went


def _what(position: Position) -> tuple[int, str]:
    return position.organisation_id, fold(position.title)


def _account(to: Person, away: Person) -> str:
    """Let the open account go over; a closed one of the kept entry goes the other way, for an entry has one account."""
    accounts = {user.person_id: user for user in User.objects.filter(person__in=(to, away))}
    own, other = accounts.get(to.pk), accounts.get(away.pk)
    if other is None or (own is not None and not other.is_active):
        return ""
    if own is not None:
        User.objects.filter(pk=own.pk).update(person=None)
    User.objects.filter(pk=other.pk).update(person=to)
    if own is not None:
        User.objects.filter(pk=own.pk).update(person=away)
    return other.username


def _all_else(to: Person, away: Person) -> dict[str, Any]:
    """Let rows of the upper rooms go over too, whatever they are; what may stand only once is refused by name."""
    went: dict[str, Any] = {}
    for relation in Person._meta.related_objects:
        model = relation.related_model
        if not isinstance(model, type) or model in _OWN_RULE or relation.many_to_many:
            continue
        rows = model._default_manager.filter(**{relation.field.name: away})
        try:
            with transaction.atomic():
                count = rows.update(**{relation.field.name: to})
        except IntegrityError as error:
            words = {"kind": _verbose(model), "name": away.full_name}
            sentence = _("Both have a row of the kind “%(kind)s” that may stand only once. Remove that of one %(name)s first.")
            raise OutOfOrder(sentence % words) from error
        if count:
            went[str(model._meta.label)] = count
    return went


def _verbose(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name)


def _contact(to: Person, away: Person) -> None:
    """Keep what is known of contact once, with the entry that stays."""
    to.email, to.phone = to.email or away.email, to.phone or away.phone
    to.save(update_fields=["email", "phone"])
    away.email, away.phone = "", ""
