"""One-time passwords: made to be read from a slip and typed once."""

import secrets

# Without letters and digits that look alike on paper: 0 O, 1 l I, and so on.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LENGTH = 4, 4


def one_time_password() -> str:
    """Return a random password such as `k7mw-3hpt-ynqe-d4rx`: 79 bits, no look-alikes."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
