"""What writing gives back."""

from __future__ import annotations

import msgspec

from journal.change import Change


class Saved(msgspec.Struct, frozen=True):
    """An entry that is on the disk and was read back."""

    eid: str
    rev: str
    change: Change


class SavedMany(msgspec.Struct, frozen=True):
    """Entries that were saved in one commit."""

    saved: tuple[Saved, ...]
    change: Change
