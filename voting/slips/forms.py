"""The command on opinion slips."""

from meetings.commands import command
from meetings.procedure import Ability
from voting.polls.forms import OnePoll
from voting.slips import actions


@command("slips.remind", actions.remind_slips, Ability.RUN_POLLS)
class RemindSlips(OnePoll):
    """Of which slips those who have not answered are reminded."""
