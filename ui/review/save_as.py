"""“Save as…”: what is shown of a share as an open file. Before it is written, it is said that anyone can read it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QProgressBar, QVBoxLayout, QWidget

from journal.atomic import write_new
from journal.errors import JournalError
from journal.report import FORMS, OPEN, Form, default_name, form_named
from journal.share import Payload
from ui.aside import Aside
from ui.context import Context
from ui.widgets.banner import Banner
from ui.widgets.buttons import button

_SLOW = 500  # ms, from which on it is shown that something is under way


class SaveAs(QWidget):
    """A banner and a bar for the page; its `button` stands wherever the page puts it.

    The file is made aside, in memory, and written by the vault thread: leaving waits until it is whole.
    """

    def __init__(self, context: Context, *, margin: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._payload: Payload | None = None
        self._maker = ""
        self._aside = Aside(self)
        self.banner = Banner(context.theme)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Making the file")
        self.progress.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(margin, 0, margin, 0)
        column.addWidget(self.banner)
        column.addWidget(self.progress)
        self.button = button(context.theme, "Save as…", kind="quiet", icon_name="download-simple")
        self.menu = QMenu(self.button)
        self.menu.setToolTipsVisible(True)
        for form in FORMS:
            action = QAction(form.title, self.menu)
            action.setToolTip(form.what)
            action.setData(form.name)
            self.menu.addAction(action)
        self.menu.triggered.connect(self._on_form)
        self.button.setMenu(self.menu)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW)
        self._slow.timeout.connect(self.progress.show)

    def set_payload(self, payload: Payload | None, maker: str = "") -> None:
        """What would be saved; None lets go of it, and of a file that is being made. `maker`: what is known of who
        made it, in a sentence."""
        self._payload, self._maker = payload, maker
        self._aside.forget()
        self._end()
        self.banner.hide()

    @Slot(QAction)
    def _on_form(self, action: QAction) -> None:
        form = form_named(str(action.data()))
        payload = self._payload
        if payload is None:
            return
        self.banner.hide()
        prompter = self._context.prompter
        text = f"{form.what} {OPEN} To give words to one person alone, share them instead."
        if not prompter.confirm(self, f"Save as: {form.title}", text, "Choose a file…"):
            return
        path = prompter.save_path(self, f"Save as: {form.title}", default_name(payload, form), form.filter)
        if path is None or payload is not self._payload:  # locked, or closed, while it was asked
            return
        self._make(form, Path(path), payload)

    def _make(self, form: Form, path: Path, payload: Payload) -> None:
        from ui.pdf.forms import makers  # brings numbers and paper with it, and is not needed before

        self.button.setEnabled(False)
        self._slow.start()
        job = partial(makers(self._maker)[form.name], payload, self._context.clock.now())
        self._aside.run(job, partial(self._on_made, path))

    def _on_made(self, path: Path, made: bytes | JournalError) -> None:
        if isinstance(made, JournalError):
            self._on_failed(made)
            return
        job = partial(write_new, path, made)
        self._context.tasks.run(job, partial(self._on_written, path), self._on_failed)

    def _on_written(self, path: Path, _nothing: object) -> None:
        self._end()
        self.banner.show_note(f"Saved as “{path.name}”. It is not encrypted: anyone who has the file can read it.")

    def _on_failed(self, error: JournalError) -> None:
        self._end()
        self.banner.show_error(error)

    def _end(self) -> None:
        self._slow.stop()
        self.progress.hide()
        self.button.setEnabled(True)
