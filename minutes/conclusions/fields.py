"""Who leads: an organisation of the directory, or words for one that is not in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.directory.picking import LONGEST, OrganisationField, Typed
from people.models import Organisation
from people.spelling import clean

WHO_LIMIT = 300


@dataclass(frozen=True)
class Lead:
    """Who leads in words, and which organisation that is; nothing: none of the directory."""

    words: str = ""
    organisation: Organisation | None = None


class LeadField(OrganisationField):
    """Picks an organisation, and takes other words as they are: who is to do something need not be in the directory."""

    def to_python(self, value: Any) -> Lead:  # type: ignore[override]
        """Return who leads; what was typed beside the list is kept as words."""
        if not isinstance(value, Typed):
            return Lead()
        words = clean(value.text.replace("\0", ""))
        if len(words) > WHO_LIMIT:
            raise forms.ValidationError(_("At most %(n)d characters, please.") % {"n": WHO_LIMIT})
        if not words or (value.pk is None and words.isdecimal()):
            return Lead(words)
        try:
            found = super().to_python(Typed(words[:LONGEST], value.pk))
        except forms.ValidationError:
            return Lead(words)
        return Lead(found.name[:WHO_LIMIT], found) if found else Lead(words)
