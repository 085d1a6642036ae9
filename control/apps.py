"""The control app."""

from django.apps import AppConfig


class ControlConfig(AppConfig):
    """Registers the commands and the fold of control."""

    name = "control"

    def ready(self) -> None:
        """Load facts and commands; answer questions from below."""
        from control import facts, folding, forms  # noqa: F401
        from meetings import hooks

        hooks.folds.append(folding.FOLD)
