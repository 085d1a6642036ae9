"""What can happen to badges and to the keys that sign them. No fact holds a code: a serial alone opens no door."""

from typing import Any

from meetings.accounts.facts import OfficeFact
from meetings.fact_kinds import Fact, fact


@fact("badges.issued")
class BadgesIssued(Fact):
    """People got a credential, signed by a key. Moments in ISO 8601; `badges`: [{id, name, serial}, …]."""

    key: int
    fingerprint: str
    valid_from: str
    valid_until: str
    badges: list[dict[str, Any]]


@fact("badges.reissued")
class BadgesReissued(Fact):
    """The old credentials of people were revoked and they got new ones: `badges` [{id, name, serial, old}, …]."""

    key: int
    fingerprint: str
    valid_from: str
    valid_until: str
    badges: list[dict[str, Any]]


@fact("badges.revoked")
class BadgesRevoked(Fact):
    """Credentials are not valid any more. `badges`: [{id, name, serial}, …]."""

    badges: list[dict[str, Any]]


@fact("badge_key.rotated")
class BadgeKeyRotated(OfficeFact):
    """A new key signs badges from now on; the older ones are still believed."""

    key: int
    fingerprint: str


@fact("badge_key.retired")
class BadgeKeyRetired(OfficeFact):
    """What this key has signed is not believed any more: so many badges have to be printed again."""

    key: int
    fingerprint: str
    badges: int
