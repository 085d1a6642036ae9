"""How passwords are hashed: Argon2, two at a time. A hash takes memory on purpose; a flood of sign-ins must not take it all."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import BoundedSemaphore, Lock
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher, BasePasswordHasher, get_hasher
from django.utils.crypto import constant_time_compare

AT_ONCE = BoundedSemaphore(2)
LONGEST_QUEUE = 40  # sign-ins that wait: three seconds' work; the next ones are asked to come again
LONGEST_WAIT = 8.0  # seconds

_impatient: ContextVar[bool] = ContextVar("impatient", default=False)
_lock = Lock()
_waiting = 0


class TooBusy(Exception):
    """More people sign in at this moment than passwords can be checked."""


@contextmanager
def impatient() -> Iterator[None]:
    """Within: raise TooBusy rather than wait long. For doors that anybody may knock at."""
    token = _impatient.set(True)
    try:
        yield
    finally:
        _impatient.reset(token)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn to hash."""
    global _waiting  # noqa: PLW0603
    hurried = _impatient.get()
    with _lock:
        if hurried and _waiting >= LONGEST_QUEUE:
            raise TooBusy
        _waiting += 1
    try:
        if not AT_ONCE.acquire(timeout=LONGEST_WAIT if hurried else None):
            raise TooBusy
    finally:
        with _lock:
            _waiting -= 1
    try:
        yield
    finally:
        AT_ONCE.release()


class PatientArgon2(Argon2PasswordHasher):
    """Django's hasher; whoever comes third waits.

    19 MiB, two passes, one lane is what OWASP asks at least; Django's 100 MiB on eight lanes held up a small machine's
    conference for a second with each sign-in.
    """

    time_cost, memory_cost, parallelism = 2, 19_456, 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a password when it is its turn."""
        with turn():
            encoded: str = super().encode(password, salt)
            return encoded

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a password with its hash when it is its turn."""
        with turn():
            return bool(super().verify(password, encoded))


class OneTime(BasePasswordHasher):
    """For one-time passwords that we have made ourselves: 79 bits of chance need no slow hash, and thousands are made at once.

    Whoever had the table would try 2^78 of them: at 10^12 a second, ten thousand years. What people choose themselves never comes
    here; a right one is hashed anew by Django with the first hasher of the settings when it is used.
    """

    algorithm = "one_time"

    def encode(self, password: str, salt: str) -> str:
        """Hash a password with its salt."""
        digest = hashlib.sha256(f"{salt}${password}".encode()).digest()
        return f"{self.algorithm}${salt}${base64.b64encode(digest).decode()}"

    def decode(self, encoded: str) -> dict[str, Any]:
        """Return the parts of a hash."""
        algorithm, salt, digest = encoded.split("$", 2)
        return {"algorithm": algorithm, "salt": salt, "hash": digest}

    def verify(self, password: str, encoded: str) -> bool:
        """Compare; a wrong one takes as long as with any other account, so that the time tells nobody about it."""
        if constant_time_compare(encoded, self.encode(password, self.decode(encoded)["salt"])):
            return True
        get_hasher("default").encode(password, self.salt())
        return False

    def safe_summary(self, encoded: str) -> Any:
        """Return what may be shown: nothing of the hash."""
        return {"algorithm": self.algorithm}

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing: `verify` takes its time already."""


def one_time_hash(password: str) -> str:
    """Return the hash of a one-time password that `meetings.accounts.passwords` has made."""
    hasher = OneTime()
    return hasher.encode(password, hasher.salt())
