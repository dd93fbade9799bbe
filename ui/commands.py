"""What the menus do besides going to a place: opening, undoing, the small windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from journal.change import Change
from ui.appearance import Appearance
from ui.backups import BackupKeeper
from ui.helping import Helping
from ui.keeping import Keeping
from ui.page import Page
from ui.places import Place
from ui.preload import Preload
from ui.reminders import Reminders
from ui.renewing import Renewing
from ui.resting import RESTS, Rest
from ui.syncing import InStep
from ui.undoing import Told, do_again, take_back
from ui.widgets.banner import Banner

if TYPE_CHECKING:
    from ui.window import MainWindow

PLACES = (
    "today", "journey", "course", "medicines", "scales", "charts", "share", "review", "ledger", "contacts",
    "questions", "clients", "library", "prompts", "help", "preferences",
)  # fmt: skip
NEW_PLACES = {
    "new-intention": Place("write", kind="intention"),
    "new-experience": Place("write", kind="experience"),
    "new-integration": Place("write", kind="integration"),
    "new-page": Place("write", kind="page"),
    "new-checkin": Place("check-in"),
    "new-session": Place("edit-session"),
    "new-sideeffect": Place("edit-side-effect"),
    "new-medicine": Place("edit-medicine"),
    "new-question": Place("edit-question"),
    "new-commitment": Place("edit-commitment"),
    "new-hard": Place("hard"),
}


_WRITING = frozenset({"write", "check-in", "scale", "landing", "hard"})


class Commands(QObject):
    """The handlers behind ui/actions.py."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._context = window.context
        self.appearance = Appearance(self._context.theme, self._context.settings, self)
        self.keeping = Keeping(self._context, window.banner, window)
        self.renewing = Renewing(self._context, window.banner, window)
        self.backups = BackupKeeper(window)
        self.in_step = InStep(window)
        self.preload = Preload(window)
        self.reminders = Reminders(window)
        self.helping = Helping(window)
        self.rest = Rest(window)
        window.stack.plays.connect(self.play_file)
        window.status.undo_wanted.connect(self.take_back)
        self._context.tasks.changed.connect(self._on_changed)

    def handlers(self) -> dict[str, Callable[..., Any]]:
        """What each action does."""
        window, look, keep = self._window, self.appearance, self.keeping
        handlers = {
            "begin-journal": window.begin,
            "open-journal": self._on_open,
            "open-share": self._on_open_share,
            "back-up": keep.back_up,
            "restore": self.backups.restore_any,
            "check": keep.check,
            "merge": keep.merge,
            "sync": self.in_step.look,
            "import": keep.bring_in,
            "export": keep.export,
            "change-password": self.change_password,
            "new-words": self._on_new_words,
            "try-words": self.renewing.try_words,
            "rotate": self.renewing.rotate,
            "removed": self.renewing.removed,
            "lock": window.lock,
            "quit": self.reminders.quit,
            "undo": self._on_undo,
            "redo": self._on_redo,
            "search": self._on_search,
            "new": window.open_new,
            "back": self._on_back,
            "larger": look.larger,
            "smaller": look.smaller,
            "normal": look.normal,
            "scheme-system": look.system,
            "scheme-light": look.light,
            "scheme-dark": look.dark,
            "full-screen": self._on_full_screen,
            "shortcuts": self._on_shortcuts,
            "about": self._on_about,
            **dict.fromkeys(PLACES, self._on_place),
            **dict.fromkeys(NEW_PLACES, self._on_new_place),
            "help": self.helping.show,
        }
        return {**handlers, **{name: self.rest.guard(name, handlers[name]) for name in RESTS}}

    @Slot()
    def change_password(self) -> None:
        """Ask for a new password."""
        from ui.dialogs.password import PasswordDialog

        dialog = PasswordDialog(self._context, self._window)
        dialog.done.connect(self._on_password_changed)
        dialog.open()

    @Slot()
    def _on_password_changed(self) -> None:
        self._window.banner.show_note("The password was changed.")

    @Slot(str, bool)
    def show_file(self, eid: str, look: bool) -> None:
        """Open a file over the page: to look at it, or to save a copy of it."""
        from ui.dialogs.picture import PictureDialog
        from ui.dialogs.save_copy import SaveCopyDialog

        (PictureDialog if look else SaveCopyDialog)(self._context, eid, self._window).open()

    @Slot(str)
    def play_file(self, eid: str) -> None:
        """Let a recording be heard, over the page."""
        from ui.dialogs.listen import ListenDialog

        ListenDialog(self._context, eid, self._window).open()

    @Slot()
    def _on_new_words(self) -> None:
        from ui.dialogs.recovery import RecoveryDialog

        text = "You see the new words first. Once they are typed back, the words you have now open nothing any more."
        if self._context.prompter.confirm(self._window, "Make new recovery words?", text, "Show me new words"):
            RecoveryDialog(self._context, self._window).open()

    @Slot()
    def _on_back(self) -> None:
        if not self.helping.close():
            self._window.stack.back()

    @Slot()
    def _on_place(self) -> None:
        self._window.stack.go(Place(self.sender().objectName()))

    @Slot()
    def _on_new_place(self) -> None:
        self._window.stack.go(NEW_PLACES[self.sender().objectName()])

    @Slot()
    def _on_search(self) -> None:
        self._window.stack.go(Place("journey"))

    @Slot()
    def _on_open(self) -> None:
        self._open("Open a journal", "Journals (*.vault);;All files (*)")

    @Slot()
    def _on_open_share(self) -> None:
        self._open("Read a share", "Shares (*.age *.html);;All files (*)")

    def _open(self, title: str, filters: str) -> None:
        path = self._context.prompter.open_path(self._window, title, filters)
        if path is not None:
            self._window.open_file(path)

    @Slot()
    def take_back(self) -> None:
        """Undo what was done last in the journal, wherever the person is, and say what it was."""
        self._context.tasks.ask(take_back, self._on_told)

    @Slot(object)
    def _on_changed(self, _change: Change) -> None:
        """Each Undo that is shown was for what happened last, and that is something else now."""
        page = self._window.stack.currentWidget()
        for banner in (self._window.banner, *(page.findChildren(Banner) if page is not None else ())):
            banner.outdate()
        self._window.status.outdate()

    @Slot()
    def _on_undo(self) -> None:
        field = _field_in_focus()
        if field is not None and (self._writes() or _can_undo(field)):
            field.undo()
        elif not self._writes():
            self.take_back()
        elif isinstance(page := self._window.stack.currentWidget(), Page):
            page.undo()

    @Slot()
    def _on_redo(self) -> None:
        field = _field_in_focus()
        if field is not None and (self._writes() or _can_redo(field)):
            field.redo()
        elif not self._writes():
            self._context.tasks.ask(do_again, self._on_told)
        elif isinstance(page := self._window.stack.currentWidget(), Page):
            page.undo(again=True)

    def _on_told(self, told: Told) -> None:
        self._window.status.say(told.text)

    def _writes(self) -> bool:
        """Whether something is being written on this page: undo there is never about the whole journal."""
        place = self._window.stack.place
        return place is not None and (place.name in _WRITING or place.name.startswith("edit-"))

    @Slot()
    def _on_full_screen(self) -> None:
        window = self._window
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    @Slot()
    def _on_shortcuts(self) -> None:
        from ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._context.theme, self._window).open()

    @Slot()
    def _on_about(self) -> None:
        from ui.dialogs.about import AboutDialog

        AboutDialog(self._context.theme, self._window).open()


def _field_in_focus() -> QLineEdit | QTextEdit | QPlainTextEdit | None:
    """The field being written in, if any: undo there means the text, and elsewhere the journal."""
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit | QTextEdit | QPlainTextEdit) and not field.isReadOnly():
        return field
    return None


def _can_undo(field: QLineEdit | QTextEdit | QPlainTextEdit) -> bool:
    return field.isUndoAvailable() if isinstance(field, QLineEdit) else field.document().isUndoAvailable()


def _can_redo(field: QLineEdit | QTextEdit | QPlainTextEdit) -> bool:
    return field.isRedoAvailable() if isinstance(field, QLineEdit) else field.document().isRedoAvailable()
