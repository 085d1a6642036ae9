"""The demo app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo app."""

    name = "demo"

    def ready(self) -> None:
        """Make its job known."""
        from demo import receipts  # noqa: F401
