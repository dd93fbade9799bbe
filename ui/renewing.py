"""What has the journal written anew, and what looks after its secrets: opened from the menus and from Today."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from journal.errors import JournalError
from ui.context import Context
from ui.widgets.banner import Banner

if TYPE_CHECKING:
    from journal.service import JournalService
    from ui.dialogs.rotate import RotateDialog


class Renewing(QObject):
    """Answers go to the dialog that asked, or where it was closed meanwhile, to the window's banner."""

    def __init__(self, context: Context, banner: Banner, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._banner, self._window = context, banner, parent
        self._dialog: RotateDialog | None = None

    @Slot()
    def rotate(self) -> None:
        """Somebody may know the password."""
        from ui.dialogs.rotate import RotateDialog

        self._dialog = RotateDialog(self._context, self._window)
        self._dialog.wanted.connect(self._on_wanted)
        self._dialog.open()

    @Slot()
    def removed(self) -> None:
        """The entries that were removed."""
        from ui.dialogs.removed import RemovedDialog

        RemovedDialog(self._context, self._window).open()

    @Slot()
    def try_words(self) -> None:
        """Whether the recovery words can be found."""
        from ui.dialogs.drill import DrillDialog

        self._context.tasks.ask(_tomorrow)  # whatever comes of it, nobody is asked twice on one day
        dialog = DrillDialog(self._context, self._window)
        dialog.lost.connect(self._window.menu_actions["new-words"].trigger)
        dialog.open()

    @Slot(str, str, object)
    def _on_wanted(self, password: str, words: str, progress: Any) -> None:
        from ui.dialogs.rotate import rotate

        op = partial(rotate, password=password, words=words, progress=progress)
        self._context.tasks.ask(op, self._on_rotated, self._on_not_rotated)

    def _on_rotated(self, _rotated: object) -> None:
        self._context.tasks.ask(_count_backups, self._on_counted, self._banner.show_error)

    def _on_counted(self, backups: int) -> None:
        from ui.dialogs.rotate import DONE

        if self._there():
            self._dialog.show_done(backups)
        else:
            self._banner.show_note(DONE)

    def _on_not_rotated(self, error: JournalError) -> None:
        if self._there():
            self._dialog.show_failed(error)
        else:
            self._banner.show_error(error)

    def _there(self) -> bool:
        return self._dialog is not None and shiboken6.isValid(self._dialog) and self._dialog.isVisible()


def _count_backups(service: JournalService) -> int:
    return len(service.backups().backups)


def _tomorrow(service: JournalService) -> object:
    return service.words_later(1)
