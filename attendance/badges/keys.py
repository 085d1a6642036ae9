"""The installation's keys: made here, sealed under its secret key; their public parts are what doors believe."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from attendance.badges.models import BadgeKey
from meetings.errors import OutOfOrder

#: A code has one byte for the number of its key.
MOST = 255
_PURPOSE = b"diemcau badge key"
_NONCE = 12


def publics() -> dict[int, bytes]:
    """Return the public part of each key that is believed, by its number."""
    found = BadgeKey.objects.filter(retired_at=None).values_list("number", "public")
    return {number: bytes.fromhex(public) for number, public in found}


def newest() -> BadgeKey | None:
    """Return the key that signs: the newest that is not retired."""
    return BadgeKey.objects.filter(retired_at=None).order_by("-number").first()


def to_sign() -> BadgeKey:
    """Return the key that signs, locked until the transaction ends; the first is made when it is first needed."""
    found = BadgeKey.objects.select_for_update().filter(retired_at=None).order_by("-number").first()
    return found or make(timezone.now())


def make(now: datetime) -> BadgeKey:
    """Make a new key, under the next number. Raises OutOfOrder when all numbers are used."""
    number = (BadgeKey.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    if number > MOST:
        raise OutOfOrder(_("All 255 badge keys of this installation have been used."))
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    sealed = _seal(private.private_bytes_raw(), number, public)
    try:
        with transaction.atomic():
            return BadgeKey.objects.create(number=number, public=public.hex(), sealed=sealed, made_at=now)
    except IntegrityError:  # another meeting made it in the same moment
        return BadgeKey.objects.get(number=number)


def private_of(key: BadgeKey) -> Ed25519PrivateKey:
    """Return the private part of a key. Raises OutOfOrder when the installation's secret key is another one now."""
    box, public = _unboxed(key.sealed), bytes.fromhex(key.public)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            seed = AESGCM(_derived(secret)).decrypt(box[:_NONCE], box[_NONCE:], _about(key.number, public))
        except (InvalidTag, ValueError):
            continue
        return Ed25519PrivateKey.from_private_bytes(seed)
    raise OutOfOrder(
        _(
            "Badge key %(number)d cannot be opened: the secret key of this installation was changed since it was made. "
            "Badges that are printed already still open the doors. For new ones an administrator makes a new badge key "
            "on the page “Badge keys”."
        )
        % {"number": key.number}
    )


def fingerprint(key: BadgeKey) -> str:
    """Return the first sixteen hexadecimal digits of the public part's SHA-256, as people compare them."""
    digest = hashlib.sha256(bytes.fromhex(key.public)).hexdigest()[:16]
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def _seal(seed: bytes, number: int, public: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + AESGCM(_derived(settings.SECRET_KEY)).encrypt(nonce, seed, _about(number, public))).decode()


def _unboxed(sealed: str) -> bytes:
    try:
        return base64.b64decode(sealed, validate=True)
    except binascii.Error:
        return b""


def _about(number: int, public: bytes) -> bytes:
    """What the seal is bound to: a private part does not open under another key's row."""
    return bytes([number]) + public


def _derived(secret: str | bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(force_bytes(secret))
