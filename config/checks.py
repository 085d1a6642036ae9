"""Deployment mistakes, found at start instead of in the middle of a conference."""

import ipaddress
import sqlite3
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.utils.translation import gettext as _

from config.sqlite import is_safe
from copies import isolation, office
from copies.refusals import OFFICE_PACKAGES


@register()
def sqlite_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an SQLite library that can corrupt a WAL database."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3" or is_safe(sqlite3.sqlite_version_info):
        return []
    return [
        Error(
            _("SQLite %(version)s can corrupt the database.") % {"version": sqlite3.sqlite_version},
            hint=_("Run make setup."),
            id="config.E001",
        )
    ]


@register()
def demo_stays_at_home(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to offer the demonstration, with its one-click sign-in, to a network."""
    public = urlsplit(settings.PUBLIC_URL).hostname or ""
    foreign = [host for host in (settings.HOST, public, *settings.ALLOWED_HOSTS) if not is_loopback(host)]
    if not settings.DEMO_MODE or not foreign:
        return []
    hint = _("Use HOST=127.0.0.1, or run manage.py setup_office for a real installation.")
    return [Error(_("Demo mode serves this machine only, not %(host)s.") % {"host": foreign[0]}, hint=hint, id="config.E002")]


@register()
def no_details_of_errors_in_an_office(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an office whose error pages would show settings and data."""
    if settings.DEMO_MODE or not settings.DEBUG:
        return []
    return [
        Error(_("DIEMCAU_DEBUG shows everybody what goes on inside."), hint=_("Take it away in an office."), id="config.E003")
    ]


@register()
def printed_addresses_lead_here(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn of QR codes that lead nowhere: an office that others reach, whose printed address they cannot."""
    public = urlsplit(settings.PUBLIC_URL).hostname or ""
    if settings.DEMO_MODE or is_loopback(settings.HOST) or not (is_loopback(public) or public in ("0.0.0.0", "::")):
        return []
    hint = _("Set DIEMCAU_PUBLIC_URL to the address people type, such as https://hoinghi.example.vn.")
    return [Warning(_("QR codes would lead to %(address)s.") % {"address": settings.PUBLIC_URL}, hint=hint, id="config.W001")]


@register()
def office_files_can_be_opened(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn where Word, Excel and PowerPoint files will be refused: without LibreOffice, or where it cannot be closed off."""
    if not office.is_installed():
        hint = _("apt-get install --no-install-recommends %(packages)s") % {"packages": OFFICE_PACKAGES}
        return [Warning(_("Papers are taken as PDF and pictures only: there is no LibreOffice."), hint=hint, id="config.W002")]
    if not isolation.is_possible():
        hint = _("It needs Linux 5.13 or newer with Landlock and seccomp, in a container too.")
        return [
            Warning(_("Office files are refused: this system cannot close LibreOffice off."), hint=hint, id="config.W003"),
        ]
    return []


def is_loopback(host: str) -> bool:
    """Tell whether a listening address reaches only this machine; a name other than localhost does not count."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
