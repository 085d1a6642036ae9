"""What an office has set otherwise than a layout profile says, and the profile a paper is printed by."""

from __future__ import annotations

from datetime import date

from minutes.models import LayoutSetting
from people.models import Organisation
from printing.profiles import Body, Profile, in_force


def settings_of(code: str) -> dict[str, object]:
    """Return an office's settings of one profile, name → value."""
    return dict(LayoutSetting.objects.filter(profile=code).values_list("name", "value"))


def set_rows(code: str) -> list[LayoutSetting]:
    """Return an office's settings of one profile with who set them and from where."""
    return list(LayoutSetting.objects.filter(profile=code))


def counted() -> dict[str, int]:
    """Return how many numbers of each profile an office has set."""
    found: dict[str, int] = {}
    for code in LayoutSetting.objects.values_list("profile", flat=True):
        found[code] = found.get(code, 0) + 1
    return found


def profile_of(body: Organisation | str, on: date) -> Profile:
    """Return the rules for a paper of a body dated `on`, with the office's settings; raise NoProfile before the first rules."""
    kind = body.body if isinstance(body, Organisation) else body
    return in_force(_body(kind), on)


def _body(kind: str) -> Body:
    return "state" if kind == Organisation.Body.STATE else "party"
