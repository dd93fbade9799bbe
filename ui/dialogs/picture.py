"""Looking at a picture. It is decoded in memory, never written anywhere, and its pixels go when this closes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QDialog, QProgressBar, QVBoxLayout, QWidget

from journal.errors import JournalError
from journal.records import Attachment
from ui import pictures, words
from ui.a11y import announce
from ui.aside import Aside
from ui.context import Context
from ui.dialogs.save_copy import SaveCopyDialog
from ui.widgets.banner import Banner
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, row
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label, tip
from ui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from journal.service import JournalService

_SHARE = 0.9  # of the window that it stands over
_PATIENCE = 500  # ms until it shows that something is under way


class PictureDialog(QDialog):
    """Over the page it was opened from. Esc closes it; 1 and F change the size, arrows move."""

    def __init__(self, context: Context, eid: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._eid = context, eid
        self._name = ""
        self._aside = Aside(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Integration Journal")
        self.setAccessibleName("A picture")
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP["l"], GAP["m"], GAP["l"], GAP["l"])
        column.setSpacing(GAP["m"])
        # What comes and goes in it must not move the window's own least size while it is shown.
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(QSize(320, 240))
        self.heading = label("", "heading", wrap=False)
        self.banner = Banner(context.theme)
        self.view = PictureView()
        self.view.setAccessibleName("Opening the picture")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Opening the picture")
        self.bar.hide()
        for widget in (self.heading, self.banner, self.bar):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addWidget(self._make_line())
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self.bar.show)
        self._patience.start()
        self.view.fitted.connect(self._on_fitted)
        self.view.setFocus()
        self.resize(QSize(round(parent.width() * _SHARE), round(parent.height() * _SHARE)))
        self._context.tasks.ask(partial(_load, eid=eid), self._on_data, self._on_not_shown)

    @property
    def is_shown(self) -> bool:
        """Whether the picture is there to be looked at."""
        return not self.view.canvas.image.isNull()

    def done(self, result: int) -> None:
        """Closed, or because the journal is being locked."""
        self._aside.forget()
        self._patience.stop()
        self.view.forget()
        super().done(result)

    def _make_line(self) -> QWidget:
        theme = self._context.theme
        self.fit = button(theme, "Fit to the window", self._on_fit, kind="chip")
        self.full = button(theme, "100 %", self._on_full, kind="chip")
        self.fit.setToolTip("All of the picture (F)")
        self.full.setToolTip("Each pixel as one of the screen’s (1)")
        self._group = QButtonGroup(self)
        self._group.addButton(self.fit)
        self._group.addButton(self.full)
        self.copy = button(theme, "Save a copy…", self._on_copy)
        self.close_ = button(theme, "Close", self.reject, kind="quiet")
        self._sizes = QWidget()
        self._sizes.setLayout(row(self.fit, self.full))
        rest = QWidget()
        rest.setLayout(row(self.copy, self.close_))
        line = QWidget()
        flow = FlowLayout(line)
        for part in (self._sizes, rest):
            part.layout().setContentsMargins(0, 0, 0, 0)
            flow.addWidget(part)
        self._sizes.hide()
        return line

    def _on_data(self, loaded: tuple[Attachment, bytes | JournalError]) -> None:
        record, data = loaded
        self._name = words.file_name(record.name)
        self._elide()
        if isinstance(data, JournalError):
            self._on_not_shown(data)
        else:
            self._aside.run(partial(pictures.decode, data), self._on_decoded)

    def _on_decoded(self, made: QImage | JournalError) -> None:
        if isinstance(made, JournalError):
            self._on_not_shown(made)
            return
        self._ready()
        self._sizes.show()
        self.view.show_image(made, self._name)
        announce(self.view, self._name)

    def _on_not_shown(self, error: JournalError) -> None:
        self._ready()
        self.view.hide()
        self.banner.show_error(error)
        self.copy.setEnabled(bool(self._name))
        (self.copy if self._name else self.close_).setFocus()
        QTimer.singleShot(0, self._shrink)  # once it is laid out

    def _ready(self) -> None:
        self._patience.stop()
        self.bar.hide()

    @Slot()
    def _shrink(self) -> None:
        wide = min(self.width(), self._context.theme.px(560))
        self.resize(wide, self.layout().totalHeightForWidth(wide))

    @Slot()
    def _on_fit(self) -> None:
        self.view.set_fitted(True)

    @Slot()
    def _on_full(self) -> None:
        self.view.set_fitted(False)

    @Slot(bool)
    def _on_fitted(self, on: bool) -> None:
        (self.fit if on else self.full).setChecked(True)

    @Slot()
    def _on_copy(self) -> None:
        SaveCopyDialog(self._context, self._eid, self).open()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange):
            self._elide()
        return bool(super().event(event))

    def _elide(self) -> None:
        room = self.width() - 2 * GAP["l"]
        shown = self.heading.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        self.heading.setText(shown)
        self.heading.setToolTip(tip(self._name))


def _load(service: JournalService, *, eid: str) -> tuple[Attachment, bytes | JournalError]:
    """Runs on the vault thread. A file that cannot be read still has its name."""
    record = service.get(eid).record
    assert isinstance(record, Attachment)
    try:
        return record, service.attachment_data(eid)
    except JournalError as error:
        return record, error
