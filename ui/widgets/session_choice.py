"""Which session something belongs to: a list of them, newest first, and none."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QComboBox

from journal.service import SessionSummary
from ui import words


class SessionChoice(QComboBox):
    """`currentData()` is the session's id, or None."""

    def fill(self, sessions: Iterable[SessionSummary], chosen: str | None) -> None:
        """Offer sessions that stand oldest first, with one chosen."""
        named = [(f"{one.label}, {words.day(one.session.starts)}", one.eid) for one in sessions]
        self.restore((("No session", None), *reversed(named)), chosen)

    def offered(self) -> tuple[tuple[str, str | None], ...]:
        """What can be chosen: names and ids."""
        return tuple((self.itemText(place), self.itemData(place)) for place in range(self.count()))

    def restore(self, offered: Iterable[tuple[str, str | None]], chosen: str | None) -> None:
        """Offer what was offered before."""
        self.clear()
        for name, eid in offered:
            self.addItem(name, eid)
        if chosen is not None and self.findData(chosen) < 0:
            self.addItem("A session that is not here any more", chosen)
        self.setCurrentIndex(max(0, self.findData(chosen)))
