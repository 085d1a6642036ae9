"""The agenda app."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Registers the commands and the fold of agenda."""

    name = "agenda"

    def ready(self) -> None:
        """Load facts and commands; answer questions from below."""
        from django.utils.translation import gettext_lazy as _

        from agenda import answers, cloning, comparing, facts, folding, forms, rehearsing  # noqa: F401
        from agenda.running.closed import is_out_now
        from agenda.running.plan import keep_plan
        from agenda.speakers import facts as _of_speakers  # noqa: F401
        from agenda.speakers import folding as speakers
        from agenda.speakers import forms as _asking  # noqa: F401
        from agenda.speeches import answers as speeches
        from agenda.speeches import facts as _facts  # noqa: F401
        from agenda.speeches import folding as registered
        from agenda.speeches import forms as _forms  # noqa: F401
        from meetings import desk, hooks
        from meetings.procedure import Ability

        hooks.keeping_out.append(is_out_now)
        hooks.folds.append(folding.FOLD)
        hooks.at_opening.append(keep_plan)
        hooks.objections_to_adjourning.append(answers.open_item)
        hooks.objections_to_removing.append(answers.has_spoken)
        hooks.objections_to_removing_sitting.append(answers.sitting_with_items)
        hooks.parts_to_clone.append(("programme", _("Programme")))
        hooks.at_cloning.insert(0, cloning.copy_programme)  # first: what other rooms copy belongs to items
        hooks.at_cloning.insert(1, rehearsing.release_copied)
        hooks.comparisons.append(("programme", _("Programme"), comparing.programme_pairs))
        hooks.steps_of_preparation.insert(0, answers.programme_step)
        hooks.steps_of_preparation.insert(1, answers.release_step)
        hooks.steps_of_preparation.insert(2, speeches.speeches_step)
        hooks.folds.append(registered.FOLD)
        hooks.folds.append(speakers.FOLD)
        desk.TABS["programme"].append(("agenda:releases", _("Releases"), Ability.SEE))
        desk.TABS["programme"].append(("agenda:course", _("Course"), Ability.RUN_PROGRAMME))
        desk.TABS["programme"].append(("agenda:speeches", _("Registered speeches"), Ability.OFFER_SPEECH))
