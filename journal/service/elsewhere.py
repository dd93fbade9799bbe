"""A journal whose file was taken away while it was open goes on in another."""

from __future__ import annotations

from pathlib import Path

from journal.store import Items
from journal.vault import Vault
from journal.vault.elsewhere import go_on_in, standing


class Elsewhere:
    """The part of the service that looks whether the file is still there, and goes on elsewhere if not."""

    _items: Items
    _vault: Vault

    def standing(self) -> str:
        """Whether the journal's file is in its place (""), or "gone", "replaced" by another, or "changed"."""
        return standing(self._vault)

    def go_on_in(self, dest: Path) -> Path:
        """Write the whole journal to a new file and go on in that. Errors as `journal.vault.elsewhere.go_on_in`."""
        go_on_in(self._vault, Path(dest), list(self._items.every()))
        return self._vault.path
