"""The two steps with recovery words: have them on paper, then type them back. Used at the beginning and later."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.atomic import write_new
from journal.errors import JournalError
from ui import clipboard
from ui.prompts import Prompter
from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.recovery_words import WordGrid, WordsEdit, words_of

SHEET = (
    "Recovery words for a journal\n\n{words}\n\nWhoever has these words can open the journal. Keep them on paper.\n"
)

LATER = "Later: write first"
_LATER_MEANS = (
    "You can write first, and type the words back another day. They are not shown again: if they are not on paper by "
    "then, new ones are made in their place. Until words are on paper and typed back, a forgotten password loses all "
    "that is in the journal; Today keeps a line about it."
)
READ_FIRST = "Later: read first"
_READ_MEANS = _LATER_MEANS.replace("write first", "read first").replace("Today keeps", "Clients keeps")


class ShowWords(QWidget):
    """The words, and ways to keep them.

    Signals:
        done(): the person says they have them.
        later(): they want to write first, and see to the words later.
        cancelled(): they want to leave all as it is.
    """

    done = Signal()
    later = Signal()
    cancelled = Signal()

    def __init__(
        self, theme: Theme, prompter: Prompter, parent: QWidget | None = None, *, later: bool = False
    ) -> None:
        super().__init__(parent)
        self._prompter = prompter
        self._words = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["l"])
        column.addWidget(label("Your recovery words", "display"))
        column.addWidget(
            label(
                "If you ever forget the password, these words open the journal, and nothing else does. Write them "
                "on paper, in this order, and keep the paper away from this computer."
            )
        )
        self.grid = WordGrid(theme)
        column.addWidget(self.grid)
        ways = QWidget()
        flow = FlowLayout(ways, spacing=GAP["s"])
        self.copy = button(theme, "Copy", self._on_copy, kind="quiet")
        self.print = button(theme, "Print…", self._on_print, kind="quiet")
        self.save = button(theme, "Save as a text file…", self._on_save, kind="quiet")
        for made in (self.copy, self.print, self.save):
            flow.addWidget(made)
        column.addWidget(ways)
        self.banner = Banner(theme)
        column.addWidget(self.banner)
        column.addWidget(label("Whoever has these words can read everything in the journal.", "small"))
        self.next = button(theme, "I have them on paper", self.done, kind="primary")
        self.put_off = button(theme, LATER, self.later, kind="quiet")
        self.cancel = button(theme, "Cancel", self.cancelled)
        line = QWidget()
        flow = FlowLayout(line, spacing=GAP["s"])
        for made in (self.next, self.put_off, self.cancel):
            flow.addWidget(made)
        column.addWidget(line)
        self.about_later = about = label(_LATER_MEANS, "small")
        column.addWidget(about)
        for made in (self.cancel,) if later else (self.put_off, about):
            made.hide()

    def set_words(self, words: str) -> None:
        """Show these; empty text takes them away."""
        self._words = words
        self.grid.set_words(words)
        self.banner.hide()

    def sheet(self) -> str:
        """What is printed or saved: the words, numbered."""
        lines = (f"{place:>2}. {word}" for place, word in enumerate(words_of(self._words), 1))
        return SHEET.format(words="\n".join(lines))

    @Slot()
    def _on_copy(self) -> None:
        clipboard.copy_secret(" ".join(words_of(self._words)))
        self.banner.show_note("Copied. The clipboard is emptied again after a minute.")

    @Slot()
    def _on_save(self) -> None:
        path = self._prompter.save_path(self, "Save the recovery words", "recovery words.txt", "Text files (*.txt)")
        if path is None:
            return
        try:
            write_new(path, self.sheet().encode())
        except JournalError as error:
            self.banner.show_error(error)
            return
        self.banner.show_note(
            "Saved. This file can be read by anyone who finds it: move it to a stick or print it, then remove it.",
            "warm",
        )

    @Slot()
    def _on_print(self) -> None:
        # QtPrintSupport is large and seldom needed.
        from ui.printing import print_text

        try:
            print_text(self, self.sheet())
        except JournalError as error:
            self.banner.show_error(error)


class TypeWords(QWidget):
    """The words typed back, as a proof that what is on paper is right.

    Signals:
        typed(str): the words, tidied.
        again(): show the words once more.
        later(): they want to write first, and type the words later.
        cancelled(): they want to leave all as it is.
    """

    typed = Signal(str)
    again = Signal()
    later = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, action: str, parent: QWidget | None = None, *, later: bool = False) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP["l"])
        column.addWidget(label("Type the words back", "display"))
        column.addWidget(
            label(
                "From your paper. It is the only way to be sure that they are there, and right, when you need them."
            )
        )
        self.words = WordsEdit(theme)
        self.words.submitted.connect(self._on_submit)
        column.addWidget(self.words)
        column.addWidget(label("Capitals, numbers and line breaks do not matter. You may paste.", "small"))
        self.banner = Banner(theme)
        column.addWidget(self.banner)
        line = QWidget()
        flow = FlowLayout(line, spacing=GAP["s"])
        self.next = button(theme, action, self._on_submit, kind="primary")
        self.show_again = button(theme, "Show the words again", self.again, kind="quiet")
        flow.addWidget(self.next)
        flow.addWidget(self.show_again)
        self.put_off = button(theme, LATER, self.later, kind="quiet")
        flow.addWidget(self.put_off)
        self.cancel = button(theme, "Cancel", self.cancelled)
        flow.addWidget(self.cancel)
        column.addWidget(line)
        self.about_later = about = label(_LATER_MEANS, "small")
        column.addWidget(about)
        for made in (self.cancel,) if later else (self.put_off, about):
            made.hide()

    def expect(self, words: str) -> None:
        """Begin anew, knowing the right words."""
        self.words.clear()
        self.words.expect(words)
        self.banner.hide()

    def refuse(self) -> None:
        """The words are not right: say so, and which if it is known."""
        self.banner.show_note("These are not the words yet. " + self.words.state, "warm")
        self.words.setFocus()

    @Slot()
    def _on_submit(self) -> None:
        self.typed.emit(self.words.value())


def for_reader(step: ShowWords | TypeWords, therapist: bool) -> None:
    """Say what comes first for who reads what others share, or for who writes."""
    step.put_off.setText(READ_FIRST if therapist else LATER)
    step.about_later.setText(_READ_MEANS if therapist else _LATER_MEANS)
