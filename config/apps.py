"""The installation as an app: its checks and its commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the checks of a deployment."""

    name = "config"

    def ready(self) -> None:
        """Load the checks."""
        from config import checks  # noqa: F401
