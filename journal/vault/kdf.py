"""From a password or recovery words to a key that opens a slot. Limits are checked before anything runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from mnemonic import Mnemonic

from journal.errors import DamagedJournal, Incomplete, StorageFailed, WeakPassword, WrongPassword

SALT = 16  # bytes
MIN_PASSWORD = 10  # characters
WORDS = 15  # 160 random bits and a checksum of 5
_ENTROPY = 20  # bytes
_LIMITS = {"memory_kib": (19 * 1024, 2 * 1024 * 1024), "passes": (1, 16), "lanes": (1, 16)}
_MAX_WORK = 16 * 2 * 1024 * 1024  # KiB times passes, over all slots
_UNREASONABLE = "This journal asks for an unreasonable amount of work to be opened, so it was not tried."


class KdfProfile(msgspec.Struct, frozen=True):
    """Argon2id's cost: memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int

    def check(self) -> None:
        """Refuse costs outside the accepted limits (a hostile file could ask for any)."""
        for name, (low, high) in _LIMITS.items():
            if not low <= getattr(self, name) <= high:
                raise DamagedJournal(_UNREASONABLE, detail=f"Argon2id {name} outside {low}..{high}")


def check_work(profiles: Iterable[KdfProfile]) -> None:
    """Refuse costs that are each within the limits and too much together: each slot may have to be tried."""
    costs = list(profiles)
    for profile in costs:
        profile.check()
    if sum(profile.memory_kib * profile.passes for profile in costs) > _MAX_WORK:
        raise DamagedJournal(_UNREASONABLE, detail="too many costly slots")


STANDARD = KdfProfile(256 * 1024, 3, 4)
REDUCED = KdfProfile(64 * 1024, 3, 4)  # only where 256 MiB cannot be had
FAST = KdfProfile(19 * 1024, 1, 1)  # for tests: the least that a file may ask for


def password_key(password: str, salt: bytes, profile: KdfProfile) -> bytes:
    """32 bytes from a password (any Unicode; NFC first, so that two keyboards agree)."""
    profile.check()
    secret = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    try:
        return Argon2id(
            salt=salt, length=32, iterations=profile.passes, lanes=profile.lanes, memory_cost=profile.memory_kib
        ).derive(secret)
    except UnsupportedAlgorithm:
        raise Incomplete(detail="Argon2id") from None
    except MemoryError:
        raise StorageFailed(
            "There is not enough free memory to check a password. Close other programs and try again; opening with "
            "the recovery words needs less."
        ) from None


def recovery_key(words: str, salt: bytes, vault: bytes) -> bytes:
    """32 bytes from recovery words. They are random, so they need no stretching."""
    info = b"integration-journal/v1/recovery" + vault
    return HKDF(SHA512(), 32, salt, info).derive(recovery_entropy(words))


def new_recovery_words() -> str:
    """15 fresh BIP-39 words with their checksum."""
    return str(Mnemonic("english").generate(_ENTROPY * 8))


def tidy_words(text: str) -> str:
    """Recovery words as they may be typed back: any case and spacing, numbers and punctuation between them."""
    letters = "".join(char if char.isalpha() else " " for char in unicodedata.normalize("NFKD", text).lower())
    return " ".join(letters.split())


def recovery_entropy(text: str) -> bytes:
    """The 20 bytes behind recovery words. Raises `WrongPassword` with what is wrong about them."""
    words = tidy_words(text).split()
    if len(words) != WORDS:
        raise WrongPassword(f"There should be {WORDS} recovery words; these are {len(words)}. Nothing is damaged.")
    english = Mnemonic("english")
    for place, word in enumerate(words, start=1):
        if word not in english.wordlist:
            raise WrongPassword(f"Word {place} is not one of the recovery words. Check its spelling.")
    try:
        return bytes(english.to_entropy(words))
    except ValueError:
        raise WrongPassword("These recovery words do not fit together. Check each word and their order.") from None


def check_strength(password: str) -> None:
    """Refuse passwords under 10 characters."""
    if len(unicodedata.normalize("NFC", password)) < MIN_PASSWORD:
        raise WeakPassword
