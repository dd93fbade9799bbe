"""Buttons in four kinds: primary (one a page), plain, quiet (text only) and chip (a choice that toggles)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton

from ui.icons import icon
from ui.theme import Theme


class _Button(QPushButton):
    """Enter presses it as Space does. Qt offers that only with "auto default", which in a dialog lets Enter in any
    field press whichever button comes first."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    theme: Theme, text: str, clicked: Callable[..., Any] | None = None, *, kind: str = "", icon_name: str = ""
) -> QPushButton:
    """A push button. `clicked` must be a bound method; kinds: primary, quiet, link, chip, rail or "" for plain."""
    made = _Button(text)
    if kind:
        made.setProperty("kind", kind)
    if icon_name:
        tokens = {"primary": "on_accent", "calm-main": "on_accent", "quiet": "accent", "link": "accent"}
        token = tokens.get(kind, "ink")
        made.setProperty("icon_name", icon_name)
        made.setProperty("icon_token", token)
        made.setIcon(icon(theme, icon_name, token=token))
        made.setIconSize(QSize(theme.px(18), theme.px(18)))
    made.setCheckable(kind in ("chip", "rail"))
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


def tool(theme: Theme, name: str, icon_name: str, clicked: Callable[..., Any] | None = None) -> QToolButton:
    """A button that is only an icon; `name` is its tooltip and what a screen reader says."""
    made = QToolButton()
    made.setProperty("icon_name", icon_name)
    made.setProperty("icon_token", "ink")
    made.setIcon(icon(theme, icon_name))
    made.setIconSize(QSize(theme.px(20), theme.px(20)))
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if clicked is not None:
        made.clicked.connect(clicked)
    return made


def retint(theme: Theme, made: QPushButton | QToolButton) -> None:
    """Draw a button's icon again after the theme changed (the window does this for all of them)."""
    name = made.property("icon_name")
    if name:
        made.setIcon(icon(theme, name, token=made.property("icon_token") or "ink"))
        side = theme.px(18 if isinstance(made, QPushButton) else 20)
        made.setIconSize(QSize(side, side))
