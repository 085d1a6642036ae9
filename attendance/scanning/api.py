"""What a device asks and sends under its signed address: the list of its bridge point, and its scans. No account, no session."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from attendance.badges import keys
from attendance.badges.models import Credential
from attendance.counting import counts_by_bridge_point
from attendance.models import THERE
from attendance.scanning.ending import has_ended
from attendance.scanning.gate import gate_of
from attendance.scanning.models import Scan, Scanner
from attendance.scanning.sent import Malformed, read_batch
from attendance.scanning.taking import Answer, take
from attendance.scanning.tokens import scanner_of
from meetings import clock
from meetings.keeping import kept_with_journal
from meetings.models import Meeting, Participant

HANDED_IN_AT_MOST = 5_000  # scans a revoked device may still hand in: more than one holds
HEARD_EVERY = timedelta(seconds=5)  # how often it is noted that a device has been heard of


@require_safe
@never_cache
@login_not_required
def scan_list(request: HttpRequest, token: str) -> HttpResponse:
    """Return what a device needs to answer by itself: its people, the keys it believes, the serials it must not admit.

    304 when it has the newest (`If-None-Match`); 410 with nothing in it when its permission has been taken back or has
    ended with the meeting.
    """
    scanner, received = _scanner(token), timezone.now()
    if _is_due(scanner.seen_at, received):
        Scanner.objects.filter(pk=scanner.pk).update(seen_at=received)
    if scanner.revoked_at is not None:
        return JsonResponse({"revoked": True}, status=410)
    if has_ended(scanner.meeting, clock.at(scanner.meeting, received)):
        return JsonResponse({"ended": True}, status=410)
    believed = keys.publics()
    journal = scanner.meeting.journal
    mark = f'"{journal.epoch}-{journal.head}-{"-".join(map(str, sorted(believed)))}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304, headers={"ETag": mark})
    return JsonResponse(_list(scanner, believed, received), headers={"ETag": mark})


@csrf_exempt  # the address is the secret: no cookie is read
@require_POST
@never_cache
@login_not_required
def scan_post(request: HttpRequest, token: str) -> HttpResponse:
    """Take a batch of scans and answer each; 400 when it is none, 410 with the same answers when the device is revoked.

    403 when a revoked device has handed in more than any holds.
    """
    gate, received = gate_of(token), timezone.now()
    if gate is None:
        raise Http404
    try:
        batch = read_batch(request.body, received)
    except Malformed as fault:
        return JsonResponse({"state": "invalid", "reason": str(fault)}, status=400)
    if gate.is_revoked and Scan.objects.filter(scanner=gate.scanner, was_revoked=True).count() >= HANDED_IN_AT_MOST:
        return JsonResponse({"revoked": True}, status=403)
    answers = take(gate, batch.scans, received)
    if bool(batch.unsent) != bool(gate.unsent) or _is_due(gate.seen_at, received):
        Scanner.objects.filter(pk=gate.scanner).update(seen_at=received, unsent=batch.unsent)
        gate.seen_at, gate.unsent = received, batch.unsent
    names = _names(gate.meeting)
    body = {"number": gate.meeting.journal.head, "ended": gate.is_over, "results": [_answer(one, names) for one in answers]}
    return JsonResponse(body, status=410 if gate.is_revoked else 200)


def _scanner(token: str) -> Scanner:
    scanner = scanner_of(token)
    if scanner is None:
        raise Http404
    return scanner


def _is_due(seen_at: datetime | None, now: datetime) -> bool:
    """Tell whether it is to be noted again, outside the journal, that a device was heard of."""
    return seen_at is None or now - seen_at >= HEARD_EVERY


def _list(scanner: Scanner, believed: dict[int, bytes], now: datetime) -> dict[str, Any]:
    meeting, site = scanner.meeting, scanner.door.bridge_point
    credentials = Credential.objects.filter(meeting=meeting)
    people, names = _people(meeting, site.pk, is_kiosk=scanner.is_kiosk), _names(meeting)
    named = {site.pk, *(one[place] for one in people for place in ("home", "site"))}
    return {
        "number": meeting.journal.head, "epoch": str(meeting.journal.epoch), "now": _ms(now),
        "time": _ms(clock.at(meeting, now)), "rate": meeting.clock_rate, "meeting": {"id": meeting.pk, "title": meeting.title},
        "scanner": {"id": scanner.pk, "name": scanner.name, "kiosk": scanner.is_kiosk}, "door": scanner.door.name,
        "site": {"id": site.pk, "name": site.name}, "sites": {pk: names[pk] for pk in named if pk in names},
        "keys": {str(number): public.hex() for number, public in believed.items()},
        "revoked": sorted(credentials.exclude(revoked_at=None).values_list("serial", flat=True)),
        "people": people, "counts": _counts(meeting, site.pk),
    }  # fmt: skip


def _people(meeting: Meeting, site: int, *, is_kiosk: bool) -> list[dict[str, Any]]:
    """Return those who belong to a bridge point or are there, with what is told at the door.

    A kiosk stands alone: it judges badges, and holds no names and no short codes.
    """
    here = Q(bridge_point=site) | Q(presence__bridge_point=site, presence__state__in=THERE)
    rows = list(meeting.participants.filter(here).select_related("presence", "group", "substitute").order_by("folded", "pk"))
    if is_kiosk:
        return [_person(one, None) | _NAMELESS for one in rows]
    valid = Credential.objects.filter(participant__in=[one.pk for one in rows], revoked_at=None)
    badges = {one.participant_id: one for one in valid.select_related("key")}
    return [_person(one, badges.get(one.pk)) for one in rows]


_NAMELESS = {"name": "", "office": "", "group": ""}


def _person(one: Participant, badge: Credential | None) -> dict[str, Any]:
    presence = getattr(one, "presence", None)
    return {
        "id": one.pk, "name": one.name, "office": one.office, "group": one.group.name if one.group else "", "role": one.role,
        "home": one.bridge_point_id, "short": badge.short_code if badge else None,
        "badge": badge and {"key": badge.key.number, "from": _ms(badge.valid_from), "until": _ms(badge.valid_until)},
        "state": presence.state if presence else "",
        "site": presence.bridge_point_id if presence else None, "since": _ms(presence.marked_at) if presence else None,
        "out": one.is_excused or getattr(one, "substitute", None) is not None,
    }  # fmt: skip


def _names(meeting: Meeting) -> dict[int, str]:
    return kept_with_journal(meeting, ("names",), lambda: dict(meeting.bridge_points.values_list("pk", "short_name")))


def _counts(meeting: Meeting, site: int) -> dict[str, int]:
    """Return how many have walked in at a bridge point, of how many expected, worked out once for each state of the journal."""
    count = kept_with_journal(meeting, ("counts",), lambda: counts_by_bridge_point(meeting)).get(site)
    return {"present": count.present - count.online if count else 0, "expected": count.expected if count else 0}


def _answer(one: Answer, names: dict[int, str]) -> dict[str, Any]:
    who, scan = one.who, one.scan
    told = who and {
        "id": who.pk, "name": who.name, "office": who.office, "group": who.group, "site": names.get(who.site or 0, ""),
    }  # fmt: skip
    return {
        "key": str(scan.key), "verdict": scan.verdict, "reason": scan.reason, "who": told, "at": _ms(scan.at),
        "since": _ms(one.since) if one.since else None, "where": names.get(one.where or 0),
    }  # fmt: skip


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
