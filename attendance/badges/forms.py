"""The commands of badges, and of the keys that sign them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from attendance.badges import actions
from attendance.badges.models import BadgeKey
from meetings.commands import ChoosingForm, OfficeForm, Rows, command, office_command
from meetings.models import Participant
from meetings.procedure import Ability

_NOBODY = {"required": _("Choose at least one person.")}


class _OfPeople(ChoosingForm):
    """Whose badges."""

    choices_of = {"participants": "participants"}
    participants = Rows(Participant.objects.none(), error_messages=_NOBODY)

    def arguments(self) -> dict[str, Any]:
        """Return the chosen people as a list."""
        return self.cleaned_data | {"participants": list(self.cleaned_data["participants"])}


class _OfPeopleOrAll(_OfPeople):
    """Whose badges; or, by the field named in `instead`, those of all of a kind."""

    instead: ClassVar[str]
    participants = Rows(Participant.objects.none(), required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody must be meant."""
        data = super().clean() or {}
        if not data.get(self.instead) and not data.get("participants") and not self.errors:
            self.add_error("participants", _NOBODY["required"])
        return data


@command("badges.issue", actions.issue_badges, Ability.PREPARE)
class IssueBadges(_OfPeopleOrAll):
    """Who; or everyone who has no valid badge."""

    instead = "everyone"
    everyone = forms.BooleanField(required=False)


@command("badges.reissue", actions.reissue_badges, Ability.PREPARE)
class ReissueBadges(_OfPeopleOrAll):
    """Whose; or all whose badge does not hold for the meeting any more."""

    instead = "outdated"
    outdated = forms.BooleanField(required=False)


@command("badges.revoke", actions.revoke_badges, Ability.PREPARE)
class RevokeBadges(_OfPeople):
    """Whose."""


@office_command("badge_key.rotate", actions.rotate_badge_key, Ability.KEEP_BADGE_KEYS)
class RotateBadgeKey(OfficeForm):
    """Nothing is asked."""


@office_command("badge_key.retire", actions.retire_badge_key, Ability.KEEP_BADGE_KEYS)
class RetireBadgeKey(OfficeForm):
    """Which."""

    key = forms.ModelChoiceField(BadgeKey.objects.all())
