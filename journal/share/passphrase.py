"""Passphrases for shares: made by the program, never thought up, easy to read aloud and to type."""

from __future__ import annotations

import re
import secrets
from functools import cache
from importlib import resources

WORDS = 8  # of 2048: 88 bits
HTML_WORDS = 9  # 99 bits: a browser's key derivation adds less to them than age's
_LEAST_WORDS = 7
_LETTERS = re.compile("[a-z]+")


@cache
def word_list() -> tuple[str, ...]:
    """The 2048 English words of BIP-39: no two begin with the same four letters."""
    text = resources.files("mnemonic").joinpath("wordlist/english.txt").read_text("utf-8")
    return tuple(text.split())


def generate_passphrase(count: int = WORDS) -> str:
    """Random words joined by hyphens, e.g. "ocean-title-...". They are to be told by another way."""
    words = word_list()
    return "-".join(secrets.choice(words) for _ in range(count))


def is_generated(passphrase: str, count: int) -> bool:
    """Whether it has the form of one with `count` words, exactly."""
    known = frozenset(word_list())
    words = passphrase.split("-")
    return len(words) == count and all(word in known for word in words)


def tidy(typed: str) -> str:
    """A passphrase as it was made, from how it was typed: capitals and what stands between words do not matter.

    What is not made of words of the list is given back as it came, without the line feed at its end.
    """
    words = _LETTERS.findall(typed.lower())
    if len(words) >= _LEAST_WORDS and not unknown_words(typed):
        return "-".join(words)
    return typed.rstrip("\r\n")


def unknown_words(typed: str) -> tuple[int, ...]:
    """Which of the typed words, counted from 1, are not in the list: most likely slips of the pen."""
    known = frozenset(word_list())
    words = _LETTERS.findall(typed.lower())
    return tuple(place for place, word in enumerate(words, start=1) if word not in known)
