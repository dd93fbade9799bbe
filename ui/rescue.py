"""The ways out of a journal whose file was taken away: keep all of it in a new file, or leave without the text."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from journal.errors import JournalError
from ui.context import Context
from ui.leaving import Cover, Leaving

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from journal.service import JournalService

JOURNALS = "Journals (*.vault)"
_LOST = (
    "What you were writing and could not be kept is lost then, and cannot be brought back. If the journal’s file was "
    "removed and not moved, so is all that was in it, but for your backups."
)
_LEFT_BEHIND = (
    "Of a large journal not everything is held in memory, and the old file gave no more of it. Everything else, and "
    "what you were writing, is in the new file. Your newest backup holds the rest: bring back single entries from it."
)


class Rescue(QObject):
    """Answers the cover's buttons."""

    def __init__(self, context: Context, cover: Cover, leaving: Leaving, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._cover, self._leaving, self._window = context, cover, leaving, parent
        self._moved: dict[Path | None, Path] = {}
        cover.elsewhere.connect(self._on_elsewhere)
        cover.without.connect(self._on_without)

    def place_of(self, path: Path | None) -> Path | None:
        """Where the journal is now that was at `path`."""
        while path in self._moved:
            path = self._moved[path]
        return path

    @Slot()
    def _on_elsewhere(self) -> None:
        self._leaving.timer.stop()
        name = f"journal {self._context.clock.now():%Y-%m-%d %H%M%S}.vault"
        path = self._context.prompter.save_path(self._window, "Keep the journal in a new file", name, JOURNALS)
        if path is None:
            self._leaving.timer.start()
            return
        self._cover.cover()
        path = path if path.suffix else path.with_suffix(".vault")
        self._context.tasks.ask(partial(_go_on_in, path=path), self._on_moved, self._on_refused)

    def _on_moved(self, moved: tuple[Path, Path, int]) -> None:
        before, now, lost = moved
        self._moved[before] = now
        if lost:
            what = "1 entry or file" if lost == 1 else f"{lost:,} entries or files"
            self._context.prompter.confirm(self._window, f"{what} could not be read any more", _LEFT_BEHIND, "Go on")
        self._context.settings.note_journal(now)
        self._leaving.go_on()

    def _on_refused(self, error: JournalError) -> None:
        self._context.tasks.ask(
            _standing, partial(self._on_standing, error), partial(self._on_standing, error, "gone")
        )

    def _on_standing(self, error: JournalError, standing: str, _more: object = None) -> None:
        if standing:
            self._cover.offer_elsewhere(standing, str(error))
            self._leaving.timer.start()
        else:  # it is back
            self._leaving.go_on()

    @Slot()
    def _on_without(self) -> None:
        self._leaving.timer.stop()
        if self._context.prompter.confirm(self._window, "Leave without what you were writing?", _LOST, "Leave"):
            self._leaving.give_up()
        else:
            self._leaving.timer.start()


def _go_on_in(service: JournalService, *, path: Path) -> tuple[Path, Path, int]:
    return service.path, service.go_on_in(path), len(service.left_behind)


def _standing(service: JournalService) -> str:
    return service.standing()
