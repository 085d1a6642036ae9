"""The jobs app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Long work: finds what each room can do in its module `work`."""

    name = "jobs"

    def ready(self) -> None:
        """Load the rooms' modules `work`, which register their jobs."""
        autodiscover_modules("work")
