"""Preferences for writing: the dictionary, and the way to questions and templates."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from journal.errors import JournalError
from journal.records import Settings
from journal.service import JournalService, Saved
from ui.context import Context
from ui.spelling import OFF, chosen, installed, name_of
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, card, clear, row
from ui.widgets.flow import FlowLayout
from ui.widgets.form import Form
from ui.widgets.labels import label

_NONE_HERE = (
    "No dictionary was found on this computer, so the spelling is not checked. On Linux they come as packages named "
    "hunspell-en-us, hunspell-de-de and so on; elsewhere a pair of files, such as en_US.aff and en_US.dic, can be "
    "put into the folder that the guide names."
)


class WritingCard(QWidget):
    """Signals:
    prompts(): the person wants to see questions and templates.
    refused(JournalError): something could not be kept.
    """

    prompts = Signal()
    refused = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._forgotten = ""  # the word that can be brought back
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, inside = card(padding=GAP["xl"], spacing=GAP["m"])
        outer.addWidget(frame)
        inside.addWidget(label("Writing", "heading"))
        form = Form(context.theme)
        self.language = QComboBox()
        self.language.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.language.setMinimumContentsLength(16)  # languages have long names
        self.language.activated.connect(self._on_language)
        self._choice = form.add(
            "Check the spelling", self.language, "By a dictionary on this computer. Nothing is sent anywhere."
        )
        inside.addWidget(form)
        self._none = label(_NONE_HERE, "muted")
        inside.addWidget(self._none)
        self._mine = QWidget()
        self._words = QVBoxLayout(self._mine)
        self._words.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._mine)
        holder = QWidget()
        flow = FlowLayout(holder)
        flow.addWidget(button(context.theme, "Questions and templates…", self.prompts))
        inside.addWidget(holder)

    def ask(self) -> None:
        """Look again."""
        self._context.tasks.ask(JournalService.settings, self._on_settings)

    def _on_settings(self, settings: Settings) -> None:
        there = installed()
        self.language.clear()
        locale = chosen("", there)
        if locale:
            self.language.addItem(f"As the computer: {name_of(locale)}", "")
        self.language.addItem("No", OFF)
        for code in sorted(there, key=name_of):
            self.language.addItem(name_of(code), code)
        if settings.spelling and self.language.findData(settings.spelling) < 0:
            self.language.addItem(f"{name_of(settings.spelling)}, not on this computer", settings.spelling)
        place = self.language.findData(settings.spelling)
        self.language.setCurrentIndex(place if place >= 0 else self.language.findData(OFF))
        self.language.setEnabled(self._context.tasks.can_write)
        self._choice.setVisible(bool(there))
        self._none.setVisible(not there)
        self._show_words(settings.known_words)

    def _show_words(self, known: tuple[str, ...]) -> None:
        clear(self._words)
        self._mine.setVisible(bool(known or self._forgotten))
        theme, writable = self._context.theme, self._context.tasks.can_write
        if known:
            text = "Words of your own" + (". Press one to forget it." if writable else "")
            self._words.addWidget(label(text))
            holder = QWidget()
            flow = FlowLayout(holder)
            for word in known:
                chip = button(theme, word, partial(self._on_forget, word), icon_name="x")
                chip.setAccessibleName(f"Forget “{word}”")
                chip.setEnabled(writable)
                flow.addWidget(chip)
            self._words.addWidget(holder)
        if self._forgotten and writable:
            undo = button(theme, "Undo", self._on_undo, kind="link")
            self._words.addLayout(row(label(f"“{self._forgotten}” is no word of yours any more."), undo, None))

    @Slot(int)
    def _on_language(self, _index: int) -> None:
        choice = self.language.currentData()
        self._context.tasks.ask(_Change(spelling=choice), self._on_saved, self._on_not_saved)

    def _on_forget(self, word: str, _on: bool = False) -> None:
        self._forgotten = word
        self._context.tasks.ask(partial(_without, word=word), self._on_saved, self._on_not_saved)

    @Slot()
    def _on_undo(self) -> None:
        word, self._forgotten = self._forgotten, ""
        self._context.tasks.ask(partial(keep_word, word=word), self._on_saved, self._on_not_saved)

    def _on_saved(self, _saved: Saved | None) -> None:
        self.ask()

    def _on_not_saved(self, error: JournalError) -> None:
        self.ask()  # shows what holds
        self.refused.emit(error)


class _Change:
    """Other settings for writing, with all others as they stand."""

    def __init__(self, **changes: object) -> None:
        self._changes = changes

    def __call__(self, service: JournalService) -> Saved:
        settings: Settings = msgspec.structs.replace(service.settings(), **self._changes)
        return service.save_settings(settings)


def keep_word(service: JournalService, *, word: str) -> Saved | None:
    """Note a word of the person's own."""
    settings = service.settings()
    if word in settings.known_words or service.read_only:
        return None
    return service.save_settings(msgspec.structs.replace(settings, known_words=(*settings.known_words, word)))


def _without(service: JournalService, *, word: str) -> Saved:
    settings = service.settings()
    known = tuple(one for one in settings.known_words if one != word)
    return service.save_settings(msgspec.structs.replace(settings, known_words=known))
