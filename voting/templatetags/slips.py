"""Lengths of time of opinion slips, for templates."""

from __future__ import annotations

from datetime import datetime

from django import template

register = template.Library()


@register.filter
def minutes_after(later: datetime, earlier: datetime) -> int:
    """How many whole minutes lie between two moments."""
    return int((later - earlier).total_seconds() // 60)
