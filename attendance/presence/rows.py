"""Standings read from the tables, written to them and told in facts: `Presence` and `Stay` are one truth in two shapes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from attendance.presence.models import Presence, Stay
from attendance.presence.standing import Before, Span, Standing, kept_stays
from meetings.models import Meeting, Participant


def standings_of(meeting: Meeting, participants: Iterable[int] | None = None) -> dict[int, Standing]:
    """Return how people stand, in two queries; those who are not marked are not in it."""
    presences, stays = Presence.objects.filter(meeting=meeting), Stay.objects.filter(meeting=meeting)
    if participants is not None:
        wanted = list(participants)
        presences, stays = presences.filter(participant__in=wanted), stays.filter(participant__in=wanted)
    spans: dict[int, list[Span]] = defaultdict(list)
    for pk, where, is_online, began, ended in stays.order_by("participant", "began_at", "pk").values_list(
        "participant_id", "bridge_point_id", "is_online", "began_at", "ended_at"
    ):
        spans[pk].append(Span(where, is_online, began, ended))
    return {
        pk: Standing(state, where, since, by_hand, tuple(spans[pk]), reason, Before.of(before) if before else None)
        for pk, state, where, since, by_hand, reason, before in presences.values_list(
            "participant_id", "state", "bridge_point_id", "marked_at", "by_hand_at", "reason", "before"
        )
    }


def write_standings(meeting: Meeting, standings: Mapping[int, Standing]) -> None:
    """Write how people stand now. A constant number of statements."""
    gone = [pk for pk, one in standings.items() if not one.state]
    kept = {pk: (one, one.since) for pk, one in standings.items() if one.since is not None and one.state}
    Presence.objects.filter(participant__in=gone).delete()
    Presence.objects.bulk_create(
        [
            Presence(
                meeting=meeting, participant_id=pk, state=one.state, bridge_point_id=one.where, marked_at=since,
                by_hand_at=one.by_hand_at, reason=one.reason if one.state == Presence.State.ABSENT else "",
                before=one.before.plain() if one.before else None,
            )
            for pk, (one, since) in kept.items()
        ],
        update_conflicts=True,
        unique_fields=["participant"],
        update_fields=["state", "bridge_point", "marked_at", "by_hand_at", "reason", "before"],
        batch_size=500,
    )  # fmt: skip
    Stay.objects.filter(meeting=meeting, participant__in=list(standings)).delete()
    Stay.objects.bulk_create(
        [
            Stay(
                meeting=meeting, participant_id=pk, bridge_point_id=span.where, is_online=span.is_online,
                began_at=span.began_at, ended_at=span.ended_at,
            )
            for pk, one in standings.items()
            for span in one.stays
        ],
        batch_size=500,
    )  # fmt: skip


def told_of(one: Participant, standing: Standing, before: Standing | None = None) -> dict[str, Any]:
    """Return what facts say of one person: who it is, and the stays as they stand now.

    With `before`, how they stood until then, only the stays that are not the same; `kept`: how many others stand before them.
    """
    kept = kept_stays(before, standing) if before else 0
    told = {"id": one.pk, "name": one.name, "office": one.office, "stays": [span.plain() for span in standing.stays[kept:]]}
    return told | {"kept": kept} if kept else told
