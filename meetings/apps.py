"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers the commands and the fold of meetings."""

    name = "meetings"

    def ready(self) -> None:
        """Load facts and commands; answer the questions of `check_journal`; tell the screens that sessions end."""
        from meetings import facts, folding, forms, hooks, overview  # noqa: F401
        from meetings.accounts import forms as accounts  # noqa: F401
        from meetings.announcing import announce_leaving
        from people import sessions

        hooks.folds.append(folding.FOLD)
        sessions.listeners.append(announce_leaving)
        hooks.steps_of_preparation.append(overview.bridge_points_step)
