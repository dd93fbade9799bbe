"""The steps before a journal is open: choosing, beginning, unlocking, and the recovery words instead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QProgressBar, QPushButton, QRadioButton, QVBoxLayout, QWidget

from journal.errors import JournalError, WrongPassword
from ui.settings import DeviceSettings
from ui.strength import judge
from ui.theme import Theme
from ui.widgets.banner import Actions, Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card, row, rule
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.mark import Mark
from ui.widgets.passphrase_edit import PassphraseEdit
from ui.widgets.recovery_words import WordsEdit

NAME = "Integration Journal"


class Step(QWidget):
    """A step: a column, a banner of its own, and a bar that shows when something takes a while."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP["l"])
        self.banner = Banner(theme)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Working")
        self._waiting = label("", "small")
        self._hide_progress()

    def begin(self) -> None:
        """The step is shown: put the focus where the person will want it."""

    def wait(self, words: str) -> None:
        """Something is under way: no second press, and a bar with a word on what it is."""
        self.banner.hide()
        self._waiting.setText(words)
        self._waiting.show()
        self.progress.show()
        self._enable(False)

    def ready(self) -> None:
        """What was under way is over."""
        self._hide_progress()
        self._enable(True)

    def refuse(self, error: JournalError, actions: Actions = ()) -> None:
        """It did not work: say what happened and what can be done."""
        self.ready()
        if actions:
            self.banner.show_note(str(error), "warm", actions)
        else:
            self.banner.show_error(error)

    def add_state(self) -> None:
        """Put the banner and the bar here in the column."""
        for widget in (self.banner, self._waiting, self.progress):
            self.column.addWidget(widget)

    def _hide_progress(self) -> None:
        self._waiting.hide()
        self.progress.hide()

    def _enable(self, enabled: bool) -> None:
        for made in self.findChildren(QPushButton):
            made.setEnabled(enabled)

    def line(self, *widgets: QWidget) -> QWidget:
        """Widgets in a line that wraps."""
        holder = QWidget()
        flow = FlowLayout(holder, spacing=GAP["l"] if widgets[0].property("kind") == "link" else GAP["s"])
        for widget in widgets:
            flow.addWidget(widget)
        self.column.addWidget(holder)
        return holder


