"""The rows of voting: polls and who may vote, ballots and the box of secret ones, seals, counts of halls, proxies, reminders."""

from voting.ballots.models import Ballot, BallotSeal, SecretBallot
from voting.halls.models import HallTally
from voting.polls.models import Mandate, Poll, PollOption
from voting.proxies.models import Proxy
from voting.slips.models import SlipReminder

__all__ = ["Ballot", "BallotSeal", "HallTally", "Mandate", "Poll", "PollOption", "Proxy", "SecretBallot", "SlipReminder"]
