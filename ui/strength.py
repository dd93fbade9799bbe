"""How hard a password would be to guess, in plain words. An estimate to guide: the journal has its own rule."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

LEAST = 10  # characters, as the vault asks
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
)
_COMMON = re.compile(
    r"passw|kennwort|passwort|letmein|welcome|journal|therap|ketamin|iloveyou|sunshine|dragon|monkey"
)
_WORD_BITS = 10.0  # a word a person thinks of, rather than draws
_LETTER_BITS = 2.5  # a letter inside a longer stretch of letters
_OTHER_BITS = 5.0


@dataclass(frozen=True)
class Strength:
    """`enough` follows the journal's own rule; `words` are for the person."""

    bits: float
    enough: bool
    words: str


def judge(password: str) -> Strength:
    """Judge a password by how it would be guessed: by words, runs, dates and repeats before single characters."""
    enough = len(unicodedata.normalize("NFC", password)) >= LEAST
    if not password:
        return Strength(0.0, False, "Words in a row are easy to remember. Four are enough, five are strong.")
    bits = _bits(password)
    if not enough:
        return Strength(bits, False, "Too short yet: at least 10 characters. Four words are a good way.")
    if bits < 30:
        return Strength(bits, True, "Easy to guess. Add a word or two that do not belong together.")
    if bits < 45:
        return Strength(bits, True, "Enough. One more word makes it strong.")
    return Strength(bits, True, "Strong.")


def _bits(password: str) -> float:
    """A careful guess at log2 of the number of tries."""
    text = password.lower()
    bits = 0.0
    for piece in re.findall(r"[^\W\d_]+|\d+|[\W_]+", text):
        if piece.isspace():
            bits += 0.5
        elif piece.isdigit():
            bits += min(len(piece) * math.log2(10), 6.0 if _is_run(piece) or _is_year(piece) else 40.0)
        elif piece.isalpha():
            letters = len(set(piece)) * _LETTER_BITS
            bits += min(letters, _WORD_BITS if len(piece) <= 9 else letters)
            if _is_run(piece) or _COMMON.search(piece):
                bits -= min(letters, _WORD_BITS) * 0.7
        else:
            bits += len(set(piece)) * _OTHER_BITS
    words = text.split()
    if len(words) > 1 and len(set(words)) < len(words):
        bits *= len(set(words)) / len(words)
    if password != text and not password.istitle():
        bits += 2
    return max(bits, 1.0)


def _is_run(piece: str) -> bool:
    return len(set(piece)) == 1 or any(piece in run or piece[::-1] in run for run in _RUNS)


def _is_year(piece: str) -> bool:
    return len(piece) in (4, 8) and piece[:2] in ("19", "20")
