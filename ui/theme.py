"""Colours, sizes and the three schemes: light, dark, and the dim warm one for the first hours after a session.

Every colour in the window comes from `Tokens`; a literal colour anywhere else is a mistake. Contrast of each pair
that carries text is at least 4.5:1, of body text 7:1 (tests/ui/test_theme.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.style import sheet


class Scheme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    LANDING = "landing"


@dataclass(frozen=True)
class Tokens:
    """One scheme's colours, each as `#RRGGBB`. `series` are safe for colour-blind eyes, in the sliders' order."""

    paper: str
    raised: str  # cards and fields
    sunken: str  # the rail, wells
    ink: str
    muted: str
    line: str
    strong_line: str  # borders of fields: 3:1 against paper
    accent: str
    on_accent: str
    accent_soft: str
    warm: str
    warm_soft: str
    selection: str
    series: tuple[str, ...]


LIGHT = Tokens(
    paper="#FAF8F5",
    raised="#FFFEFC",
    sunken="#F2EEE8",
    ink="#2B2A28",
    muted="#6A655E",
    line="#E4DFD7",
    strong_line="#968F85",
    accent="#2F6F73",
    on_accent="#FFFFFF",
    accent_soft="#E1ECEB",
    warm="#9A5A30",
    warm_soft="#F6E9DE",
    selection="#CFE3E1",
    series=("#1F6F78", "#B4632D", "#5B63B7", "#8A6D00", "#A3477F", "#5A5A5A", "#2E7D4F"),
)
DARK = Tokens(
    paper="#1E1F21",
    raised="#26282B",
    sunken="#191A1C",
    ink="#E6E2DB",
    muted="#A39E96",
    line="#35383D",
    strong_line="#73767C",
    accent="#7FB8B4",
    on_accent="#14211F",
    accent_soft="#263635",
    warm="#D9A27C",
    warm_soft="#3A2E26",
    selection="#2F4A48",
    series=("#7FC4BF", "#E0A070", "#A6ACF0", "#D8BE5A", "#E29AC6", "#B9B5AE", "#86CFA2"),
)
LANDING = Tokens(
    paper="#17120E",
    raised="#1F1813",
    sunken="#120E0B",
    ink="#D9C6B0",
    muted="#A08C78",
    line="#33281F",
    strong_line="#77644F",
    accent="#C99A6B",
    on_accent="#1B130C",
    accent_soft="#2E2319",
    warm="#C99A6B",
    warm_soft="#2E2319",
    selection="#453423",
    series=("#C99A6B",) * 7,
)
_TOKENS = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.LANDING: LANDING}

SIZES = {"small": 13, "body": 15, "large": 18, "title": 24, "display": 30}  # px at 100 %
SCALES = (100, 115, 130, 150, 175, 200)  # per cent

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
    def tokens(self) -> Tokens:
        return _TOKENS[self.scheme]

    def color(self, name: str) -> QColor:
        """A token as a colour: `theme.color("accent")`."""
        return QColor(getattr(self.tokens, name))

    def px(self, size: str | float) -> int:
        """Pixels of a named text size, or of a length that grows with the text."""
        base = SIZES[size] if isinstance(size, str) else size
        return round(base * self.scale / 100)

    def apply(self, choice: Scheme | None = None, scale: int | None = None) -> None:
        """Show another scheme or text size (per cent, 100 to 200) in all windows."""
        self.choice = choice or self.choice
        self.scale = max(100, min(200, scale or self.scale))
        font = QFont(self._system_font)
        if font.family() in _POOR_DEFAULTS:
            known = set(QFontDatabase.families())
            font.setFamily(next((name for name in _FALLBACK_FAMILIES if name in known), font.family()))
        font.setPixelSize(self.px("body"))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        self._app.setFont(font)
        self._app.setPalette(_palette(self.tokens))
        self._app.setStyleSheet(sheet(self.tokens, {name: self.px(name) for name in SIZES}, self.scale / 100))
        self.changed.emit()

    @Slot()
    def _on_system_scheme(self) -> None:
        if self.choice is Scheme.SYSTEM:
            self.apply()


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
