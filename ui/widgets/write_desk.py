"""The writing page's furniture: a head line, the title, the text, its tools, and what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from journal.records import Template
from journal.records.base import MAX_LINE
from journal.service import Beside
from ui import words
from ui.theme import Theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, scrolling
from ui.widgets.cover_edit import CoverEdit
from ui.widgets.editor import Editor, FindBar, FormatBar
from ui.widgets.fields import LineEdit
from ui.widgets.file_drops import FileDrops
from ui.widgets.file_strip import FileStrip
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label
from ui.widgets.moment_edit import MomentEdit
from ui.widgets.session_choice import SessionChoice
from ui.widgets.tags import TagEdit
from ui.widgets.write_side import WriteSide

_WIDE = 900  # px at 100 %: from here on there is room beside the text
_MEASURE = 720  # px at 100 %: about 70 characters


class WriteDesk(QWidget):
    """Everything on the writing page.

    Signals:
        edited(): the person changed the title, the text, its moment or its tags.
        hard_wanted(): it was hard, and something can be done about that.
        back(), save_wanted(), remove_wanted(), bring_wanted(), history_wanted(), file_wanted(): a button was pressed.
    """

    edited = Signal()
    back = Signal()
    save_wanted = Signal()
    remove_wanted = Signal()
    bring_wanted = Signal()
    history_wanted = Signal()
    file_wanted = Signal()
    hard_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._arranged = False
        self.where = label("", "eyebrow")
        self.status = label("", "small")
        self.aside = tool(theme, "Questions and the intention beside the text", "columns")
        self.save = button(theme, "Save", self.save_wanted, kind="primary")
        self.banner = Banner(theme)
        self.beside = button(theme, "", self._on_beside, kind="link", icon_name="chat-centered-text")
        self._comments = 0
        self.heading = LineEdit()
        self.editor = Editor(theme)
        self.format = FormatBar(theme, self.editor)
        self.find = FindBar(theme, self.editor)
        self.tags = TagEdit(theme)
        self.cover = CoverEdit(theme)
        self.when = MomentEdit()
        self.session = SessionChoice()
        self.files = FileStrip(theme)
        self.files.after = self.editor
        self.add_file = tool(theme, "Add a file (Ctrl+Shift+A)", "paperclip", self.file_wanted)
        self.more = tool(theme, "Tags", "tag")
        self.history = tool(theme, "Earlier versions", "clock-counter-clockwise", self.history_wanted)
        self.bring = tool(theme, "To therapy: put this, or what is selected, on the list", "chats", self.bring_wanted)
        self.hard = tool(theme, "This was hard", "cloud-rain", self.hard_wanted)
        self.remove = tool(theme, "Remove this entry", "trash", self.remove_wanted)
        self.side = WriteSide(theme)
        self._lay()
        self.drops = FileDrops(self)
        parts = (self.editor, self.tags, self.cover, self.when)
        for signal in (self.heading.textEdited, *(part.edited for part in parts)):
            signal.connect(self.edited)
        self.session.activated.connect(self.edited)
        self.heading.returnPressed.connect(self.focus_text)
        self.heading.inputRejected.connect(self._on_title_full)
        self.aside.toggled.connect(self.side.setVisible)
        self.aside.toggled.connect(self._show_line)
        self.more.toggled.connect(self.tags.setVisible)
        self.side.template_wanted.connect(self._on_template)

    @Slot()
    def focus_text(self) -> None:
        """Go to the text."""
        self.editor.setFocus()

    def show_beside(self, found: Sequence[Beside]) -> None:
        """The comments that came back on the entry. Where there is no room for them, a line leads to them."""
        self._comments = sum(len(one.comments) for one in found)
        self.beside.setText(words.counted(self._comments, "comment stands", "comments stand") + " beside this")
        self.side.show_beside(found)
        self._show_line()

    @Slot()
    def _on_beside(self) -> None:
        self.aside.setChecked(True)
        self.side.verticalScrollBar().setValue(0)
        self.side.setFocus()

    @Slot()
    def _show_line(self) -> None:
        self.beside.setVisible(self._comments > 0 and not self.aside.isChecked())

    @Slot(object)
    def _on_template(self, template: Template) -> None:
        self.editor.insert(template.text, template.marks)
        self.focus_text()

    @Slot()
    def _on_count(self) -> None:
        self.status.setText(words.counted(self.editor.word_count(), "word", "words"))

    @Slot()
    def _on_title_full(self) -> None:
        note = f"A title has room for {MAX_LINE} characters. What is longer has its place in the text."
        self.banner.show_note(note, "warm")

    def set_read_only(self, read_only: bool) -> None:
        """Show an entry of a journal that cannot be written."""
        self.editor.setReadOnly(read_only)
        self.heading.setReadOnly(read_only)
        for widget in (self.save, self.format, self.remove, self.add_file, self.cover.choice, self.bring, self.hard):
            widget.setVisible(not read_only)
        self.cover.setEnabled(not read_only)
        self.drops.enabled = not read_only
        self.when.setEnabled(not read_only)
        self.tags.setEnabled(not read_only)
        self.session.setEnabled(not read_only)

    def set_waiting(self, waiting: bool) -> None:
        """Take no keys while an entry is on its way: they would be lost when it comes."""
        self.editor.setReadOnly(waiting)
        self.heading.setReadOnly(waiting)
        self.drops.enabled = not waiting
        asked = (self.when, self.tags, self.session)
        for widget in (*asked, self.save, self.remove, self.add_file, self.cover.choice, self.bring):
            widget.setEnabled(not waiting)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Beside the text where there is room; above it, and only when wanted, where there is none."""
        scale = self._theme.scale / 100
        wide = self.width() >= _WIDE * scale
        beside = GAP["xl" if wide else "s"]
        self._paper.setMaximumWidth(round(_MEASURE * scale) + 2 * beside)
        self._paper.layout().setContentsMargins(beside, GAP["s"], beside, GAP["s"])
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.BottomToTop
        if self._desk.direction() != direction or not self._arranged:
            self._arranged = True
            self._desk.setDirection(direction)
            self.aside.setChecked(wide)
            self.side.setVisible(wide)
        self.side.setMinimumWidth(round(270 * min(scale, 1.3)) if wide else 0)
        self.side.setMaximumWidth(round(320 * min(scale, 1.3)) if wide else 16_777_215)
        self.side.setMaximumHeight(16_777_215 if wide else max(160, self.height() // 3))

    def _lay(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(GAP["l"], GAP["m"], GAP["l"], GAP["s"])
        head.setSpacing(GAP["s"])
        head.addWidget(tool(self._theme, "Back (Esc)", "arrow-left", self.back))
        head.addWidget(self.where, 1)
        self.status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.status, 1)
        self.aside.setCheckable(True)
        head.addWidget(self.aside)
        self.save.setToolTip("Save this entry (Ctrl+S)")
        head.addWidget(self.save)
        column.addLayout(head)

        self._desk = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._desk.setSpacing(0)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        self._paper = QWidget()
        across.addStretch(1)
        across.addWidget(self._paper, 100)
        across.addStretch(1)
        paper = QVBoxLayout(self._paper)
        paper.setSpacing(GAP["s"])
        self.heading.setProperty("role", "title-edit")
        self.heading.setPlaceholderText("Title, if you like")
        self.heading.setAccessibleName("Title")
        for widget in (self.banner, self.heading, self.format, self.find):
            paper.addWidget(widget)
        paper.insertWidget(1, self.beside, 0, Qt.AlignmentFlag.AlignLeft)
        paper.addWidget(self.editor, 1)
        paper.addWidget(self.files)
        paper.addWidget(self.cover)
        paper.addWidget(self.tags)
        paper.addWidget(self._make_foot())
        # Where the window is low and the text large, all of it scrolls and the text keeps a few lines.
        self.editor.setMinimumHeight(self._theme.px(72))
        self._desk.addWidget(scrolling(middle), 1)
        self._desk.addWidget(self.side)
        column.addLayout(self._desk, 1)

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        flow = FlowLayout(foot)
        self.when.setAccessibleName("When this was")
        self.when.setToolTip("When this was")
        flow.addWidget(self.when)
        self.session.setAccessibleName("The session it belongs to")
        self.session.setToolTip("The session it belongs to")
        self.session.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.session.setMinimumContentsLength(24)
        flow.addWidget(self.session)
        self.more.setCheckable(True)
        tools = QWidget()
        across = QHBoxLayout(tools)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GAP["xs"])
        for widget in (
            self.more,
            self.cover.choice,
            self.add_file,
            tool(self._theme, "Find in this text (Ctrl+F)", "magnifying-glass", self.find.open_bar),
            tool(self._theme, "Count the words", "text-t", self._on_count),
            self.bring,
            self.history,
            self.hard,
            self.remove,
        ):
            across.addWidget(widget)
        flow.addWidget(tools)
        return foot
