"""Random 128-bit ids. Not ordered by time: an id must not tell when something was written."""

from __future__ import annotations

import secrets

SIZE = 16  # bytes


def new_id() -> str:
    """A fresh id as 32 lower-case hexadecimal digits."""
    return secrets.token_hex(SIZE)


def is_id(text: object) -> bool:
    """Whether `text` has the form of an id."""
    return isinstance(text, str) and len(text) == 2 * SIZE and all(c in "0123456789abcdef" for c in text)
