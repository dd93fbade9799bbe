"""Before a journal is open: begin one, unlock one, or read a share without one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from journal.errors import (
    AlreadyThere,
    DamagedJournal,
    JournalBusy,
    JournalError,
    NotAJournal,
    NotFound,
    ReadOnlyJournal,
    StorageFailed,
)
from journal.paths import backup_time
from ui.context import Context
from ui.page import Page
from ui.pages import opening
from ui.pages.welcome_steps import Choose, Create, Step, Unlock, UseWords
from ui.places import Place
from ui.settings import default_journal_path
from ui.widgets.banner import Actions
from ui.widgets.buttons import button
from ui.widgets.cards import Column
from ui.widgets.recovery_steps import ShowWords, TypeWords, for_reader
from ui.widgets.waiting_share import BUSY, WaitingShare

if TYPE_CHECKING:
    from journal.service import JournalService
    from journal.vault.backups import Backup

_WIDTH = 560  # px at 100 %
JOURNALS = "Journals (*.vault);;All files (*)"


class WelcomePage(Page):
    """Leads to an open journal.

    `options` go to JournalService as they are: clock, state_dir, and profile when one is made.

    Signals:
        opened(bool): a journal is open; True when the recovery words opened it.
        choose_backup(tuple): the person wants to open one of these backups, or another.
        help(): the person wants help; no password is asked for it.
    """

    opened = Signal(bool)
    choose_backup = Signal(object)
    help = Signal()
    title = "Welcome"

    def __init__(
        self, context: Context, options: dict[str, Any] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self._options = {"clock": context.clock, **(options or {})}
        self._path: Path | None = None
        self.home: Path | None = None  # the journal to stand before again after a backup was looked into
        self._words = ""
        self._warm = False
        theme = context.theme
        column = Column(width=_WIDTH, name=self.title)
        self.body.addWidget(column)
        self._column = column

        self.choose = Choose(theme)
        self.create = Create(theme, context.settings)
        self.unlock = Unlock(theme)
        self.use_words = UseWords(theme)
        self.show_words = ShowWords(theme, context.prompter, later=True)
        self.type_words = TypeWords(theme, "Open the journal", later=True)
        self._steps = (self.choose, self.create, self.unlock, self.use_words, self.show_words, self.type_words)
        column.body.addStretch(2)
        self.waiting = WaitingShare(theme)
        column.body.addWidget(self.waiting)
        for step in self._steps:
            # One below the other, all but one hidden: a stack would give each the height of the tallest.
            step.hide()
            column.body.addWidget(step)
        self.help_link = button(theme, "Help: people to turn to, crisis lines", self.help, kind="link")
        column.body.addWidget(self.help_link, 0, Qt.AlignmentFlag.AlignLeft)
        column.body.addStretch(3)

        for step in (self.choose, self.unlock):
            step.begin_journal.connect(self.begin)
            step.open_share.connect(self._on_share)
        self.choose.open_journal.connect(self._on_open_another)
        self.unlock.another.connect(self._on_open_another)
        self.unlock.wanted.connect(self._on_password)
        self.unlock.with_words.connect(self._on_with_words)
        self.unlock.backup.connect(self._on_backup)
        self.use_words.wanted.connect(self._on_words)
        self.use_words.back.connect(self._on_with_password)
        self.create.wanted.connect(self._on_create)
        self.create.elsewhere.connect(self._on_elsewhere)
        self.create.back.connect(self._on_first)
        self.show_words.done.connect(self._on_have_words)
        for step in (self.show_words, self.type_words):
            step.later.connect(self._on_later)
        self.type_words.again.connect(self._on_show_again)
        self.type_words.typed.connect(self._on_typed)

    @property
    def step(self) -> QWidget:
        """The step shown."""
        return next((step for step in self._steps if not step.isHidden()), self.choose)

    def offer(self, path: Path | None) -> None:
        """Stand before this journal, or this backup of one; with None or a file that is gone, before the choice."""
        self._path = path
        if path is not None and path.exists():
            self.unlock.set_path(path)
            self.unlock.password.clear()
            self._show(self.unlock)
            self._look_for_backups(path)
        else:
            self._show(self.choose)

    def wait_for(self, path: Path, *, for_address: bool) -> None:
        """Keep a share that needs a journal until one is open."""
        self.waiting.show_path(path, for_address=for_address)
        QTimer.singleShot(0, self._on_waiting)  # once there is room for it

    def take_focus(self) -> None:
        """The page is shown again: type where it says."""
        if isinstance(self.step, Step):
            self.step.begin()

    @Slot()
    def _on_waiting(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self._column.isAncestorOf(focus):
            self._column.ensureWidgetVisible(focus)

    @property
    def path(self) -> Path | None:
        """The journal this stands before, if any."""
        return self._path

    @property
    def is_backup(self) -> bool:
        """Whether what is opened is a backup: it is opened for reading only."""
        return self._path is not None and backup_time(self._path.name) is not None

    def place_for_backup(self) -> Path:
        """Where a backup that is open belongs when it is to be the journal: to the journal's own place, or where
        another journal is, to a new one."""
        home, mine = self.home, self._path
        if home is not None and mine is not None and not (home.exists() and opening.other_journal(home, mine)):
            return home
        return opening.unused(default_journal_path())

    def _look_for_backups(self, path: Path) -> None:
        self.unlock.set_backup("")
        if self.is_backup:
            from ui import words

            when = words.moment(backup_time(path.name), self.context.clock.now())
            self.unlock.set_text(f"The backup from {when}. It opens for reading, with the password of that time.")
        else:
            self.home = path
            self._ask_backups(self._on_backups)

    def _ask_backups(self, done: Callable[[Any], None]) -> None:
        home = self.home or self.context.settings.last_journal
        folder = self.context.settings.backup_folder if home == self.context.settings.last_journal else None
        op = partial(opening.backups, home, folder, self._options.get("state_dir"))
        self.context.tasks.run(op, done, opening.ignore)

    def _on_backups(self, backups: tuple[Backup, ...]) -> None:
        from ui import words  # brings much with it, and the page is painted by now

        now = self.context.clock.now()
        self.unlock.set_backup(f"Last backup: {words.moment(backups[0].at, now)}" if backups else "No backup yet")

    @Slot()
    def _on_backup(self) -> None:
        self._ask_backups(self.choose_backup.emit)

    @Slot()
    def begin(self) -> None:
        """Stand before a new journal."""
        self.create.set_path(opening.unused(default_journal_path()))
        self._show(self.create)

    def restyle(self) -> None:
        self._column.inner.setMaximumWidth(self.context.theme.px(_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.step in (self.create, self.use_words):
            self._on_first()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._warm:
            self._warm = True
            # Once the page is painted: the parts that open a journal are loaded while the password is typed.
            QTimer.singleShot(30, self._on_painted)

    # -- opening ------------------------------------------------------------------------

    @Slot(str)
    def _on_password(self, password: str) -> None:
        self._open(self.unlock, password=password)

    @Slot(str)
    def _on_words(self, words: str) -> None:
        self._open(self.use_words, recovery_key=words)

    def _open(self, step: Step, *, read_only: bool = False, **secret: str) -> None:
        step.wait("Opening. This takes a moment on purpose: it makes guessing slow.")
        options = {name: value for name, value in self._options.items() if name != "profile"}
        opener = partial(opening.open_journal, self._path, read_only=read_only or self.is_backup, **secret, **options)
        again = partial(self._open, step, **secret)
        self.context.tasks.open(
            opener, partial(self._on_opened, step, "recovery_key" in secret), partial(self._on_refused, step, again)
        )

    def _on_opened(self, step: Step, by_words: bool, _service: object) -> None:
        step.ready()
        self._forget()
        if not self.is_backup:
            self.context.settings.note_journal(self._path)
        self.opened.emit(by_words)

    def _on_refused(self, step: Step, again: Callable[..., None], error: JournalError) -> None:
        self._again = again
        actions: Actions = ()
        if isinstance(error, JournalBusy):
            error = JournalBusy(BUSY) if self.waiting.path is not None else error
            actions = [("Try again", self._on_again), ("Open for reading only", self._on_read_only)]
        elif isinstance(error, DamagedJournal | NotAJournal | NotFound):
            actions = [("Open a backup…", self._on_backup), ("Open another file…", self._on_open_another)]
        elif isinstance(error, ReadOnlyJournal | StorageFailed):
            actions = [("Try again", self._on_again), ("Open for reading only", self._on_read_only)]
        step.refuse(error, actions)

    @Slot()
    def _on_again(self) -> None:
        self._again()

    @Slot()
    def _on_read_only(self) -> None:
        self._again(read_only=True)

    # -- beginning ------------------------------------------------------------------------

    @Slot(object, str)
    def _on_create(self, path: Path, password: str) -> None:
        self._path = path
        self.create.wait("Making the journal…")
        therapist = self.create.reads.isChecked()
        for step in (self.show_words, self.type_words):
            for_reader(step, therapist)
        opener = partial(opening.create, path, password, therapist=therapist, **self._options)
        self.context.tasks.open(opener, self._on_created, self._on_not_created)

    def _on_created(self, made: tuple[JournalService, str]) -> None:
        self.create.clear()
        self._words = made[1]
        self.context.settings.note_journal(self._path)
        self.show_words.set_words(self._words)
        self._show(self.show_words)

    def _on_not_created(self, error: JournalError) -> None:
        elsewhere = isinstance(error, AlreadyThere | StorageFailed)
        self.create.refuse(error, [("Keep it somewhere else…", self._on_elsewhere)] if elsewhere else ())

    @Slot()
    def _on_elsewhere(self) -> None:
        path = self.context.prompter.save_path(self, "Where to keep the journal", str(self.create.path), JOURNALS)
        if path is not None:
            self.create.set_path(path if path.suffix else path.with_suffix(".vault"))
            self.create.banner.hide()

    @Slot()
    def _on_have_words(self) -> None:
        self.type_words.expect(self._words)
        self._show(self.type_words)

    @Slot()
    def _on_show_again(self) -> None:
        self._show(self.show_words)

    @Slot(str)
    def _on_typed(self, words: str) -> None:
        op = partial(opening.check, words=words)
        self.context.tasks.ask(op, self._on_checked, self.type_words.banner.show_error)

    def _on_checked(self, right: bool) -> None:
        if not right:
            self.type_words.refuse()
            return
        self._forget()
        self.opened.emit(False)

    @Slot()
    def _on_later(self) -> None:
        """Write first. Where even this cannot be noted, Today asks for the words at once."""
        self.context.tasks.ask(opening.later, self._on_put_off, self._on_put_off)

    def _on_put_off(self, _answer: object) -> None:
        self._forget()
        self.opened.emit(False)

    # -- elsewhere ------------------------------------------------------------------------

    @Slot()
    def _on_open_another(self) -> None:
        path = self.context.prompter.open_path(self, "Open a journal", JOURNALS)
        if path is not None:
            self.offer(path)

    @Slot()
    def _on_share(self) -> None:
        self.go.emit(Place("review"))

    @Slot()
    def _on_with_words(self) -> None:
        self._show(self.use_words)

    @Slot()
    def _on_with_password(self) -> None:
        self.use_words.words.clear()
        self._show(self.unlock)

    @Slot()
    def _on_first(self) -> None:
        self.create.clear()
        self.use_words.words.clear()
        self.offer(self._path or self.context.settings.last_journal)

    @Slot()
    def _on_painted(self) -> None:
        self.context.tasks.run(opening.load, failed=opening.ignore)

    def _forget(self) -> None:
        """Take secrets out of the fields; their memory goes with the process."""
        self._words = ""
        self.unlock.password.clear()
        self.use_words.words.clear()
        self.show_words.set_words("")
        self.type_words.expect("")

    def _show(self, step: QWidget) -> None:
        for other in self._steps:
            other.setVisible(other is step)
        self._column.verticalScrollBar().setValue(0)
        if isinstance(step, Step):
            step.banner.hide()
            step.begin()
        elif step is self.type_words:
            self.type_words.words.setFocus()
        else:
            self.show_words.next.setFocus()

