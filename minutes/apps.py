"""The minutes app."""

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    """The minutes app."""

    name = "minutes"
