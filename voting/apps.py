"""The voting app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

#: The rooms, in the order in which the journal is folded; without a form: those nobody commands.
ROOMS = ("polls", "ballots", "halls", "proxies", "slips")
NOBODY_COMMANDS = frozenset({"ballots"})


class VotingConfig(AppConfig):
    """Registers the commands and the folds of voting."""

    name = "voting"

    def ready(self) -> None:
        """Load facts and commands; answer questions from below."""
        from importlib import import_module

        from meetings import desk, hooks
        from meetings.procedure import Ability
        from voting import answers
        from voting.ballots import guards
        from voting.polls import cloning
        from voting.slips import asking

        for room in ROOMS:
            import_module(f"voting.{room}.facts")
            hooks.folds.append(import_module(f"voting.{room}.folding").FOLD)
            if room not in NOBODY_COMMANDS:
                import_module(f"voting.{room}.forms")
        import_module("voting.work")
        hooks.guards.append(guards)
        hooks.at_cloning.append(cloning.copy_prepared)
        hooks.asked_to_read.append(asking.asked_of)
        hooks.objections_to_adjourning.append(answers.undecided_polls)
        hooks.objections_to_removing.append(answers.has_a_mandate)
        hooks.objections_to_removing_site.append(answers.votes_here)
        hooks.objections_to_removing_body.append(answers.puts_the_vote)
        desk.TABS["polls"] = [
            ("voting:polls", _("Votes"), Ability.SEE_POLLS),
            ("voting:proxies", _("Proxies"), Ability.RUN_POLLS),
        ]
