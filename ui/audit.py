"""Looks over a window for what a person would stumble on: clipped text, widgets over each other, nameless controls.

The tour and the tests use it on every screen, so that "nothing is clipped at 200 %" is measured, not hoped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

_WORD = re.compile(r"[^\W\d_]+")
_SLACK = 2  # px: rounding of font metrics


def faults(window: QWidget) -> list[str]:
    """Everything wrong on what is visible of `window`, in words; empty when all is well."""
    return [*clipped(window), *beyond(window), *overlapping(window), *nameless(window), *cramped(window)]


def clipped(window: QWidget) -> list[str]:
    """Labels, buttons and fields that are smaller than their text."""
    found = []
    for widget in _visible(window, QLabel):
        if not widget.text() or not widget.width():
            continue
        if widget.wordWrap():
            needed, has = widget.heightForWidth(widget.width()), widget.height()
            if needed > has + _SLACK:
                found.append(f"label cut below ({needed} > {has} px): {_name(widget)}")
            # A line may also end after a hyphen, and where nothing is seen.
            pieces = widget.text().replace("\u200b", " ").replace("-", "- ").split()
            longest = max((widget.fontMetrics().horizontalAdvance(piece) for piece in pieces), default=0)
            if longest > widget.width() + _SLACK:
                found.append(f"word cut at the side ({longest} > {widget.width()} px): {_name(widget)}")
        elif widget.sizeHint().width() > widget.width() + _SLACK:
            found.append(f"label cut at the side: {_name(widget)}")
    for kind in (QAbstractButton, QComboBox):
        for widget in _visible(window, kind):
            if isinstance(widget.parent(), QLineEdit):
                continue  # the field draws its own small buttons
            hint = widget.minimumSizeHint() if kind is QComboBox else widget.sizeHint()
            if hint.height() > widget.height() + _SLACK or (hint.width() > widget.width() + _SLACK and _text(widget)):
                has = f"{widget.width()}x{widget.height()}"
                found.append(f"button cut ({hint.width()}x{hint.height()} > {has}): {_name(widget)}")
    for widget in _visible(window, QLineEdit):
        if widget.fontMetrics().height() > widget.height():
            found.append(f"field too low for its text: {_name(widget)}")
    return found


def beyond(window: QWidget) -> list[str]:
    """What lies partly outside where it could be seen, with no way to scroll there."""
    found = []
    for kind in (QLabel, QAbstractButton, QLineEdit, QComboBox):
        for widget in _visible(window, kind):
            frame, sideways, down = _frame(widget, window)
            box = QRect(widget.mapTo(frame, widget.rect().topLeft()), widget.size())
            over = max(-box.left(), box.right() + 1 - frame.width()) if not sideways else 0
            below = max(-box.top(), box.bottom() + 1 - frame.height()) if not down else 0
            if max(over, below) > _SLACK:
                found.append(f"beyond the edge by {max(over, below)} px: {_name(widget)}")
    return found


def _frame(widget: QWidget, window: QWidget) -> tuple[QWidget, bool, bool]:
    """What a widget is seen through, and whether that scrolls sideways and down."""
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            sideways = area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            return parent, sideways and area.horizontalScrollBar().maximum() > 0, True
        parent = area
    return window, False, False


def cramped(window: QWidget) -> list[str]:
    """Lists that show less than two of their rows, and what scrolls without a sign that it does."""
    found = []
    for view in _visible(window, QAbstractItemView):
        model = view.model()
        rows = [view.sizeHintForRow(row) for row in range(min(2, model.rowCount()))] if model is not None else []
        if sum(rows) > view.viewport().height() + _SLACK:
            has = view.viewport().height()
            found.append(f"a list without room for two rows ({sum(rows)} px wanted, {has} there): {_name(view)}")
    for area in _visible(window, QAbstractScrollArea):
        silent = area.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if silent and area.verticalScrollBar().maximum() > 0 and not _has_sign(area):
            found.append(f"scrolls without a sign: {_name(area)}")
    return found


def _has_sign(area: QWidget) -> bool:
    beside = area.parentWidget().findChildren(QAbstractButton) if area.parentWidget() is not None else ()
    return any(made.isVisible() and made.property("scrolls") for made in beside)


def overlapping(window: QWidget) -> list[str]:
    """Siblings that cover each other."""
    found = []
    for parent in [window, *_visible(window, QWidget)]:
        if isinstance(parent, QAbstractScrollArea) and not parent.findChildren(QLabel):
            continue
        siblings = [
            child
            for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if child.isVisible() and not child.isWindow() and not child.property("floats") and _carries_text(child)
        ]
        for number, one in enumerate(siblings):
            for other in siblings[number + 1 :]:
                shared = one.geometry().intersected(other.geometry())
                if shared.width() > _SLACK and shared.height() > _SLACK:
                    found.append(f"one over the other: {_name(one)} / {_name(other)}")
    return found


def nameless(window: QWidget) -> list[str]:
    """Controls that take the focus but that a screen reader could not name."""
    found = []
    for widget in _visible(window, QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isEnabled():
            continue
        if isinstance(widget.parent(), QComboBox | QAbstractScrollArea) or widget.focusProxy() is not None:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None and not interface.text(QAccessible.Text.Name).strip():
            found.append(f"no name: {type(widget).__name__} {widget.objectName()}")
    for sign in _visible(window, QAbstractButton):
        if isinstance(sign.parent(), QLineEdit) and not sign.accessibleName() and not _text(sign):
            found.append(f"no name: a sign in {_name(sign.parent())}")
    return found


def misnamed(window: QWidget) -> list[str]:
    """Buttons that are called otherwise than what is written on them: whoever speaks to the computer says that."""
    found = []
    for widget in _visible(window, QAbstractButton):
        written, called = _WORD.findall(_text(widget).casefold()), _WORD.findall(widget.accessibleName().casefold())
        if called and not set(written) <= set(called):
            found.append(f"called “{widget.accessibleName()}”: {_name(widget)}")
    return found


def _visible(window: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    for widget in window.findChildren(kind):
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield widget


def _carries_text(widget: QWidget) -> bool:
    if isinstance(widget, QLabel | QAbstractButton):
        return bool(_text(widget))
    return any(_text(child) for child in widget.findChildren(QLabel) if child.isVisible())


def _text(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else ""


def _name(widget: QWidget) -> str:
    words = _text(widget) or widget.accessibleName() or widget.objectName()
    box = QRect(widget.mapTo(widget.window(), widget.rect().topLeft()), widget.size())
    return f"{type(widget).__name__} “{words[:40]}” at {box.x()},{box.y()}"
