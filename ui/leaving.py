"""How a journal is left, by locking or by closing: cover, seal what is being written, close, and end.

Leaving never asks and never drops text. When the text cannot be sealed (a full disk), the journal stays open under
the cover, sealing is tried again every little while, and the cover says what to do. Where the file itself was taken
away, `ui.rescue` leads to a new one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from journal import apart
from journal.errors import (
    CopyNeedsPassword,
    ImportFailed,
    JournalError,
    NotACopy,
    NotAJournal,
    NotFound,
    ReadOnlyJournal,
    Resting,
    ShareError,
    Stopped,
    WrongPassword,
)
from ui import clipboard
from ui.tasks import VaultTasks
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, Column
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

if TYPE_CHECKING:
    from journal.service import JournalService

_RETRY = 15_000  # ms
_TAKEN = {
    "gone": "The journal’s file is not in its place any more: it was moved, renamed or removed.",
    "replaced": "Another file is in the place of the journal’s file.",
    "changed": "The journal’s file was changed from outside while it was open.",
}
_HARMLESS = (  # no text was lost by them; a journal that is open for reading only has none to lose
    NotFound, ImportFailed, ShareError, Stopped, NotAJournal, NotACopy, CopyNeedsPassword, WrongPassword,
    ReadOnlyJournal, Resting,
)  # fmt: skip


class Cover(QWidget):
    """Stands before the pages while the journal is being left, so that nothing of them is seen.

    Signals:
        again(): try to seal again.
        elsewhere(): keep everything in a new file, for the journal's own is not to be had.
        without(): leave without what could not be kept.
        stay(): back to the journal after all.
        help(): people to turn to; nothing of the journal is shown with them.
    """

    again = Signal()
    elsewhere = Signal()
    without = Signal()
    stay = Signal()
    help = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Closing the journal")
        column = Column(width=560, name="Closing the journal")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column)
        self._text = label("", "lead")
        self._help = label("", "muted")
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, spacing=GAP["s"])
        self.retry = button(theme, "Try again", self.again, kind="primary")
        self.return_ = button(theme, "Back to the journal", self.stay, kind="quiet")
        self.keep = button(theme, "Keep the text in a new sealed file…", self.elsewhere, kind="primary")
        self.leave = button(theme, "Leave without it", self.without, kind="quiet")
        self.help_link = button(theme, "Help", self.help, kind="quiet")
        for made in (self.keep, self.retry, self.return_, self.leave, self.help_link):
            flow.addWidget(made)
        column.body.addStretch(1)
        for widget in (self._text, self._help, self._buttons):
            column.body.addWidget(widget)
        column.body.addStretch(2)
        self.cover()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def cover(self) -> None:
        """Say that the journal is being closed."""
        self._text.setText("Closing the journal…")
        self._help.hide()
        self._buttons.hide()

    def refuse(self, error: JournalError) -> None:
        """Say that the text is not sealed yet, why, and what can be done."""
        self._text.setText("What you were writing could not be kept yet, so the journal is not locked.")
        self._help.setText(
            f"{error} Your text is still here. This is tried again by itself, and the journal locks as soon as it "
            "works. Stay near the computer until then."
        )
        self.keep.hide()
        self.leave.hide()
        self._help.show()
        self._buttons.show()
        self.retry.setFocus()

    def offer_elsewhere(self, standing: str, trouble: str = "") -> None:
        """Say what became of the journal's file, and offer the ways out. `trouble`: why the last try failed."""
        self._text.setText(f"{_TAKEN[standing]} What you were writing could not be kept in it.")
        back = "" if standing == "changed" else " If the file is put back, the journal locks by itself."
        self._help.setText(
            f"{trouble} Your text is still here. All of the journal, as it was open here, can be written to a new "
            f"sealed file together with your text; it opens with the same password.{back}".strip()
        )
        self.keep.show()
        self.leave.show()
        self._help.show()
        self._buttons.show()
        self.keep.setFocus()


