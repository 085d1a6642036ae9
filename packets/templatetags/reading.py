"""Lengths of reading in words: {{ seconds|lasting }}; trace codes as they stand on a copy: {{ code|in_fours }}."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def lasting(seconds: int) -> str:
    """Return a length of time to the minute; to the second below one."""
    if seconds < 60:
        return _("%(s)d s") % {"s": seconds}
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return _("%(m)d min") % {"m": minutes}
    return _("%(h)d h %(m)02d min") % {"h": hours, "m": minutes}


@register.filter
def in_fours(code: str) -> str:
    """Return a trace code as it is read aloud: XXXX-XXXX-XXXX."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
