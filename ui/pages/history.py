"""The earlier versions of an entry: what each said, how it differs from now, and the way back to it."""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QListWidget, QListWidgetItem, QWidget

from journal.change import Change
from journal.records import MODALITIES, SLIDERS, CheckIn, Record, ScaleAnswers, ScaleTotal, Writing
from journal.service import JournalService
from journal.store import Version, differences
from ui import scale_words, words
from ui.context import Context
from ui.page import Page
from ui.places import Place
from ui.told import Asked, Names, asked_of, fields_of, lines_of, names_of, rest_of
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, Column, card, row
from ui.widgets.labels import label
from ui.widgets.reading import ReadingView

_BESIDE = 700  # px at 100 %
_EDGE = 16  # px: what the style leaves around the lines of the list
_ALIKE = "This version reads as the entry does now."
_UNSEEN = "It reads as the entry does now, and differs in what is not told in words, such as formatting."


class _Loaded(msgspec.Struct, frozen=True):
    """`shown`: the version that is shown as the entry, "" for none. `cover`: the entry whose cover lies over the
    versions, until they are opened."""

    versions: tuple[Version, ...] = ()
    shown: str = ""
    names: Names = {}
    asked: Asked = {}
    cover: Writing | None = None


class _Brought(msgspec.Struct, frozen=True):
    """A version that was brought back; `unsaved`: something of the entry is being written, and goes on."""

    change: Change
    unsaved: bool


