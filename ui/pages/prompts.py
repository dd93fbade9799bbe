"""Questions to begin from, and templates: which ones are offered beside the text, and how they read."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QVBoxLayout, QWidget

from journal.change import Change
from journal.errors import JournalError
from journal.ids import new_id
from journal.records import PromptSet, Template
from journal.service import ABOUT, JournalService, Prompts, Saved
from journal.store import Item
from ui import words
from ui.context import Context
from ui.page import Page
from ui.pages.edit_prompts import BUILT_IN
from ui.places import Place
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, card, clear, row
from ui.widgets.labels import label

_ABOUT_NAMES = {
    "intention": "Beside an intention",
    "experience": "Beside an experience",
    "integration": "Beside an integration note",
    "page": "Beside a journal page",
}


class _Looked(msgspec.Struct, frozen=True):
    prompts: tuple[Prompts, ...]
    templates: tuple[Item, ...]


class PromptsPage(Page):
    """Sets of questions with a tick each, by what they stand beside; templates below."""

    title = "Questions and templates"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._looked: _Looked | None = None
        column = Column(width=760, name=self.title)
        self.body.addWidget(column)
        column.body.addLayout(
            row(tool(context.theme, "Back (Esc)", "arrow-left", self.back.emit), label(self.title, "display"))
        )
        text = "What is ticked is offered beside the text, one question at a time. All of it can be left alone."
        column.body.addWidget(label(text, "muted"))
        self.banner = Banner(context.theme)
        column.body.addWidget(self.banner)
        self._ticks = QButtonGroup(self)
        self._ticks.setExclusive(False)
        self._ticks.buttonToggled.connect(self._on_tick)
        self._sets: dict[QCheckBox, Prompts] = {}
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP["l"])
        column.body.addWidget(holder)
        column.body.addStretch(1)

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        self._ask()

    def refresh(self, change: Change) -> None:
        if change.touches("prompts", "template"):
            self._ask()

    def restyle(self) -> None:
        if self._looked is not None:
            self._on_looked(self._looked)

    def _ask(self) -> None:
        self.context.tasks.ask(_look, self._on_looked, self.banner.show_error)

    def _on_looked(self, looked: _Looked) -> None:
        self._looked = looked
        at = self.focusWidget().accessibleName() if self.focusWidget() is not None else ""
        clear(self._column)
        self._sets.clear()
        for about in ABOUT:
            self._column.addWidget(self._make_sets(about, [one for one in looked.prompts if one.about == about]))
        self._column.addWidget(self._make_templates(looked.templates))
        for made in self.findChildren(QCheckBox):
            if at and made.accessibleName() == at:
                made.setFocus()  # where the person was before it was drawn anew

    # -- parts ---------------------------------------------------------------------------------------------------

    def _make_sets(self, about: str, sets: list[Prompts]) -> QWidget:
        theme = self.context.theme
        frame, inside = card(spacing=GAP["s"])
        inside.addWidget(label(_ABOUT_NAMES[about], "heading"))
        for one in sets:
            tick = QCheckBox(one.title.replace("&", "&&"))
            tick.setAccessibleName(f"{one.title}, {_ABOUT_NAMES[about].lower()}")
            tick.setAccessibleDescription(" ".join(one.questions))
            tick.setChecked(one.shown)
            tick.setEnabled(self.context.tasks.can_write)
            self._ticks.addButton(tick)
            self._sets[tick] = one
            change = tool(theme, f"Change “{one.title}”", "pencil-line", partial(self._on_change, one))
            first = one.questions[0] if one.questions else "No question yet"
            more = f" · {len(one.questions) - 1} more" if len(one.questions) > 1 else ""
            note = label(f"{first}{more}", "small")
            note.setContentsMargins(theme.px(18) + 12, 0, 0, GAP["xs"])
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addLayout(row(tick, None, self.writes(change)))
            pair.addWidget(note)
            inside.addLayout(pair)
        new = button(theme, "Questions of my own", partial(self._on_new, about), kind="link", icon_name="plus")
        new.setAccessibleName(f"Questions of my own, {_ABOUT_NAMES[about].lower()}")
        inside.addWidget(self.writes(new), 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _make_templates(self, templates: tuple[Item, ...]) -> QWidget:
        theme = self.context.theme
        frame, inside = card(spacing=GAP["s"])
        inside.addWidget(label("Templates", "heading"))
        if not templates:
            text = "A text to begin a page with: headings you like to fill in, or words you begin with each time."
            inside.addWidget(label(text, "muted"))
        for item in templates:
            record = item.record
            assert isinstance(record, Template)
            change = tool(theme, f"Change “{record.title}”", "pencil-line", partial(self._on_template, item.eid))
            about = label(words.KIND_NAMES.get(record.about, ""), "small", wrap=False)
            inside.addLayout(row(label(record.title or "Without a name"), None, about, self.writes(change)))
        new = button(theme, "New template", self._on_new_template, kind="link", icon_name="plus")
        inside.addWidget(self.writes(new), 0, Qt.AlignmentFlag.AlignLeft)
        return frame

    # -- what the person does ------------------------------------------------------------------------------------

    @Slot(QAbstractButton, bool)
    def _on_tick(self, tick: QCheckBox, shown: bool) -> None:
        one = self._sets[tick]
        self.context.tasks.ask(partial(_show, one=one, shown=shown), self._on_ticked, self._on_not_ticked)

    def _on_ticked(self, _saved: Saved) -> None:
        self.say.emit("Saved.")

    def _on_not_ticked(self, error: JournalError) -> None:
        self.restyle()
        self.banner.show_error(error)

    def _on_change(self, one: Prompts, _on: bool = False) -> None:
        kind = f"{BUILT_IN}{one.built_in}" if one.built_in else one.about
        self.go.emit(Place("edit-prompts", eid=one.eid, kind=kind))

    def _on_new(self, about: str, _on: bool = False) -> None:
        self.go.emit(Place("edit-prompts", kind=about))

    def _on_template(self, eid: str, _on: bool = False) -> None:
        self.go.emit(Place("edit-template", eid=eid))

    @Slot()
    def _on_new_template(self) -> None:
        self.go.emit(Place("edit-template"))


def _look(service: JournalService) -> _Looked:
    return _Looked(service.prompts(), service.templates())


def _show(service: JournalService, *, one: Prompts, shown: bool) -> Saved:
    found = service.find(one.eid)
    if found is not None and isinstance(found.record, PromptSet):
        return service.amend(found.eid, partial(msgspec.structs.replace, shown=shown))
    record = PromptSet(title=one.title, about=one.about, questions=one.questions, shown=shown, replaces=one.built_in)
    return service.save(record, new_id())
