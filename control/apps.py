"""The control app."""

from django.apps import AppConfig


class ControlConfig(AppConfig):
    """Registers the commands and the fold of control."""

    name = "control"

    def ready(self) -> None:
        """Load facts and commands; answer questions from below."""
        from control import actions, answers, facts, folding, forms  # noqa: F401
        from meetings import hooks

        hooks.folds.append(folding.FOLD)
        hooks.objections_to_removing_site += [answers.is_announced_to, answers.has_a_display]
        hooks.at_adjourning.append(actions.end_all_outages)
