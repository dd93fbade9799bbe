"""The scheme and the text size in force, and what Qt needs to show them."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.style import sheet
from ui.tokens import DARK, LANDING, LIGHT, Tokens


class Scheme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    LANDING = "landing"


_TOKENS = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.LANDING: LANDING}

SIZES = {"small": 13, "body": 15, "large": 18, "title": 24, "display": 30}  # px at 100 %
SCALES = (100, 115, 130, 150, 175, 200)  # per cent
_LARGEST_DISPLAY = 175  # per cent

# Preferred where the desktop names no interface font of its own: all are drawn for long reading on a screen.
_FALLBACK_FAMILIES = ("Inter", "Noto Sans", "Cantarell", "Open Sans", "Source Sans 3")
_POOR_DEFAULTS = ("DejaVu Sans", "Sans", "Sans Serif", "Bitstream Vera Sans", "")


class Theme(QObject):
    """The scheme and text size in force. One per window; widgets that paint themselves listen to `changed`."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._system_font = QFont(app.font())
        self.choice = Scheme.SYSTEM
        self.scale = 100
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_scheme)

    @property
    def scheme(self) -> Scheme:
        """The scheme shown: never SYSTEM."""
        if self.choice is not Scheme.SYSTEM:
            return self.choice
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return Scheme.DARK if dark else Scheme.LIGHT

    @property
    def calm(self) -> bool:
        """Whether it is the dim light of landing, in which nothing leads out into the bright window."""
        return self.choice is Scheme.LANDING

    @property
    def tokens(self) -> Tokens:
        return _TOKENS[self.scheme]

    def color(self, name: str) -> QColor:
        """A token as a colour: `theme.color("accent")`."""
        return QColor(getattr(self.tokens, name))

    def px(self, size: str | float) -> int:
        """Pixels of a named text size, or of a length that grows with the text."""
        base = SIZES[size] if isinstance(size, str) else size
        # The largest letters grow less: one long word of a heading has to fit into a narrow window.
        scale = min(self.scale, _LARGEST_DISPLAY) if size == "display" else self.scale
        return round(base * scale / 100)

    def apply(self, choice: Scheme | None = None, scale: int | None = None) -> None:
        """Show another scheme or text size (per cent, 100 to 200) in all windows."""
        self.choice = choice or self.choice
        self.scale = max(100, min(200, scale or self.scale))
        font = QFont(self._system_font)
        font.setFamily(good_family(font.family()))
        font.setPixelSize(self.px("body"))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        # Qt gives another sheet to each widget once for each of those around it; a first sheet, once. With a thousand
        # widgets that is seconds against half of one, so the old one is taken away first. Nothing is painted between.
        self._app.setStyleSheet("")
        self._app.setFont(font)
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(sheet(self.tokens, {name: self.px(name) for name in SIZES}, self.scale / 100))
        self.changed.emit()

    @Slot()
    def _on_system_scheme(self) -> None:
        if self.choice is Scheme.SYSTEM:
            self.apply()


def good_family(family: str) -> str:
    """The family that the desktop names for its texts, or a better one of those that are here."""
    if family not in _POOR_DEFAULTS:
        return family
    known = set(QFontDatabase.families())
    return next((name for name in _FALLBACK_FAMILIES if name in known), family)


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, value in (
        (role.Window, t.paper),
        (role.Base, t.raised),
        (role.AlternateBase, t.sunken),
        (role.Text, t.ink),
        (role.WindowText, t.ink),
        (role.ButtonText, t.ink),
        (role.Button, t.raised),
        (role.ToolTipBase, t.raised),
        (role.ToolTipText, t.ink),
        (role.PlaceholderText, t.muted),
        (role.Highlight, t.selection),
        (role.HighlightedText, t.ink),
        (role.Link, t.accent),
        (role.LinkVisited, t.accent),
        (role.Accent, t.accent),
        (role.Mid, t.line),
        (role.Midlight, t.line),
        (role.Light, t.raised),
        (role.Dark, t.strong_line),
        (role.Shadow, t.line),
        (role.BrightText, t.on_accent),
    ):
        palette.setColor(name, QColor(value))
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.muted))
    return palette
