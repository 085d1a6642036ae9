"""Hashing passwords: a flood of sign-ins takes the memory of two, and the hashes are Django's own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from time import sleep

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from people.hashing import PatientArgon2


def test_a_hash_is_one_that_django_knows() -> None:
    encoded = PatientArgon2().encode("k7mw-3hpt-ynqe-d4rx", "somesaltofits22letters")
    assert Argon2PasswordHasher().verify("k7mw-3hpt-ynqe-d4rx", encoded)
    assert not PatientArgon2().verify("another", encoded)


def test_two_are_hashed_at_once_however_many_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    busy, most, lock = 0, 0, Lock()

    def slow(self: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        sleep(0.02)
        with lock:
            busy -= 1
        return True

    monkeypatch.setattr(Argon2PasswordHasher, "verify", slow)
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(lambda n: PatientArgon2().verify("", ""), range(16)))
    assert most == 2


def test_the_service_hashes_so() -> None:
    source = (settings.BASE_DIR / "config/settings.py").read_text()
    assert 'PASSWORD_HASHERS = ["people.hashing.PatientArgon2", "people.hashing.OneTime"]' in source
