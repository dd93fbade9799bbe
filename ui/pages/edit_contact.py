"""A contact: the name they are kept under, which way shares go, a note. Their keys come from their card alone."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QWidget

from journal.errors import InvalidRecord, ShareError
from journal.records import Contact
from journal.share import key_words
from journal.share.who import compared
from ui import words
from ui.pages.form_page import FormPage, Loaded
from ui.widgets.cards import Column
from ui.widgets.choice_chips import ChoiceChips
from ui.widgets.file_drops import Line
from ui.widgets.form import Form
from ui.widgets.key_words import KeyWords
from ui.widgets.labels import label

_GONE = "This contact is not in the journal. A new one begins with its card, under “Contacts”."


class EditContactPage(FormPage):
    """The form of one contact."""

    title = "Contact"
    record_type = Contact
    nothing = "Give a name."
    removed = "Contact removed."

    def first_field(self) -> QWidget:
        return self.name

    def given(self) -> bool:
        return bool(self.name.value().strip())

    def record(self) -> Contact:
        base = self._saved or self._shown
        if base is None:
            raise InvalidRecord(_GONE)
        role = self.role.value() or base.role
        return msgspec.structs.replace(base, name=self.name.value().strip(), role=role, note=self.note.value())

    def fill(self, shown: Contact | None, loaded: Loaded) -> None:
        self._shown = shown
        self.heading.setText("Contact")
        self.name.set_value(shown.name if shown else "")
        self.role.set_value(shown.role if shown else None)
        self.note.set_value(shown.note if shown else "")
        self._state.setText(compared(shown) + "." if shown else _GONE)
        try:
            self.words.set_words(key_words(shown.recipient, shown.verify_key) if shown else ())
        except ShareError as error:
            self.words.set_words(())
            self._state.setText(str(error))
        self.words.setVisible(bool(self.words.words))
        self.address.setText(shown.recipient if shown else "")
        self.address.setCursorPosition(0)

    def _set_read_only(self, read_only: bool) -> None:
        super()._set_read_only(read_only or self._shown is None)
        self.role.set_read_only(read_only)
        self.address.setReadOnly(True)

    def build(self, column: Column) -> None:
        self._shown: Contact | None = None
        form = Form(self.context.theme)
        self.name = self.line(form, "Name")
        self.role = ChoiceChips(self.context.theme, words.SHARE_ROLES.items(), "Which way shares go")
        self.role.edited.connect(self._on_edited)
        form.add("Which way shares go", self.role)
        self.note = self.line(form, "A word beside it, if you like")
        self.address = Line()
        self.address.setReadOnly(True)
        form.add("Address", self.address, "From their card. Another address is another contact.")
        column.body.addWidget(form)
        column.body.addWidget(label("The words of their card"))
        self.words = KeyWords(self.context.theme, "The words of their card")
        column.body.addWidget(self.words)
        self._state = label("", "small")
        column.body.addWidget(self._state)
