"""A new password for the open journal."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from journal.errors import JournalError
from journal.service import JournalService
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.strength import judge
from ui.widgets.buttons import button
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.passphrase_edit import PassphraseEdit


class PasswordDialog(Dialog):
    """Typed twice.

    Signals:
        done(): the journal opens with the new password from now on.
    """

    done = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "Change the password", parent)
        self._context = context
        self.body.addWidget(
            label(
                "From now on only the new password opens this journal. The recovery words stay as they are. Backups "
                "made before still open with the old password."
            )
        )
        form = Form(context.theme)
        self.password = PassphraseEdit(context.theme, strength=True)
        self.repeat = PassphraseEdit(context.theme)
        form.add("New password", self.password)
        form.add("The same password again", self.repeat)
        self.body.addWidget(form)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Working")
        self.progress.hide()
        self.body.addWidget(self.progress)
        self.next = button(context.theme, "Change the password", self._on_next, kind="primary")
        self.add_buttons(self.next, button(context.theme, "Cancel", self.reject))
        self.password.submitted.connect(self.repeat.setFocus)
        self.repeat.submitted.connect(self._on_next)
        self.password.setFocus()

    @Slot()
    def _on_next(self) -> None:
        password = self.password.value()
        if not judge(password).enough:
            self.banner.show_note(
                "Please choose a longer password: at least 10 characters. Four words are a good way.", "warm"
            )
            self.password.select_all()
        elif password != self.repeat.value():
            self.banner.show_note("The two passwords are not the same yet. Please type the second one again.", "warm")
            self.repeat.select_all()
        else:
            self.banner.hide()
            self.progress.show()
            self.next.setEnabled(False)
            self._context.tasks.ask(partial(_change, password=password), self._on_done, self._on_failed)

    def _on_done(self, _result: object) -> None:
        self.done.emit()
        self.accept()

    def _on_failed(self, error: JournalError) -> None:
        self.progress.hide()
        self.next.setEnabled(True)
        self.banner.show_error(error)


def _change(service: JournalService, *, password: str) -> None:
    service.change_password(password)
