"""Who and what stands in the demonstration's conference, asked beside its models (``manage.py shell`` of the bench's place)."""

from __future__ import annotations

from typing import Any

from bench.demonstration import SLUG


def planned_items() -> list[int]:
    """The items that can still be opened, in order."""
    from agenda.models import AgendaItem

    planned = AgendaItem.objects.filter(meeting__slug=SLUG, state=AgendaItem.State.PLANNED)
    return list(planned.order_by("position").values_list("pk", flat=True))


def consoles() -> list[dict[str, Any]]:
    """For each bridge point a session of who sits at its console, and the people that one can mark (a technician: nobody)."""
    from meetings.models import COUNTED_ROLES, Meeting, Participant, Role

    meeting = Meeting.objects.get(slug=SLUG)
    staff = Participant.objects.filter(meeting=meeting, role__in=(Role.OPERATOR, Role.TECHNICIAN)).select_related("person")
    # By role: at a bridge point that has both the operator sits at the console.
    seated = {each.bridge_point_id: each for each in staff.order_by("-role") if each.bridge_point_id is not None}
    halls: dict[int, list[int]] = {site: [] for site in seated}
    for one in Participant.objects.filter(meeting=meeting, role__in=COUNTED_ROLES).order_by("pk"):
        site = one.bridge_point_id
        if site is not None and site in halls and seated[site].role == Role.OPERATOR:
            halls[site].append(one.pk)
    return [{"site": site, "session": _session(who), "people": halls[site]} for site, who in sorted(seated.items())]


def bare_table() -> bool:
    """A table for the bare view's rows (bench/bare_view.py)."""
    from django.db import connection

    kind = "BIGSERIAL" if connection.vendor == "postgresql" else "INTEGER"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_row (id {kind} PRIMARY KEY, moment VARCHAR(40) NOT NULL)")
    return True


def _session(who: Any) -> str:
    from django.test import Client

    from people.models import User

    user, _made = User.objects.get_or_create(person=who.person, defaults={"username": f"bench-{who.pk}"})
    client = Client()
    client.force_login(user)
    return str(client.cookies["sessionid"].value)
