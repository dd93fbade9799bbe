"""What the person wants to have ready before each session: their own lines, one under the other."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from PySide6.QtWidgets import QWidget

from journal.records import Checklist
from journal.records.base import MAX_LINE
from journal.service import JournalService, Standing
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.cards import Column
from ui.widgets.form import Form
from ui.widgets.labels import label

_LEAD = "Each new session begins with these lines. Sessions that have a list of their own keep it."


class EditChecklistPage(FormPage):
    """The form of the list; there is one at most, wherever one comes from."""

    title = "Checklist"
    record_type = Checklist
    removed = "Your list was removed, and the one that comes with the program is back."

    def first_field(self) -> QWidget:
        return self.lines_of

    def record(self) -> Checklist:
        base = self._saved or Checklist()
        text = self.lines_of.value()
        if self._saved is not None and text == "\n".join(base.lines):
            return base
        return msgspec.structs.replace(base, lines=lines_in(text))

    @staticmethod
    def more(service: JournalService, place: Place) -> Standing:
        standing = service.checklist()
        if standing.eid is not None or service.draft(place.eid or "") is not None:
            return standing
        begun = (one.eid for one in service.drafts() if isinstance(one.record, Checklist) and one.is_new)
        return msgspec.structs.replace(standing, eid=next(begun, None))  # gone on with, wherever one comes from

    def _on_loaded(self, eid: str, loaded: Loaded) -> None:
        standing: Standing = loaded.more
        if eid == self._eid and standing.eid not in (None, eid) and loaded.item is None:
            self.show_place(Place("edit-checklist", eid=standing.eid))  # there is one already
            return
        super()._on_loaded(eid, loaded)

    def fill(self, shown: Checklist | None, loaded: Loaded) -> None:
        standing: Standing = loaded.more
        self.heading.setText("What to prepare")
        self.lines_of.set_value("\n".join(shown.lines if shown else standing.lines))

    def build(self, column: Column) -> None:
        column.body.addWidget(label(_LEAD, "muted"))
        form = Form(self.context.theme)
        self.lines_of = self.lines(form, "One line for each thing")
        self.lines_of.setMinimumHeight(self.context.theme.px(260))
        column.body.addWidget(form)


def lines_in(text: str) -> tuple[str, ...]:
    """The lines of a text that say something. One that is longer than a line may be goes on in the next."""
    return tuple(part for line in text.split("\n") for part in _parts(line.strip()))


def _parts(line: str) -> Iterator[str]:
    """A line in parts that a record has room for, between words where there are any. Not a word is left out."""
    while len(line) > MAX_LINE:
        end = max((place for place, sign in enumerate(line[: MAX_LINE + 1]) if sign.isspace()), default=MAX_LINE)
        yield line[:end].rstrip()
        line = line[end:].lstrip()
    if line:
        yield line
