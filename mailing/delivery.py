"""How mail leaves the office: the settings of the SMTP server, and whether there is one."""

from __future__ import annotations

from django.conf import settings


def is_delivering() -> bool:
    """Tell whether letters are sent. A demonstration never sends any, and without a server there is nowhere to send them to."""
    return bool(settings.SMTP_HOST) and not settings.DEMO_MODE
