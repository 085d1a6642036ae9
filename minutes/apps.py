"""The minutes app."""

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    """Registers the commands and the fold of minutes."""

    name = "minutes"

    def ready(self) -> None:
        """Load facts and commands; answer the questions of `check_journal`."""
        from meetings import hooks
        from minutes import facts, folding, forms  # noqa: F401

        hooks.folds.append(folding.FOLD)
