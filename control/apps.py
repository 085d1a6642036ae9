"""The control app."""

from django.apps import AppConfig


class ControlConfig(AppConfig):
    """Registers the commands and the fold of control."""

    name = "control"

    def ready(self) -> None:
        """Load facts and commands; answer questions from below."""
        from django.utils.translation import gettext_lazy as _

        from control import actions, answers, cloning, facts, folding, forms  # noqa: F401
        from control.incidents import facts as _facts  # noqa: F401
        from control.incidents import folding as incidents
        from control.incidents import forms as _forms  # noqa: F401
        from meetings import hooks

        hooks.folds += [folding.FOLD, incidents.FOLD]
        hooks.objections_to_removing_site += [answers.is_announced_to, answers.has_a_display]
        hooks.at_adjourning.append(actions.end_all_outages)
        hooks.parts_to_clone.append((cloning.PART, _("Displays, with new addresses")))
        hooks.at_cloning.append(cloning.copy_displays)
