"""What is given by chance to a row whose key stands in a signed address, so that no other row ever has that address."""

import secrets


def fresh_nonce() -> str:
    """Return 96 bits by chance: a key that is handed out a second time after a restore opens nothing of the row before."""
    return secrets.token_urlsafe(12)