class HistoryPage(Page):
    """The versions on the left, newest first; on the right the one that is chosen."""

    title = "Earlier versions"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        theme = context.theme
        self._eid = ""
        self._loaded = _Loaded()
        self._opened = False
        head = row(tool(theme, "Back (Esc)", "arrow-left", self.back), label(self.title, "title"))
        head.setContentsMargins(GAP["l"], GAP["m"], GAP["l"], GAP["s"])
        head.setStretch(1, 1)
        self.body.addLayout(head)
        self.banner = Banner(theme)
        self.body.addWidget(self.banner)
        self.list = QListWidget()
        self.list.setAccessibleName("Versions, newest first")
        self.list.setProperty("role", "versions")
        self.list.setWordWrap(True)
        self.list.setUniformItemSizes(False)
        self.list.currentRowChanged.connect(self._on_chosen)
        self._column = Column(width=720, name="The chosen version")
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setContentsMargins(GAP["s"], 0, 0, 0)
        self._across.addWidget(self.list)
        self._across.addWidget(self._column, 1)
        self.body.addLayout(self._across, 1)
        self._build()
        self.restyle()

    def _build(self) -> None:
        theme, body = self.context.theme, self._column.body
        self._when = label("", "heading")
        body.addWidget(self._when)
        self.compare = QCheckBox("Show what differs from now")
        self.compare.setChecked(True)
        self.compare.toggled.connect(self._show)
        body.addWidget(self.compare)
        self._note = label("", "muted")
        body.addWidget(self._note)
        self.open_ = button(theme, "Open", self._on_open, kind="link", icon_name="eye")
        body.addLayout(row(self.open_, None))
        self._paper, inside = card(padding=GAP["l"])
        self.text = ReadingView(theme)
        self.text.setAccessibleName("Text of the version")
        inside.addWidget(self.text)
        body.addWidget(self._paper)
        self.bring_back = button(theme, "Bring this version back", self._on_bring_back, kind="primary")
        body.addLayout(row(self.bring_back, None))
        body.addStretch(1)

    def show_place(self, place: Place) -> None:
        self.banner.hide()
        self._eid, self._opened = place.eid or "", False
        self._ask(keep=None)
        self.list.setFocus()

    def refresh(self, change: Change) -> None:
        if self._eid in change.eids:
            self._ask(keep=self._chosen().rev if self._chosen() else None)

    def restyle(self) -> None:
        self._arrange()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The list beside the text where there is room, else above it."""
        px = self.context.theme.px
        beside = self.width() >= px(_BESIDE)
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.list.setFixedWidth(px(250)) if beside else self.list.setMinimumWidth(0)
        self.list.setMaximumWidth(px(250) if beside else 16_777_215)
        self.list.setMinimumHeight(0 if beside else self._two_rows())
        self.list.setMaximumHeight(16_777_215 if beside else max(self.height() // 3, self._two_rows()))

    def _two_rows(self) -> int:
        """How high the list must be for two of its lines, px."""
        rows = range(min(2, self.list.count()))
        return sum(self.list.sizeHintForRow(row) for row in rows) + 4 * self.list.frameWidth() + _EDGE

    def _ask(self, keep: str | None) -> None:
        op = partial(_load, eid=self._eid)
        self.context.tasks.ask(op, partial(self._on_versions, self._eid, keep), self.banner.show_error)

    def _on_versions(self, eid: str, keep: str | None, loaded: _Loaded) -> None:
        if eid != self._eid:
            return
        self._loaded, versions = loaded, loaded.versions
        self.list.blockSignals(True)
        self.list.clear()
        for place, version in enumerate(versions):
            text = words.day_and_time(version.at.astimezone())
            self.list.addItem(QListWidgetItem(f"{text}\n{_what(version, place, len(versions))}"))
        self.list.blockSignals(False)
        self._arrange()
        revs = [version.rev for version in versions]
        self.list.setCurrentRow(revs.index(keep) if keep in revs else min(1, len(revs) - 1))
        self._show()

    def _chosen(self) -> Version | None:
        place = self.list.currentRow()
        return self._loaded.versions[place] if 0 <= place < len(self._loaded.versions) else None

    @Slot(int)
    def _on_chosen(self, _row: int) -> None:
        self._show()

    @Slot()
    def _show(self) -> None:
        version = self._chosen()
        self.bring_back.setVisible(False)
        self.compare.setVisible(False)
        self.open_.hide()
        if version is None:
            self._when.setText("")
            self._note.setText("There are no earlier versions of this entry.")
            self.text.show_text("")
            return
        self._when.setText(words.day_and_time(version.at.astimezone()))
        if not isinstance(version.record, Record):
            self._note.setText("Here it was removed." if version.deleted else "This version cannot be read.")
            self.text.show_text("")
            return
        cover = self._loaded.cover
        self._paper.setVisible(cover is None or self._opened)
        if cover is not None and not self._opened:
            self._note.setText(f"{cover.cover or 'Covered'}. You covered this; it opens for this viewing only.")
            self._note.show()
            self.open_.show()
            self.text.show_text("")
            return
        now = self._loaded.versions[0]
        older = version.rev != now.rev
        then_text = told(version.record, self._loaded.names, self._loaded.asked)
        self.bring_back.setVisible(older and self.context.tasks.can_write)
        comparable = older and isinstance(now.record, Record)
        self.compare.setVisible(comparable)
        self._note.setText("As it is now." if not older else "")
        if comparable and self.compare.isChecked():
            pieces = differences(then_text, told(now.record, self._loaded.names, self._loaded.asked))
            self._note.setText(
                "Crossed out: only in this version. Underlined: only in the entry as it is now."
                if any(piece.kind != "same" for piece in pieces)
                else _ALIKE
                if version.record == now.record
                else _UNSEEN
            )
            self.text.show_pieces(pieces)
        elif isinstance(version.record, Writing):
            self._show_writing(version.record)
        else:
            self.text.show_text(then_text)
        self._note.setVisible(bool(self._note.text()))

    @Slot()
    def _on_open(self) -> None:
        self._opened = True
        self._show()
        self.list.setFocus()

    def _show_writing(self, record: Writing) -> None:
        if record.title:
            self._when.setText(f"{self._when.text()} · {record.title}")
        self.text.show_text(record.text, record.marks)

    @Slot()
    def _on_bring_back(self) -> None:
        version = self._chosen()
        if version is None or not isinstance(version.record, Record):
            return
        op = partial(_bring_back, eid=self._eid, rev=version.rev, over=self._loaded.shown)
        self.context.tasks.ask(op, self._on_brought_back, self.banner.show_error)

    def _on_brought_back(self, brought: _Brought) -> None:
        self.back.emit()
        # Said at the place gone to: going there empties what is said.
        told = "Brought back. What stood there before is kept among the versions"
        rest = ", and what you had not saved is still there, not saved." if brought.unsaved else "."
        self.say.emit(told + rest)


def _bring_back(service: JournalService, *, eid: str, rev: str, over: str) -> _Brought:
    change = service.bring_version_back(eid, rev, over).change
    return _Brought(change, service.draft(eid) is not None)


def _load(service: JournalService, *, eid: str) -> _Loaded:
    versions = service.versions(eid)
    records = [version.record for version in versions]
    covers = [service.cover_of(record) for record in records if isinstance(record, Record)]
    mine = covers[:1] if any(isinstance(record, Writing) for record in records) else filter(None, covers)
    item = service.find(eid)
    shown = item.rev if item is not None else versions[0].rev if versions else ""
    names, asked = names_of(service, records), asked_of(service, records)
    return _Loaded(versions, shown, names, asked, next(iter(mine), None))


def told(record: Record, names: Names | None = None, asked: Asked | None = None) -> str:
    """All that a record says, as plain lines: what two versions of it are compared by."""
    if isinstance(record, Writing):
        codes = [dict(MODALITIES).get(code, code) for code in getattr(record, "modalities", ())]
        parts = [record.title, record.text, ", ".join((*codes, *record.tags)), lines_of(rest_of(record, names))]
        return "\n\n".join(part for part in parts if part)
    fields: list[tuple[str, object]] = []
    if isinstance(record, ScaleAnswers):
        fields = scale_words.told(record, (asked or {}).get((record.scale, record.version)))
        fields.append(("Its form", f"{record.scale}, version {record.version}"))
    elif isinstance(record, ScaleTotal):
        fields = scale_words.told_total(record)
    elif isinstance(record, CheckIn):
        fields = [("When", words.day_and_time(record.at))]
        fields += [(slider.title, getattr(record, slider.name)) for slider in SLIDERS]
        fields.append(("A word beside it", record.note))
    return lines_of([*fields, *fields_of(record, names)])


def _what(version: Version, place: int, count: int) -> str:
    if version.deleted:
        return "removed"
    if place == 0:
        return "as it is now"
    return "as it began" if place == count - 1 else "changed"
