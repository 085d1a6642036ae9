"""The live app."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """The live app."""

    name = "live"
