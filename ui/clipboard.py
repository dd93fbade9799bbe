"""Copying words that should not stay in the clipboard: marked for managers to skip, and taken back after a while."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QClipboard, QGuiApplication, QImage

_KEEP = 60_000  # ms

# Clipboard managers on KDE and Windows leave out of their history what carries these.
_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': b"\0\0\0\0",
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': b"\0\0\0\0",
}


class _Secret(QObject):
    """The secret in the clipboard now. Takes back only what is still its own."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.copied = ""
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(_KEEP)
        self.timer.timeout.connect(self.take_back)

    @Slot()
    def take_back(self) -> None:
        self.timer.stop()
        if self.copied and QGuiApplication.clipboard().text() == self.copied:
            QGuiApplication.clipboard().clear()
        self.copied = ""


_secret: _Secret | None = None
_open = ""  # what `copy` put there last
_open_image: QImage | None = None  # what `copy_image` did


def copy(text: str) -> None:
    """Copy text that may stay in the clipboard while the journal is open, e.g. an address."""
    global _open, _open_image
    _open, _open_image = text, None
    QGuiApplication.clipboard().setText(text)


def copy_image(image: QImage) -> None:
    """Copy a picture that may stay in the clipboard while the journal is open."""
    global _open, _open_image
    _open, _open_image = "", image
    QGuiApplication.clipboard().setImage(image)


def copy_secret(text: str) -> None:
    """Copy `text` for a minute; clipboard managers are asked not to keep it."""
    global _secret
    if _secret is None or not shiboken6.isValid(_secret):
        _secret = _Secret(QGuiApplication.instance())
    data = QMimeData()
    data.setText(text)
    for kind, value in _HINTS.items():
        data.setData(kind, value)
    QGuiApplication.clipboard().setMimeData(data)
    _secret.copied = text
    _secret.timer.start()


def secret_timer() -> QTimer | None:
    """The timer that takes the secret back, while there is one."""
    return _secret.timer if _secret is not None and shiboken6.isValid(_secret) else None


def forget() -> None:
    """Empty the clipboard and the selection if this program filled them. For locking and closing."""
    global _open, _open_image
    if _secret is not None and shiboken6.isValid(_secret):
        _secret.take_back()
    clipboard = QGuiApplication.clipboard()
    # Not every platform can say whose the text is.
    mine = (_open and clipboard.text() == _open) or (_open_image is not None and clipboard.image() == _open_image)
    if clipboard.ownsClipboard() or mine:
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
    _open, _open_image = "", None
