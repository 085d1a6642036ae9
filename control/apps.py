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
        from control.video import cloning as video
        from control.video import facts as _video_facts  # noqa: F401
        from control.video import folding as video_folding
        from control.video import forms as _video_forms  # noqa: F401
        from meetings import desk, hooks
        from meetings.procedure import Ability

        hooks.folds += [folding.FOLD, incidents.FOLD, video_folding.FOLD]
        hooks.objections_to_removing_site += [answers.is_announced_to, answers.has_a_display]
        hooks.at_adjourning.append(actions.end_all_outages)
        hooks.parts_to_clone.append((cloning.PART, _("Displays, with new addresses")))
        hooks.parts_to_clone.append((video.PART, _("Addresses of the video conference, with their PINs")))
        hooks.at_cloning += [cloning.copy_displays, video.copy_addresses]
        desk.TABS["sites"].append(("control:video", _("Video conference"), Ability.PREPARE))
