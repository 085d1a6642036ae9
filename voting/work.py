"""What voting does in the background: seals, and polls whose time is over."""

from voting.ballots import sealer  # noqa: F401  # registers its duty
from voting.polls import ending  # noqa: F401  # registers its duty
