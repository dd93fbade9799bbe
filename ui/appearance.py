"""The theme and the text size, as chosen on this device."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from ui.settings import DeviceSettings
from ui.theme import SCALES, Scheme, Theme


class Appearance(QObject):
    """Changes them and remembers the choice."""

    def __init__(self, theme: Theme, settings: DeviceSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings

    def choose(self, scheme: Scheme) -> None:
        """Show another scheme."""
        self._settings.update(scheme=scheme.value)
        self._theme.apply(scheme)

    def resize(self, scale: int) -> None:
        """Show text at `scale` per cent."""
        self._settings.update(scale=scale)
        self._theme.apply(scale=scale)

    @Slot()
    def larger(self) -> None:
        self.resize(next((scale for scale in SCALES if scale > self._theme.scale), SCALES[-1]))

    @Slot()
    def smaller(self) -> None:
        self.resize(next((scale for scale in reversed(SCALES) if scale < self._theme.scale), SCALES[0]))

    @Slot()
    def normal(self) -> None:
        self.resize(SCALES[0])

    @Slot()
    def system(self) -> None:
        self.choose(Scheme.SYSTEM)

    @Slot()
    def light(self) -> None:
        self.choose(Scheme.LIGHT)

    @Slot()
    def dark(self) -> None:
        self.choose(Scheme.DARK)


def stored_scheme(settings: DeviceSettings) -> Scheme:
    """The scheme chosen before; the computer's where the file says something else."""
    return Scheme(settings.scheme) if settings.scheme in ("light", "dark") else Scheme.SYSTEM
