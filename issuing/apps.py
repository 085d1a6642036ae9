"""The issuing app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuingConfig(AppConfig):
    """Registers the commands of registers and invitations, their pages, and what other rooms ask."""

    name = "issuing"

    def ready(self) -> None:
        """Load facts and commands; add the pages; answer what other rooms ask."""
        from issuing import facts, folding, forms, wiping  # noqa: F401
        from issuing.answering import forms as answering  # noqa: F401
        from issuing.invitations import cloning, overview
        from issuing.invitations import facts as invitation_facts  # noqa: F401
        from issuing.invitations import forms as invitation_forms  # noqa: F401
        from meetings import hooks
        from meetings.desk import OFFICE_RAIL, TABS
        from meetings.procedure import Ability

        OFFICE_RAIL.append(("issuing:registers", "paper", _("Registers"), Ability.KEEP_REGISTERS))
        TABS["delegates"].append(("issuing:invitations", _("Invitations"), Ability.ISSUE_PAPERS))
        hooks.folds.append(folding.FOLD)
        hooks.steps_of_preparation.append(overview.invitations_step)
        hooks.at_cloning.append(cloning.copy_text)
        hooks.at_wiping.append(wiping.take_out)
