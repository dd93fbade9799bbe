"""Pictures of a share at their entries: small, taken apart aside, and larger in a window of their own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QDialog,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from journal.errors import JournalError
from journal.share import Payload, SharedPicture
from journal.share.picture import described
from ui import pictures
from ui.aside import Aside
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP, row
from ui.widgets.labels import label, tip
from ui.widgets.picture_view import PictureView

NOT_SHOWN = "This picture could not be shown: it is not whole, or made in a way this program does not know."
_WIDE, _HIGH = 440, 330  # px at 100 %: as large as a picture is among the words
_OVER = 0.9  # of the window that a larger one stands over


def add_pictures(theme: Theme, body: QBoxLayout, payload: Payload, place: int) -> None:
    """The pictures of the entry at this place, one below the other."""
    for _, picture in payload.pictures_at(place):
        body.addWidget(PictureFigure(theme, picture))


class PictureFigure(QWidget):
    """A picture, and under it what its sender typed for it. What cannot be shown is said in a sentence instead."""

    def __init__(self, theme: Theme, picture: SharedPicture) -> None:
        super().__init__()
        self._theme, self.picture = theme, picture
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP["xs"], 0, GAP["s"])
        column.setSpacing(GAP["xs"])
        most = QSize(theme.px(_WIDE), theme.px(_HIGH))
        self.thumb = _Thumb(theme, QSize(picture.wide, picture.high), most)
        told = described(picture)
        self.thumb.setAccessibleName(f"{picture.caption}. {told}" if picture.caption else told)
        self.thumb.setAccessibleDescription("Opens it larger")
        self.thumb.setToolTip(tip(picture.caption or described(picture)))
        self.thumb.clicked.connect(self._on_larger)
        column.addWidget(self.thumb)
        if picture.caption:
            column.addWidget(label(picture.caption))
        if picture.several:
            column.addWidget(label("The first of several pictures in one file.", "small"))
        self.said = label("", "warm")
        self.said.hide()
        column.addWidget(self.said)
        self._aside = Aside(self)
        self._aside.run(partial(_small, picture, most * self.devicePixelRatioF()), self._on_small, in_turn=True)

    @property
    def is_shown(self) -> bool:
        """Whether the picture is there to be looked at."""
        return not self.thumb.image.isNull()

    def _on_small(self, made: QImage | JournalError) -> None:
        if isinstance(made, JournalError):
            self.thumb.hide()
            self.said.setText(NOT_SHOWN)
            self.said.show()
        else:
            self.thumb.set_image(made)

    @Slot()
    def _on_larger(self) -> None:
        if self.is_shown:
            LargePicture(self._theme, self.picture, self.window()).open()


class LargePicture(QDialog):
    """Over the window. Esc closes it; 1 and F change the size, arrows move."""

    def __init__(self, theme: Theme, picture: SharedPicture, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = picture
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Integration Journal")
        self.setAccessibleName("A picture")
        self.setModal(True)
        self.setMinimumSize(QSize(320, 240))
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP["l"], GAP["m"], GAP["l"], GAP["l"])
        column.setSpacing(GAP["m"])
        column.addWidget(label(picture.caption or described(picture), "heading"))
        self.view = PictureView()
        column.addWidget(self.view, 1)
        self.said = label("", "warm")
        self.said.hide()
        column.addWidget(self.said)
        self.fit = button(theme, "Fit to the window", self._on_fit, kind="chip")
        self.full = button(theme, "100 %", self._on_full, kind="chip")
        self.fit.setToolTip("All of the picture (F)")
        self.full.setToolTip("Each pixel as one of the screen’s (1)")
        group = QButtonGroup(self)
        for made in (self.fit, self.full):
            group.addButton(made)
        column.addLayout(row(self.fit, self.full, None, button(theme, "Close", self.reject, kind="quiet")))
        self.view.fitted.connect(self._on_fitted)
        self.view.setFocus()
        self.resize(QSize(round(parent.width() * _OVER), round(parent.height() * _OVER)))
        self._aside = Aside(self)
        self._aside.run(partial(pictures.decode, picture.data), self._on_decoded)

    def done(self, result: int) -> None:
        """Closed, or because the journal is being locked."""
        self._aside.forget()
        self.view.forget()
        super().done(result)

    def _on_decoded(self, made: QImage | JournalError) -> None:
        if isinstance(made, JournalError):
            self.said.setText(NOT_SHOWN)
            self.said.show()
        else:
            self.view.show_image(made, self._picture.caption or described(self._picture))

    @Slot()
    def _on_fit(self) -> None:
        self.view.set_fitted(True)

    @Slot()
    def _on_full(self) -> None:
        self.view.set_fitted(False)

    @Slot(bool)
    def _on_fitted(self, on: bool) -> None:
        (self.fit if on else self.full).setChecked(True)


class _Thumb(QAbstractButton):
    """Paints. It has the picture's shape before there is a picture, so that nothing moves when it comes."""

    def __init__(self, theme: Theme, size: QSize, most: QSize) -> None:
        super().__init__()
        self._theme = theme
        self.image = QImage()
        fitting = size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
        self._size = (size if size.width() <= fitting.width() else fitting).expandedTo(QSize(24, 24))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_image(self, image: QImage) -> None:
        """Show a picture."""
        self.image = image
        self.update()

    def sizeHint(self) -> QSize:
        return self._size

    def minimumSizeHint(self) -> QSize:
        return QSize(min(120, self._size.width()), 24)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._fitting(width).height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        place = QRect(0, 0, self._fitting(self.width()).width(), self.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.image.isNull():
            painter.fillRect(place, self._theme.color("sunken"))
        else:
            painter.drawImage(place, self.image)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 4))
            painter.drawRect(place.adjusted(2, 2, -2, -2))

    def _fitting(self, width: int) -> QSize:
        if width >= self._size.width():
            return self._size
        high = self._size.height() * max(1, width) // max(1, self._size.width())
        return QSize(width, max(24, high))


def _small(picture: SharedPicture, most: QSize) -> QImage:
    """Runs aside. Only as many pixels are kept as are shown."""
    image = pictures.decode(picture.data)
    if image.width() <= most.width() and image.height() <= most.height():
        return image
    return image.scaled(most, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
