"""The mailing app."""

from django.apps import AppConfig


class MailingConfig(AppConfig):
    """The outbox."""

    name = "mailing"
