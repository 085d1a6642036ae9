"""Layout rules of official papers as dated profiles: which numbers held on the day a paper bears, as an office has set them.

Each number carries its evidence, because most rules of the Party are known through digests only and a records officer must
be able to see which to check first, and to set it right (adjusting.py says within what).
"""

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from printing.adjusting import adjusted, fitting
from printing.errors import NoProfile
from printing.party_rules import HD05_2026, HD36_2018
from printing.rules import Body, Evidence, Length, Letters, Mark, Profile
from printing.state_rules import ND30_2020

__all__ = [
    "HD05_2026", "HD36_2018", "ND30_2020", "PROFILES", "Body", "Evidence", "Length", "Letters", "Mark", "Profile",
    "adjusted", "as_the_office_sets", "in_force", "last_known", "profile_for", "restored",
]  # fmt: skip

PROFILES: dict[str, Profile] = {profile.code: profile for profile in (HD36_2018, HD05_2026, ND30_2020)}

#: Who knows what an office has set otherwise, by the profile's code (name → value); a room upstairs enters itself here.
SETTINGS_OF: list[Callable[[str], Mapping[str, object]]] = []


def profile_for(body: Body, on: date) -> Profile:
    """Return the layout rules for a paper of a Party or State body dated `on`; raise NoProfile when none are known."""
    for profile in PROFILES.values():
        if profile.body == body and profile.since <= on <= (profile.until or date.max):
            return profile
    message = _("No layout rules are known for a paper of this kind dated %(date)s.")
    raise NoProfile(message % {"date": on.strftime("%d/%m/%Y")})


def last_known(body: Body, on: date) -> Profile:
    """Return the rules in force on `on`, or the last ones before it; raise NoProfile when there were none yet.

    For a caller that would rather print under superseded rules, and say so on the page, than not print.
    """
    earlier = [profile for profile in PROFILES.values() if profile.body == body and profile.since <= on]
    return max(earlier, key=lambda profile: profile.since) if earlier else profile_for(body, on)


def in_force(body: Body, on: date) -> Profile:
    """Return the last known rules with the office's settings: what a paper made today is printed by."""
    return as_the_office_sets(last_known(body, on))


def as_the_office_sets(profile: Profile) -> Profile:
    """Return a profile with the office's settings; one that no longer fits the profile is left out, the page shows it."""
    settings: dict[str, object] = {}
    for ask in SETTINGS_OF:
        settings |= ask(profile.code)
    return adjusted(profile, fitting(profile, settings)) if settings else profile


def restored(code: str, settings: Mapping[str, object]) -> Profile:
    """Return a profile as it was when a paper was approved under it: `settings` is what `dict(profile.settings)` gave then."""
    return adjusted(PROFILES[code], fitting(PROFILES[code], settings))
