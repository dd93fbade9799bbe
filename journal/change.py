"""What an operation touched, so that every view can decide by itself whether to look again."""

from __future__ import annotations

import msgspec


class Change(msgspec.Struct, frozen=True):
    """The kinds and ids that an operation touched. `everything` means: look again at all of it."""

    kinds: frozenset[str] = frozenset()
    eids: frozenset[str] = frozenset()
    everything: bool = False

    def touches(self, *kinds: str) -> bool:
        """Whether a view of these kinds should refresh."""
        return self.everything or not self.kinds.isdisjoint(kinds)

    def __or__(self, other: Change) -> Change:
        return Change(self.kinds | other.kinds, self.eids | other.eids, self.everything or other.everything)
