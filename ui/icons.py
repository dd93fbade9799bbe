"""Line icons (Phosphor, through qtawesome), tinted from the theme. Only the one font is loaded."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QIcon

from ui.theme import Theme

# One shape for each kind of record, wherever it is listed.
KIND_ICONS = {
    "course": "path",
    "session": "calendar-blank",
    "intention": "compass",
    "experience": "waves",
    "integration": "leaf",
    "page": "note-blank",
    "checkin": "sliders-horizontal",
    "sideeffect": "thermometer-simple",
    "medicine": "pill",
    "question": "chat-centered-text",
    "commitment": "handshake",
    "hard": "cloud-rain",
    "scale": "list-bullets",
    "total": "clipboard-text",
}

_PREFIX = "ph"
_font = None


def icon(theme: Theme, name: str, *, token: str = "ink", on: str = "accent") -> QIcon:
    """The icon `name` ("lock", "pencil-line") in the colour of `token`; when checked, in that of `on`."""
    color = theme.color(token)
    return _fonts().icon(
        f"{_PREFIX}.{name}",
        color=color,
        color_active=color,
        color_on=theme.color(on),
        color_disabled=theme.color("muted"),
    )


def _fonts():
    # Imported late and with one font only: qtawesome otherwise reads a dozen, which start-up would feel.
    global _font
    if _font is None:
        import qtawesome
        from qtawesome.iconic_font import IconicFont

        folder = Path(qtawesome.__file__).parent / "fonts"
        face = next(path.name for path in sorted(folder.glob("phosphor*.ttf")))
        chars = next(path.name for path in sorted(folder.glob("phosphor*charmap*.json")))
        _font = IconicFont((_PREFIX, face, chars))
    return _font
