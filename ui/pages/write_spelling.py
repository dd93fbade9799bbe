"""The writing page's spelling: which dictionary, the person's own words, and reading the one aside."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from journal.errors import JournalError
from journal.records import Settings
from journal.service import JournalService
from ui.aside import Aside
from ui.context import Context
from ui.spelling import Speller, chosen, installed
from ui.widgets.editor import Editor, SpellMarks
from ui.widgets.writing_card import keep_word


class WriteSpelling(QObject):
    """Asks which dictionary is wanted, reads it once, and marks the text by it."""

    def __init__(self, context: Context, editor: Editor, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.marks = SpellMarks(context.theme, editor)
        self.marks.word_known.connect(self._on_known)
        self._aside = Aside(self)
        self._stem: Path | None = None  # of the dictionary that is read, or on its way
        self._speller: Speller | None = None
        self._known: frozenset[str] = frozenset()

    def ask(self) -> None:
        """Look which dictionary is wanted; called whenever the page is shown."""
        self._context.tasks.ask(JournalService.settings, self._on_settings, self._on_none)

    def _on_settings(self, settings: Settings) -> None:
        there = installed()
        code = chosen(settings.spelling, there)
        self._known = frozenset(word.casefold() for word in settings.known_words)
        stem = there.get(code)
        if stem == self._stem:
            self.marks.use(self._speller, self._known)
            return
        self._stem, self._speller = stem, None
        self.marks.use(None, self._known)
        if stem is not None:
            self._aside.run(partial(Speller, stem), partial(self._on_read, stem))

    def _on_none(self, _error: JournalError) -> None:
        """Without settings there is no dictionary; the page itself says what is wrong."""

    def _on_read(self, stem: Path, read: object) -> None:
        # One that cannot be read is said in Preferences: here somebody is writing.
        if stem == self._stem and isinstance(read, Speller):
            self._speller = read
            self.marks.use(read, self._known)

    @Slot(str)
    def _on_known(self, word: str) -> None:
        self._known |= {word.casefold()}
        self._context.tasks.ask(partial(keep_word, word=word))
