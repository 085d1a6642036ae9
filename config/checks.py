"""Deployment mistakes, found at start instead of in the middle of a conference."""

import ipaddress
import sqlite3
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from config.sqlite import is_safe


@register()
def sqlite_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an SQLite library that can corrupt a WAL database."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3" or is_safe(sqlite3.sqlite_version_info):
        return []
    return [Error(f"SQLite {sqlite3.sqlite_version} can corrupt the database.", hint="Run make setup.", id="config.E001")]


@register()
def demo_stays_at_home(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to offer the demonstration, with its one-click sign-in, to a network."""
    if not settings.DEMO_MODE or is_loopback(settings.HOST):
        return []
    hint = "Use HOST=127.0.0.1, or run manage.py setup_office for a real installation."
    return [Error(f"Demo mode serves this machine only, not {settings.HOST}.", hint=hint, id="config.E002")]


def is_loopback(host: str) -> bool:
    """Tell whether a listening address reaches only this machine; a name other than localhost does not count."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
