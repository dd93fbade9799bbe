"""Bech32 as age uses it for addresses (`age1…`) and their secrets (`AGE-SECRET-KEY-1…`): 32 bytes with a checksum.

Source: BIP-173, with no limit of 90 characters, as https://age-encryption.org/v1 says. One text for one key.
"""

from __future__ import annotations

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {letter: value for value, letter in enumerate(_LETTERS)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6  # letters
_MOST = 200  # characters: far more than any key has


def encode(prefix: str, data: bytes) -> str:
    """`data` as lower-case text that begins with `prefix` (lower case) and "1"."""
    values = _regroup(data, 8, 5)
    return f"{prefix}1" + "".join(_LETTERS[value] for value in (*values, *_checksum(prefix, values)))


def decode(prefix: str, text: str) -> bytes:
    """The bytes in `text`, which is all lower case or all upper case. Raises `ValueError` for anything but the one
    text that `encode` writes for them."""
    if len(text) > _MOST or not text.isascii() or text not in (text.lower(), text.upper()):
        raise ValueError("not Bech32")
    begin, found, letters = text.lower().rpartition("1")
    if begin != prefix or not found or len(letters) < _CHECKSUM or any(one not in _VALUES for one in letters):
        raise ValueError("not Bech32")
    values = [_VALUES[one] for one in letters[:-_CHECKSUM]]
    if [_VALUES[one] for one in letters[-_CHECKSUM:]] != _checksum(prefix, values):
        raise ValueError("a checksum that does not fit")
    bits = len(values) * 5
    data = bytes(_regroup(values, 5, 8)[: bits // 8])
    if bits % 8 > 4 or _regroup(data, 8, 5) != values:  # bits left over must be few, and zero
        raise ValueError("bits left over")
    return data


def _regroup(values: bytes | list[int], old: int, new: int) -> list[int]:
    """Numbers of `old` bits as numbers of `new` bits, filled up with zero bits at the end."""
    held, bits, out = 0, 0, []
    for value in values:
        held, bits = held << old | value, bits + old
        while bits >= new:
            bits -= new
            out.append(held >> bits & (1 << new) - 1)
        held &= (1 << bits) - 1
    if bits:
        out.append(held << new - bits)
    return out


def _checksum(prefix: str, values: list[int]) -> list[int]:
    spread = [ord(one) >> 5 for one in prefix] + [0] + [ord(one) & 31 for one in prefix]
    rest = 1
    for value in (*spread, *values, *([0] * _CHECKSUM)):
        top = rest >> 25
        rest = (rest & 0x1FFFFFF) << 5 ^ value
        for place, part in enumerate(_GENERATOR):
            if top >> place & 1:
                rest ^= part
    rest ^= 1
    return [rest >> 5 * (_CHECKSUM - 1 - place) & 31 for place in range(_CHECKSUM)]
