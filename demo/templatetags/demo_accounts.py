"""The buttons that sign in to the demonstration: {% load demo_accounts %}{% demo_accounts %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from demo.accounts import ACCOUNTS, visitors

register = template.Library()


@register.inclusion_tag("demo/accounts.html", takes_context=True)
def demo_accounts(context: dict[str, Any]) -> dict[str, Any]:
    """Offer each account that exists; outside demo mode, or before the demonstration is loaded, nothing at all."""
    there: set[str] = set()
    if settings.DEMO_MODE:
        there = set(visitors().values_list("username", flat=True))
    return {"accounts": [a for a in ACCOUNTS if a.username in there], "next": context.get("next", "")}
