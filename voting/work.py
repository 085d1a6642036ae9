"""What voting does in the background: seals, traces of boxes, polls whose time is over, opinion slips."""

from voting.ballots import clearing, sealer  # noqa: F401  # register their duties
from voting.polls import ending  # noqa: F401  # registers its duty
from voting.slips import reminding, work  # noqa: F401  # a duty and the jobs of opinion slips
