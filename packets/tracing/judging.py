"""Whether an opened copy may still be read, by whom it was opened: asked at each range, and again while one is under way."""

from __future__ import annotations

from django.db.models import Min

from meetings.models import Meeting
from meetings.procedure import Ability, Actor
from meetings.queries import actor_for
from packets.models import Opening, Release, Version
from packets.releasing.seeing import Sight, in_version, sights
from people.models import User


def found(code: str, *, slug: str, account: User) -> Opening | None:
    """Return the record of an opened copy in a meeting, if it is the account's own."""
    rows = Opening.objects.select_related("meeting", "version__document", "binding").defer(
        "version__contents", "version__removed", "version__stamps", "version__note", "binding_versions"
    )
    return rows.filter(code=code, meeting__slug=slug, account=account.pk).first()


def readable(code: str, *, slug: str, number: int | None, account: User) -> Opening | None:
    """Return the record of a copy on screen that its account may read now: of the paper of this number, or of a packet (None)."""
    opening = found(code, slug=slug, account=account)
    if opening is None or opening.way != Opening.Way.SCREEN:
        return None
    if number is None:
        return opening if may_have_packet(opening, account) else None
    is_of_it = opening.version is not None and opening.version.document.number == number
    return opening if is_of_it and may_have(opening, account) is not None else None


def may_have(opening: Opening, account: User) -> Sight | None:
    """Return the sight under which an account may read its opened copy of a version now; nothing when it may not.

    A version that a newer one has replaced stays readable to whom it is open on the table, under the release it was opened
    under: what was recalled does not come back with the release of its successor. One that waits for approval is readable to
    who is to approve it.
    """
    version = opening.version
    if version is None or opening.account != account.pk or not version.is_readable:
        return None
    actor = actor_for(account, opening.meeting)
    sight = next(iter(sights(opening.meeting, actor, documents=[version.document_id])), None)
    if sight is None or sight.version is None:
        return None
    exact = in_version(sight, version.number)
    if exact is not None:
        return exact
    return sight if actor.may(Ability.PREPARE) or _was_under(version, sight) else None


def _was_under(version: Version, sight: Sight) -> bool:
    """Tell whether a version was released, and one of the releases under which its paper is seen now was made before the next."""
    if version.state != Version.State.RELEASED:
        return False
    later = Version.objects.filter(document=version.document_id, number__gt=version.number, state=Version.State.RELEASED)
    replaced = later.aggregate(at=Min("released_at"))["at"]
    releases = Release.objects.filter(token__in=sight.grants)
    return (releases if replaced is None else releases.filter(released_at__lt=replaced)).exists()


def may_have_packet(opening: Opening, account: User) -> list[Sight] | None:
    """Return the sights of all papers of a bound packet, if the account may still read each in the version that is in it."""
    wanted = list(Opening.objects.values_list("binding_versions", flat=True).get(pk=opening.pk))
    if not wanted or opening.binding is None or opening.account != account.pk:
        return None
    actor = actor_for(account, opening.meeting)
    return _all_seen(opening.meeting, actor, wanted)


def _all_seen(meeting: Meeting, actor: Actor, wanted: list[int]) -> list[Sight] | None:
    found = Version.objects.filter(document__meeting=meeting).only("document", "number", "state").in_bulk(wanted)
    rows = {pk: version.document_id for pk, version in found.items()}
    seen = {sight.document.pk: sight for sight in sights(meeting, actor, documents=list(rows.values()))}
    are_there = len(rows) == len(set(wanted)) and all(document in seen for document in rows.values())
    if not are_there or not (actor.may(Ability.PREPARE) or all(_is_as_seen(found[pk], seen[rows[pk]]) for pk in wanted)):
        return None
    return [seen[rows[pk]] for pk in wanted]


def _is_as_seen(version: Version, sight: Sight) -> bool:
    return (sight.version is not None and version.pk == sight.version.pk) or _was_under(version, sight)


def is_still_open(opening: Opening, account: int) -> bool:
    """Ask everything anew, the account too: it may have been closed, or have lost its part in the meeting."""
    user = User.objects.select_related("person", "organisation").filter(pk=account).first()
    fresh = Opening.objects.select_related("meeting", "version__document", "binding").filter(pk=opening.pk).first()
    if user is None or fresh is None or not user.may_act:
        return False
    if fresh.version_id is None:
        seen = may_have_packet(fresh, user) or []
    else:
        sight = may_have(fresh, user)
        seen = [sight] if sight is not None else []
    return bool(seen) and all(_allows(each, fresh.way) for each in seen)


def _allows(sight: Sight, way: str) -> bool:
    """Tell whether a paper may be had this way: what may not be downloaded any more is not sent to its end."""
    return {Opening.Way.DOWNLOAD: sight.may_download, Opening.Way.PRINT: sight.may_print}.get(Opening.Way(way), True)
