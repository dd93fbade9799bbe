"""A journal whose file was taken away while it was open goes on in another."""

from __future__ import annotations

from pathlib import Path

from journal.service.undo import UndoStack
from journal.store import Entry, Items
from journal.vault import Vault
from journal.vault.elsewhere import go_on_in, standing


class Elsewhere:
    """The part of the service that looks whether the file is still there, and goes on elsewhere if not."""

    _items: Items
    _vault: Vault
    _undo: UndoStack
    left_behind: tuple[Entry, ...] = ()

    def _stop_making(self) -> None:
        raise NotImplementedError

    def standing(self) -> str:
        """Whether the journal's file is in its place (""), or "gone", "replaced" by another, or "changed"."""
        return standing(self._vault)

    def go_on_in(self, dest: Path) -> Path:
        """Write the whole journal to a new file and go on in that. Errors as `journal.vault.elsewhere.go_on_in`.

        `left_behind` then has the entries and files that could not be read any more: they are not in the journal now.
        """
        self._stop_making()
        unread: set[str] = set()
        lost = go_on_in(self._vault, Path(dest), self._items.every(unread)) | unread
        self.left_behind = tuple(entry for entry in self._items.all_entries() if entry.eid in lost)
        self._items.forget(lost)
        self._undo.forget(lost)
        return self._vault.path
