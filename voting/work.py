"""What voting does in the background: seals, traces of boxes, polls whose time is over."""

from voting.ballots import clearing, sealer  # noqa: F401  # register their duties
from voting.polls import ending  # noqa: F401  # registers its duty
