"""The office's page of badge keys: which there are, what each has signed, a new one, the end of an old one."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from attendance.badges import keys
from attendance.badges.models import BadgeKey
from meetings.errors import OutOfOrder
from meetings.models import Meeting
from meetings.procedure import Ability
from meetings.queries import account, office_actor


@require_safe
@never_cache
def badge_keys(request: HttpRequest) -> HttpResponse:
    """List the keys, the newest first, with their fingerprints and how many badges in use each has signed."""
    actor = office_actor(account(request))
    actor.require(Ability.KEEP_BADGE_KEYS)
    in_use = Q(credentials__revoked_at=None) & ~Q(credentials__meeting__state=Meeting.State.ADJOURNED)
    found = list(BadgeKey.objects.annotate(in_use=Count("credentials", filter=in_use)).order_by("-number"))
    signing = next((one.pk for one in found if one.retired_at is None), None)
    context = {
        "keys": [(one, keys.fingerprint(one), one.pk == signing, _is_closed(one)) for one in found],
        "abilities": {ability.value for ability in actor.abilities},
    }
    return render(request, "attendance/badges/keys.html", context)


def _is_closed(key: BadgeKey) -> bool:
    """Tell whether a key that should sign cannot be opened any more."""
    try:
        return key.retired_at is None and not keys.private_of(key)
    except OutOfOrder:
        return True
