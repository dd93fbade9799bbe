"""Canary words: made up for one run, typed into fields, and looked for in files in every form they could leak in."""

from __future__ import annotations

import base64
import secrets
import string
from collections.abc import Iterable, Iterator
from pathlib import Path


def canary() -> str:
    """A word that stands nowhere else: small letters only, so that it can be typed and searched for anywhere."""
    return "zq" + "".join(secrets.choice(string.ascii_lowercase) for _ in range(14))


def forms(word: str) -> Iterator[tuple[str, bytes]]:
    """What to look for: the word as it is, as Qt keeps text, in base64 wherever it may begin, in hexadecimal."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = word.encode(encoding)
        yield encoding, raw
        yield f"hex of {encoding}", raw.hex().encode()
        yield f"HEX of {encoding}", raw.hex().upper().encode()
        for before in range(3):
            told = base64.b64encode(b"\0" * before + raw)
            # A letter holds six bits; those at both ends hold bits of what stands beside the word.
            first, last = -(-8 * before // 6), 8 * (before + len(raw)) // 6
            yield f"base64 of {encoding} at {before}", told[first:last]


def leaks(folders: Iterable[Path], words: dict[str, str]) -> list[str]:
    """Each place where a word is, in a file or in the name of one; empty when there is none."""
    wanted = [(name, form, raw) for name, word in words.items() for form, raw in forms(word)]
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            found += [f"{name} in the name {path}" for name, word in words.items() if word in path.name.lower()]
            if path.is_symlink() or not path.is_file():
                continue
            held = path.read_bytes()
            small = held.lower()
            for name, form, raw in wanted:
                if raw in held or ("utf" in form and raw in small):
                    found.append(f"{name} as {form} in {path}")
    return found