class Choose(Step):
    """The very first page."""

    begin_journal = Signal()
    open_journal = Signal()
    open_share = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.column.addWidget(Mark(theme), 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(label(NAME, "display"))
        self.column.addWidget(
            label(
                "A private place for what you hope for before a session, what happened, and what you make of it in "
                "the weeks after.",
                "lead",
            )
        )
        self.first = button(theme, "Begin a journal", self.begin_journal, kind="primary")
        self.other = button(theme, "Open a journal…", self.open_journal)
        self.line(self.first, self.other)
        self.column.addWidget(
            label(
                "It stays on this computer, sealed with a password only you know. Nothing is ever sent anywhere; you "
                "decide what to share, and with whom.",
                "muted",
            )
        )
        self.add_state()
        self.column.addWidget(rule())
        self.share = button(theme, "Read a share someone sent you…", self.open_share, kind="link")
        self.column.addWidget(self.share, 0, Qt.AlignmentFlag.AlignLeft)

    def begin(self) -> None:
        self.first.setFocus()


class Create(Step):
    """A password, and where the journal is kept.

    Signals:
        wanted(Path, str): make a journal there with this password.
    """

    wanted = Signal(object, str)
    elsewhere = Signal()
    back = Signal()

    def __init__(self, theme: Theme, settings: DeviceSettings, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._settings = settings
        self._path = Path()
        self.column.addWidget(label("Begin a journal", "display"))
        self.column.addWidget(label("Choose a password. You will need it each time you open the journal."))
        form = Form(theme)
        self.password = PassphraseEdit(theme, strength=True)
        self.repeat = PassphraseEdit(theme)
        form.add("Password", self.password)
        form.add("The same password again", self.repeat)
        self.column.addWidget(form)
        self.writes, self.reads = QRadioButton("I write a journal"), QRadioButton("I am a therapist")
        self.writes.setChecked(True)
        self.line(self.writes, self.reads)
        told = "A therapist begins at Clients, where shares of others are read. Preferences can change it later."
        self.reads.setAccessibleDescription(told)
        self.column.addWidget(label(told, "small"))
        frame, inside = card("well")
        inside.addWidget(
            label(
                "Nobody can reset this password: no company and no other person holds a copy. Next you will be given "
                "fifteen recovery words. They are the only other way in."
            )
        )
        self.column.addWidget(frame)
        self._where = label("", "small")
        self.change = button(theme, "Keep it somewhere else…", self.elsewhere, kind="quiet")
        self.remember = QCheckBox("Remember where it is")
        self.remember.setChecked(settings.remember_journal)
        place = QVBoxLayout()
        place.setSpacing(GAP["xs"])  # one matter, and all of the step fits into the window as it first opens
        place.addWidget(self._where)
        place.addWidget(self.remember)
        self.column.addLayout(place)
        self.add_state()
        self.next = button(theme, "Make the journal", self._on_next, kind="primary")
        self.line(self.next, self.change, button(theme, "Back", self.back, kind="quiet"))
        self.password.submitted.connect(self.repeat.setFocus)
        self.repeat.submitted.connect(self._on_next)

    @property
    def path(self) -> Path:
        """Where the journal will be kept."""
        return self._path

    def begin(self) -> None:
        self.password.setFocus()

    def set_path(self, path: Path) -> None:
        """Keep it there."""
        self._path = path
        home = Path.home()
        shown = f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)
        self._where.setText(f"It will be kept in {_breakable(shown)}")

    def clear(self) -> None:
        """Forget what was typed."""
        self.password.clear()
        self.repeat.clear()
        self.writes.setChecked(True)
        self.ready()
        self.banner.hide()

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
            self._settings.update(remember_journal=self.remember.isChecked())
            self.wanted.emit(self._path, password)


class Unlock(Step):
    """The password of a journal.

    Signals:
        wanted(str): open it with this password.
    """

    wanted = Signal(str)
    with_words = Signal()
    backup = Signal()
    another = Signal()
    begin_journal = Signal()
    open_share = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.column.addWidget(Mark(theme), 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(label(NAME, "display"))
        self._which = label("", "muted")
        self.column.addWidget(self._which)
        form = Form(theme)
        self.password = PassphraseEdit(theme)
        form.add("Password", self.password)
        self.column.addWidget(form)
        self.add_state()
        self.next = button(theme, "Unlock", self._on_next, kind="primary")
        self.line(self.next, button(theme, "Use the recovery words instead", self.with_words, kind="quiet"))
        self.last_backup = label("", "small")
        self.open_backup = button(theme, "Open a backup…", self.backup, kind="link")
        beside = row(self.open_backup, self.last_backup)
        beside.setStretch(1, 1)
        self.column.addLayout(beside)
        self.column.addWidget(rule())
        self.line(
            button(theme, "Open another journal…", self.another, kind="link"),
            button(theme, "Begin a journal", self.begin_journal, kind="link"),
            button(theme, "Read a share…", self.open_share, kind="link"),
        )
        self.password.submitted.connect(self._on_next)

    def begin(self) -> None:
        self.password.select_all()

    def set_backup(self, text: str) -> None:
        """When the last backup was made, in words."""
        self.last_backup.setText(text)
        self.last_backup.setVisible(bool(text))

    def set_text(self, text: str) -> None:
        """What is to be opened, where it is no journal but a backup of one."""
        self._which.setText(text)

    def set_path(self, path: Path) -> None:
        """The journal to open."""
        self._which.setText(f"{path.name} is locked." if path.name != "journal.vault" else "Your journal is locked.")

    def refuse(self, error: JournalError, actions: Actions = ()) -> None:
        typed = self.password.value()
        if isinstance(error, WrongPassword) and typed != typed.strip():
            error = WrongPassword(f"{error} What was typed begins or ends with a space; was it meant to?")
        super().refuse(error, actions)
        self.password.select_all()

    @Slot()
    def _on_next(self) -> None:
        if self.password.value() and self.next.isEnabled():
            self.wanted.emit(self.password.value())


class UseWords(Step):
    """The recovery words instead of the password.

    Signals:
        wanted(str): open it with these words.
    """

    wanted = Signal(str)
    back = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.column.addWidget(label("Use the recovery words", "display"))
        self.column.addWidget(label("Type the fifteen words from your paper, in their order."))
        self.words = WordsEdit(theme)
        self.words.submitted.connect(self._on_next)
        self.column.addWidget(self.words)
        self.add_state()
        self.next = button(theme, "Unlock", self._on_next, kind="primary")
        self.line(self.next, button(theme, "Use the password instead", self.back, kind="quiet"))

    def begin(self) -> None:
        self.words.setFocus()

    @Slot()
    def _on_next(self) -> None:
        if self.words.value() and self.next.isEnabled():
            self.wanted.emit(self.words.value())


def _breakable(path: str) -> str:
    """A path that may wrap after its slashes."""
    return path.replace("/", "/\u200b").replace("\\", "\\\u200b")
