"""The agenda app."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Registers the commands and the fold of agenda."""

    name = "agenda"

    def ready(self) -> None:
        """Load facts and commands; answer questions from below."""
        from agenda import answers, facts, folding, forms  # noqa: F401
        from meetings import hooks

        hooks.folds.append(folding.FOLD)
        hooks.objections_to_adjourning.append(answers.open_item)
        hooks.objections_to_removing.append(answers.has_spoken)
        hooks.steps_of_preparation.insert(0, answers.programme_step)
