"""How passwords are hashed: Argon2, two at a time. A hash takes memory on purpose; a flood of sign-ins must not take it all."""

from __future__ import annotations

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = BoundedSemaphore(2)


class PatientArgon2(Argon2PasswordHasher):
    """Django's hasher; whoever comes third waits.

    19 MiB, two passes, one lane is what OWASP asks at least; Django's 100 MiB on eight lanes held up a small machine's
    conference for a second with each sign-in.
    """

    time_cost, memory_cost, parallelism = 2, 19_456, 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a password when it is its turn."""
        with AT_ONCE:
            encoded: str = super().encode(password, salt)
            return encoded

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a password with its hash when it is its turn."""
        with AT_ONCE:
            return bool(super().verify(password, encoded))
