"""Somebody may know the password: a new one, new recovery words, and everything sealed anew under another key.

The words are shown and typed back first. Until then, and until the new file was read back, the old one stays.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from journal.errors import JournalError
from journal.service import JournalService
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.strength import judge
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.passphrase_edit import PassphraseEdit
from ui.widgets.recovery_steps import ShowWords, TypeWords
from ui.widgets.recovery_words import words_of
from ui.widgets.work import Progress, Work

DONE = "Everything is sealed anew. Only the new password and the new recovery words open this journal now."
_WHAT = (
    "Everything in this journal is sealed anew, so that only a new password and new recovery words open it.",
    "Whoever copied the file before can still open their copy with the old password. So can backups made until now; "
    "they can be removed at the end.",
    "You see the new words first, and type them back. Until you have done that, nothing changes.",
)


class RotateDialog(Dialog):
    """Signals:
    wanted(str, str, Progress): seal everything anew under this password and these words.
    """

    wanted = Signal(str, str, object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, "", parent, width=600)
        self.setAccessibleName("Someone may know my password")
        self._context = context
        self._password = self._words = ""
        self.ask = _Ask(context.theme)
        self.show_words = ShowWords(context.theme, context.prompter)
        self.type_words = TypeWords(context.theme, "Seal everything anew")
        self.work = Work(context.theme, "Sealing everything anew, and opening all of it once more…")
        self.done_ = _Done(context.theme)
        self._steps = (self.ask, self.show_words, self.type_words, self.work, self.done_)
        self._not_yet = label("They count as soon as everything is sealed anew. Until then the words you have do.")
        for step in (*self._steps[:3], self._not_yet, *self._steps[3:]):
            step.hide()
            self.body.addWidget(step)
        self.body.addWidget(self.banner)
        self.body.addStretch(1)
        self.ask.wanted.connect(self._on_asked)
        self.ask.cancelled.connect(self.reject)
        self.show_words.done.connect(self._on_have)
        self.type_words.again.connect(self._on_again)
        for step in (self.show_words, self.type_words):
            step.cancelled.connect(self.reject)
        self.type_words.typed.connect(self._on_typed)
        self.done_.renew.connect(self._on_renew)
        self.done_.close_.connect(self.accept)
        self._show(self.ask)
        self.ask.now.setFocus()

    # -- who asks, and for what ---------------------------------------------------------------------------------

    @Slot(str, str)
    def _on_asked(self, now: str, new: str) -> None:
        self.banner.hide()
        self._password = new
        self.ask.wait(True)
        self._context.tasks.ask(partial(_begin, now=now, new=new), self._on_begun, self._on_not_begun)

    def _on_begun(self, answer: tuple[bool, bool, str]) -> None:
        right, same, words = answer
        self.ask.wait(False)
        if not right:
            self._say("That is not the password of this journal, nor its recovery words.", "warm")
            self.ask.now.select_all()
        elif same:
            self._say("That is the password you have now. Please choose another one.", "warm")
            self.ask.password.select_all()
        else:
            self._words = words
            self.ask.clear()
            self.show_words.set_words(words)
            self._show(self.show_words)
            self.show_words.next.setFocus()

    def _on_not_begun(self, error: JournalError) -> None:
        self.ask.wait(False)
        self._fail(error)

    # -- the words, before anything changes ---------------------------------------------------------------------

    @Slot()
    def _on_have(self) -> None:
        self.type_words.expect(self._words)
        self._show(self.type_words)
        self.type_words.words.setFocus()

    @Slot()
    def _on_again(self) -> None:
        self._show(self.show_words)

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        if words_of(typed) != words_of(self._words):
            self.type_words.refuse()
            return
        self.banner.hide()
        self._show(self.work)
        self.wanted.emit(self._password, self._words, self.work.begin())

    # -- what came of it ----------------------------------------------------------------------------------------

    def show_done(self, backups: int) -> None:
        """Everything is sealed anew; so many backups still open with the old password."""
        self.work.end()
        self._forget()
        self.done_.set_backups(backups)
        self._show(self.done_)
        self.done_.focus()

    def show_failed(self, error: JournalError) -> None:
        """Nothing was changed. The words stay good for another try."""
        self.work.end()
        self._show(self.type_words)
        self._fail(error)

    def reject(self) -> None:
        """Closed by the person, or because the journal is being locked: what is under way stops if it still can."""
        self.work.halt()
        self._forget()
        super().reject()

    @Slot()
    def _on_renew(self) -> None:
        self.banner.hide()
        self.done_.wait(True)
        self._context.tasks.ask(JournalService.renew_backups, self._on_renewed, self._on_not_renewed)

    def _on_renewed(self, gone: int) -> None:
        self.done_.wait(False)
        self.done_.set_backups(0)
        older = "the older one was" if gone == 1 else f"{gone} older ones were"
        self._say(f"A new backup was made, and {older} removed.")
        self.done_.focus()

    def _on_not_renewed(self, error: JournalError) -> None:
        self.done_.wait(False)
        self._fail(error)

    def _show(self, step: QWidget) -> None:
        for other in self._steps:
            other.setVisible(other is step)
        self._not_yet.setVisible(step in (self.show_words, self.type_words))
        QTimer.singleShot(0, self.fit)  # once it is laid out

    def _forget(self) -> None:
        self._password = self._words = ""
        self.ask.clear()
        self.show_words.set_words("")
        self.type_words.expect("")

    def _say(self, text: str, tone: str = "accent") -> None:
        self.banner.show_note(text, tone)
        QTimer.singleShot(0, self.fit)  # once it is laid out

    def _fail(self, error: JournalError) -> None:
        self.banner.show_error(error)
        QTimer.singleShot(0, self.fit)


class _Ask(QWidget):
    """What happens, in three lines, and the passwords.

    Signals:
        wanted(str, str): the secret there is now, and the new password.
        cancelled(): leave it.
    """

    wanted = Signal(str, str)
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["l"])
        column.addWidget(label("Someone may know my password", "title"))
        for text in _WHAT:
            column.addWidget(label(text))
        form = Form(theme)
        self.now = PassphraseEdit(theme)
        self.password = PassphraseEdit(theme, strength=True)
        self.repeat = PassphraseEdit(theme)
        form.add("The password you have now, or the recovery words", self.now)
        form.add("New password", self.password)
        form.add("The same password again", self.repeat)
        column.addWidget(form)
        self.note = label("", "warm")
        self.note.hide()
        column.addWidget(self.note)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Working")
        self._bar.hide()
        column.addWidget(self._bar)
        line = QWidget()
        flow = FlowLayout(line, spacing=GAP["s"])
        self.next = button(theme, "Show me the new words", self._on_next, kind="primary")
        self.cancel = button(theme, "Cancel", self.cancelled)
        flow.addWidget(self.next)
        flow.addWidget(self.cancel)
        column.addWidget(line)
        self.now.submitted.connect(self.password.setFocus)
        self.password.submitted.connect(self.repeat.setFocus)
        self.repeat.submitted.connect(self._on_next)

    def wait(self, on: bool) -> None:
        """The secret is being looked at, which takes a moment on purpose."""
        self._bar.setVisible(on)
        self.next.setEnabled(not on)

    def clear(self) -> None:
        for field in (self.now, self.password, self.repeat):
            field.clear()

    @Slot()
    def _on_next(self) -> None:
        if not self.next.isEnabled():
            return
        password = self.password.value()
        if not judge(password).enough:
            self._say("Please choose a longer password: at least 10 characters. Four words are a good way.")
            self.password.select_all()
        elif password != self.repeat.value():
            self._say("The two passwords are not the same yet. Please type the second one again.")
            self.repeat.select_all()
        else:
            self.note.hide()
            self.wanted.emit(self.now.value(), password)

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.show()


class _Done(QWidget):
    """It is done, and what is left to do.

    Signals:
        renew(): make a backup, and remove the older ones.
        close_(): enough.
    """

    renew = Signal()
    close_ = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["l"])
        column.addWidget(label("Done", "title"))
        column.addWidget(label(DONE))
        self.about = label("")
        column.addWidget(self.about)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Working")
        self._bar.hide()
        column.addWidget(self._bar)
        line = QWidget()
        flow = FlowLayout(line, spacing=GAP["s"])
        self.remove = button(theme, "Make a new backup and remove the older ones", self.renew, kind="primary")
        self.close = button(theme, "Close", self.close_)
        flow.addWidget(self.remove)
        flow.addWidget(self.close)
        column.addWidget(line)

    def set_backups(self, count: int) -> None:
        """So many backups of before are known."""
        one = "There is a backup that still opens" if count == 1 else f"There are {count} backups that still open"
        self.about.setText(
            f"{one} with the old password. Removing cannot be undone; a new backup is made, and read, before."
            if count
            else "Copies that you made yourself, on a stick say, still open with the old password."
        )
        self.remove.setVisible(bool(count))

    def wait(self, on: bool) -> None:
        self._bar.setVisible(on)
        self.remove.setEnabled(not on)

    def focus(self) -> None:
        self.close.setFocus()


def rotate(service: JournalService, *, password: str, words: str, progress: Progress) -> object:
    """For the vault thread."""
    return service.rotate(password, words=words, watch=progress)


def _begin(service: JournalService, *, now: str, new: str) -> tuple[bool, bool, str]:
    """Whether the secret is right, whether the new password is the one there is, and new words."""
    right = service.check_secret(now)
    return right, right and service.check_secret(new), service.new_words() if right else ""
