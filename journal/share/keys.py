"""The keys between two people: X25519 keys out of age's texts, and Ed25519 keys for signatures.

Keys come from outside, on cards. Those with which anybody could compute the "shared" secret, or sign (points of low
order), and those written in more than one way are refused here, before anything is done with them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from journal.errors import ShareError
from journal.share import bech32

_PRIME = 2**255 - 19
# The y of Ed25519's eight points of low order; both signs of x are of low order.
_LOW_ORDER = frozenset({
    0, 1, _PRIME - 1,
    0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
    0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
})  # fmt: skip
_ANY = X25519PrivateKey.from_private_bytes(bytes(31) + b"\x40")  # whichever: a point of low order gives zero to all


class SigningPair(NamedTuple):
    """An Ed25519 pair as 64 hexadecimal digits each: `public` stands on the card, `secret` is the seed."""

    public: str
    secret: str


@lru_cache(maxsize=256)  # a journal has few addresses, and asks about them for each share and reply it shows
def public_key(recipient: str) -> bytes:
    """The 32 bytes of an address. Raises `ShareError` for one that nothing may be proved or sealed to."""
    try:
        raw = bech32.decode("age", recipient)
    except ValueError:
        raw = b""
    if len(raw) != 32 or recipient != recipient.lower() or int.from_bytes(raw, "little") >= _PRIME:
        raise ShareError("This is not the address of a reader. It stands on their card, and begins with “age1”.")
    try:
        _ANY.exchange(X25519PublicKey.from_public_bytes(raw))
    except ValueError:
        raise ShareError("This address is made so that anybody could read what is sealed for it.") from None
    return raw


def shared_secret(identity: str, recipient: str) -> bytes:
    """The 32 bytes that only the holders of these two keys can compute. Raises `ShareError` for a bad key."""
    raw = public_key(recipient)
    try:
        own = X25519PrivateKey.from_private_bytes(bech32.decode("age-secret-key-", identity.strip()))
        return own.exchange(X25519PublicKey.from_public_bytes(raw))
    except ValueError:
        raise ShareError("The secret of this address cannot be read.") from None


def check_verify_key(key: str) -> bytes:
    """The 32 bytes of a key that signatures are checked with. Raises `ShareError` for one with which a signature
    could be made up."""
    try:
        raw = bytes.fromhex(key)
    except ValueError:
        raw = b""
    y = int.from_bytes(raw, "little") & (1 << 255) - 1
    if len(raw) != 32 or raw.hex() != key or y >= _PRIME or y in _LOW_ORDER:
        raise ShareError("This is not a key that signatures can be checked with.")
    return raw


def generate_signing_key() -> SigningPair:
    """A fresh pair."""
    made = Ed25519PrivateKey.generate()
    return SigningPair(made.public_key().public_bytes_raw().hex(), made.private_bytes_raw().hex())
