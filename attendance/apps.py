"""The attendance app."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """Registers the commands and the fold of attendance."""

    name = "attendance"

    def ready(self) -> None:
        """Load facts and commands; answer questions from below."""
        from attendance import answers, facts, folding, forms  # noqa: F401
        from meetings import hooks

        hooks.folds.append(folding.FOLD)
        hooks.steps_of_preparation.append(answers.participants_step)
        hooks.objections_to_removing.append(answers.is_marked)
