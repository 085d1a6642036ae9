"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers the commands and the fold of meetings."""

    name = "meetings"

    def ready(self) -> None:
        """Load facts and commands; answer the questions of `check_journal`."""
        from meetings import facts, folding, forms, hooks, overview  # noqa: F401
        from meetings.accounts import forms as accounts  # noqa: F401

        hooks.folds.append(folding.FOLD)
        hooks.steps_of_preparation.append(overview.bridge_points_step)
