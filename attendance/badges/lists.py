"""The list of who has a badge: narrowed, counted, and each row's state in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from attendance import queries as attendance
from attendance.badges import queries
from attendance.badges.models import Credential
from attendance.badges.validity import Span, span_of
from meetings.models import Meeting, Participant, Role
from meetings.moulds import filled

#: What the list can be narrowed to.
STATES = {
    "none": _("Without a badge"),
    "ready": _("Not printed yet"),
    "printed": _("Printed already"),
    "outdated": _("To be printed again"),
    "revoked": _("Revoked"),
    "excused": _("Excused"),
}
#: What the address of the list may say.
WORDS = ("q", "role", "group", "site", "badge")


@dataclass(frozen=True)
class Totals:
    """How many are expected, how many of them hold a badge, and how many of those badges no door would admit."""

    people: int
    held: int
    retired: int
    narrow: int
    unprinted: int

    @property
    def without(self) -> int:
        """How many are expected and hold none."""
        return self.people - self.held

    @property
    def good(self) -> int:
        """How many hold one that opens a door."""
        return self.held - self.retired - self.narrow


def totals(meeting: Meeting) -> Totals:
    """Count a meeting's badges."""
    retired = Q(key__retired_at__isnull=False)
    counted = queries.holding(meeting).order_by().aggregate(
        held=Count("pk"),
        retired=Count("pk", filter=retired),
        narrow=Count("pk", filter=~retired & queries.too_narrow(span_of(meeting))),
        unprinted=Count("pk", filter=Q(printed_at=None)),
    )  # fmt: skip
    return Totals(people=meeting.participants.filter(is_excused=False).count(), **counted)


def search(meeting: Meeting, wanted: Mapping[str, str]) -> QuerySet[Participant]:
    """Return participants as the list of delegates finds them, narrowed to a state of their badges."""
    found = attendance.search(meeting, {name: wanted.get(name, "") for name in ("q", "role", "group", "site")})
    held = queries.holding(meeting).order_by()
    mine = Credential.objects.filter(meeting=meeting)
    old = Q(key__retired_at__isnull=False) | queries.too_narrow(span_of(meeting))
    conditions = {
        "none": Q(is_excused=False) & ~_of(held),
        "ready": _of(held.filter(printed_at=None).exclude(old)),
        "printed": _of(held.filter(printed_at__isnull=False).exclude(old)),
        "outdated": _of(held.filter(old)),
        "revoked": _of(mine.filter(revoked_at__isnull=False)) & ~_of(mine.filter(revoked_at=None)),
        "excused": Q(is_excused=True),
    }
    return found.filter(conditions.get(wanted.get("badge", ""), Q()))


def _of(credentials: QuerySet[Credential]) -> Q:
    """Tell whose credentials these are."""
    return Q(pk__in=credentials.values("participant"))


def newest_of(meeting: Meeting, people: Iterable[Participant]) -> dict[int, Credential]:
    """Return of each the credential that was not revoked, else the one revoked last."""
    found = Credential.objects.filter(meeting=meeting, participant__in=[one.pk for one in people]).select_related("key")
    ordered = sorted(found, key=lambda one: (one.revoked_at is None, one.pk))
    return {one.participant_id: one for one in ordered}


def state_of(participant: Participant, credential: Credential | None, span: Span | None) -> str:
    """Tell how it stands with somebody's badge: one of STATES, with `outdated` as `retired` or `narrow`; pure."""
    if participant.is_excused:
        return "excused"
    if credential is None:
        return "none"
    if credential.revoked_at is not None:
        return "revoked"
    if credential.key.retired_at is not None:
        return "retired"
    if span is not None and not covers(credential, span):
        return "narrow"
    return "printed" if credential.printed_at else "ready"


def covers(credential: Credential, span: Span) -> bool:
    """Tell whether a badge holds while the meeting is held; the same as `queries.too_narrow` says to the database."""
    return credential.valid_from <= span.begins - queries.EARLY and credential.valid_until >= span.ends


def shown_rows(meeting: Meeting, people: Iterable[Participant], *, may_prepare: bool) -> SafeString:
    """Return the rows of a page of the list."""
    listed = list(people)
    newest, span = newest_of(meeting, listed), span_of(meeting)
    roles = {value: str(word) for value, word in Role.choices}
    rows = ((_row(meeting, one, newest.get(one.pk), span, roles, may_prepare=may_prepare),) for one in listed)
    return format_html_join("", "{}", rows)


def _row(
    meeting: Meeting, one: Participant, held: Credential | None, span: Span | None, roles: dict[str, str], *, may_prepare: bool
) -> SafeString:
    state = state_of(one, held, span)
    at = held and (held.printed_at if state == "printed" else held.revoked_at if state == "revoked" else None)
    shape = {
        "state": state, "may_prepare": may_prepare, "has_office": bool(one.office), "slug": meeting.slug,
        "may_print": state in ("ready", "printed"),
    }  # fmt: skip
    words = {
        "pk": one.pk, "name": one.name, "office": one.office, "role_word": roles.get(one.role, ""),
        "site": one.bridge_point.short_name if one.bridge_point else "–",
        "at": date(timezone.localtime(at), "H:i d/m/Y") if at else "",
    }  # fmt: skip
    return filled("attendance/badges/row.html", shape, words)