class Sealer(QObject):
    """Waits until all that was asked of the vault has run, and says whether anything could not be kept.

    Signals:
        sealed(): every draft is in the file.
        refused(JournalError): at least one is not; the text is still in the window.
    """

    sealed = Signal()
    refused = Signal(object)

    def __init__(self, tasks: VaultTasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._errors: list[JournalError] | None = None
        tasks.refused.connect(self._on_refused)

    @property
    def is_running(self) -> bool:
        return self._errors is not None

    def run(self, seal: Callable[[], None]) -> None:
        """Call `seal`, which asks for drafts to be kept, and wait for the answers without blocking."""
        if self._errors is not None:
            return
        self._errors = []
        try:
            seal()
        except Exception as error:
            # A fault of ours: the text may not be in the file, so it must not be let go.
            self._errors.append(JournalError(detail=type(error).__name__))
        # Answers come in the order of questions: when this one arrives, the drafts have been answered.
        self._tasks.run(_nothing, self._on_answered, self._on_answered)

    @Slot(object)
    def _on_refused(self, error: JournalError) -> None:
        # A search that found nothing, say, keeps nobody from locking; whatever may have cost text does.
        if self._errors is not None and not isinstance(error, _HARMLESS):
            self._errors.append(error)

    def _on_answered(self, _result: object) -> None:
        errors, self._errors = self._errors or [], None
        if errors:
            self.refused.emit(errors[0])
        else:
            self.sealed.emit()


class Leaving(QObject):
    """Takes one way out at a time.

    Signals:
        covered(): show the cover now.
        stayed(): the person chose to stay; show the journal again.
    """

    covered = Signal()
    stayed = Signal()

    def __init__(
        self, tasks: VaultTasks, cover: Cover, seal: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._cover = cover
        self._seal = seal
        self._then: Callable[[], None] | None = None
        self._sealer = Sealer(tasks, self)
        self._sealer.sealed.connect(self._on_sealed)
        self._sealer.refused.connect(self._on_refused)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(_RETRY)
        self.timer.timeout.connect(self._try)
        cover.again.connect(self._try)
        cover.stay.connect(self._on_stay)

    @property
    def under_way(self) -> bool:
        """Whether the journal is being left."""
        return self._then is not None

    def leave(self, then: Callable[[], None]) -> None:
        """Leave the open journal; `then()` is called once it is closed. A second wish while one runs is dropped."""
        if self._then is not None:
            return
        self._then = then
        apart.stop()  # a share that is being opened may take minutes
        _close_what_floats()
        self.covered.emit()
        self._cover.setFocus()
        self._try()

    @Slot()
    def _try(self) -> None:
        if self._then is None or self._sealer.is_running:
            return
        self.timer.stop()
        self._cover.cover()
        self._sealer.run(self._seal)

    @Slot()
    def _on_sealed(self) -> None:
        self._cover.cover()
        self._tasks.leave(self._on_left)  # a last backup takes a moment, and the window goes on meanwhile

    def _on_left(self, _result: object) -> None:
        self._tasks.close()
        clipboard.forget()
        self._then()

    @Slot(object)
    def _on_refused(self, error: JournalError) -> None:
        self._cover.refuse(error)
        self.timer.start()
        self._tasks.ask(_standing, self._on_standing, _ignore)

    def _on_standing(self, standing: str) -> None:
        if standing and self._then is not None and not self._sealer.is_running:
            self._cover.offer_elsewhere(standing)

    def give_up(self) -> None:
        """Leave without what could not be kept; the person said so."""
        if self._then is not None and not self._sealer.is_running:
            self.timer.stop()
            self._on_sealed()

    def go_on(self) -> None:
        """Try again now."""
        self._try()

    @Slot()
    def _on_stay(self) -> None:
        if not self._sealer.is_running:
            self.timer.stop()
            self._then = None
            self.stayed.emit()


def _close_what_floats() -> None:
    """Menus and dialogs must not hold up the lock, nor be seen over the cover."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()


def _nothing() -> None:
    return None


def _standing(service: JournalService) -> str:
    return service.standing()


def _ignore(_error: JournalError) -> None:
    return None
