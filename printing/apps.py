"""Printing as an app: its checks."""

from django.apps import AppConfig


class PrintingConfig(AppConfig):
    """Registers the checks of what printing needs from the machine."""

    name = "printing"

    def ready(self) -> None:
        """Load the checks."""
        from printing import checks  # noqa: F401
