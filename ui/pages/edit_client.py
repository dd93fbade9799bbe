"""A client: what they are called here, and notes that only this journal holds."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from journal.records import Client
from journal.service import JournalService
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.cards import Column
from ui.widgets.form import Form
from ui.widgets.moment_edit import moment_of


class EditClientPage(FormPage):
    """The form of one client."""

    title = "Client"
    record_type = Client
    nothing = "Give a name to know them by. It may be one of your own making."
    removed = "Removed, with their shares, your comments and your replies."

    def first_field(self) -> QWidget:
        return self.name

    def given(self) -> bool:
        return bool(self.name.value().strip() or self.notes.value().strip())

    def record(self) -> Client:
        known = self._saved or Client(name="", added=moment_of(self.context.clock.now()))
        return msgspec.structs.replace(known, name=self.name.value().strip(), notes=self.notes.value())

    def fill(self, shown: Client | None, loaded: Loaded) -> None:
        self.name.set_value(shown.name if shown else "")
        self.notes.set_value(shown.notes if shown else "")

    def build(self, column: Column) -> None:
        form = Form(self.context.theme)
        self.name = self.line(form, "Name", "As you call them here. What they typed on a share stays as it is.")
        self.notes = self.lines(form, "Notes")
        column.body.addWidget(form)

    def go_on_removed(self) -> None:
        self.go.emit(Place("clients"))

    @Slot()
    def _on_remove(self) -> None:
        if self._saved is None:
            super()._on_remove()
            return
        op = partial(JournalService.remove_client, client=self._eid)
        self._settle()
        self.context.tasks.ask(op, self._on_removed, partial(self._on_not_removed, self._place))
        self.go_on_removed()
