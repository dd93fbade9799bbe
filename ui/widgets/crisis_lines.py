"""The crisis lines of one country: large numbers to read or copy, and beside each how far it can be trusted."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from journal.help_lines import Line, help_lines
from ui import words
from ui.settings import DeviceSettings
from ui.theme import Theme
from ui.widgets.cards import GAP, card, clear
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.number_line import number_line

ELSEWHERE = "elsewhere"
_UNCHECKED = "Not checked by us. Your local emergency number is the surest."
_HOW = {("call",): "Call", ("text",): "Text", ("call", "text"): "Call or text"}


class CrisisLines(QObject):
    """A country to choose, proposed from the computer's own; what is chosen is remembered on this device.

    `layout` goes into a page's column. A widget around it would have the page laid out in one turn more.

    Signals:
        copied(str): a number is in the clipboard now.
    """

    copied = Signal(str)

    def __init__(self, theme: Theme, settings: DeviceSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._settings = theme, settings
        self.layout = column = QVBoxLayout()
        column.setSpacing(GAP["m"])
        form = Form(theme)
        self.country = QComboBox()
        for one in help_lines().countries:
            self.country.addItem(one.name, one.code)
        self.country.addItem("Elsewhere", ELSEWHERE)
        self.country.activated.connect(self._on_chosen)
        form.add("Country", self.country)
        column.addWidget(form)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(GAP["m"])
        column.addLayout(self._rows)
        self.look()

    @Slot()
    def look(self) -> None:
        """Show the country that was chosen, or the one the computer is set to."""
        found = self.country.findData(self._settings.country or proposed())
        self.country.setCurrentIndex(found if found >= 0 else self.country.count() - 1)
        self._show()

    @Slot()
    def _on_chosen(self) -> None:
        self._settings.update(country=self.country.currentData())
        self._show()

    def _show(self) -> None:
        clear(self._rows)
        known = help_lines()
        country = known.country(self.country.currentData())
        emergency = country.emergency if country else known.elsewhere.emergency
        frame, inside = card("accent-card", padding=GAP["l"])
        inside.addWidget(label("In an emergency" if country else "In an emergency, from most mobile telephones"))
        for number in emergency:
            inside.addWidget(number_line(self._theme, number, self.copied.emit))
        if country is None:
            inside.addWidget(label(known.elsewhere.text))
        inside.addWidget(label("From public lists, not checked by us.", "small"))
        self._rows.addWidget(frame)
        for line in country.lines if country else ():
            self._rows.addWidget(self._card(line))

    def _card(self, line: Line) -> QWidget:
        frame, inside = card(spacing=GAP["xs"])
        inside.addWidget(label(line.name, "heading"))
        how = _HOW[line.how]
        inside.addWidget(label(f"{how} {line.word} to" if line.word else f"{how} {line.note}".strip()))
        inside.addWidget(number_line(self._theme, line.number, self.copied.emit))
        if line.verified and line.checked_on is not None:
            inside.addWidget(label(f"Checked on {words.date_long(line.checked_on)}.", "small"))
        else:
            inside.addWidget(label(_UNCHECKED, "muted"))
        seen = f" Read on {words.date_long(line.seen_on)}." if line.seen_on else ""
        inside.addWidget(label(f"{line.source}{seen}", "small"))
        return frame


def proposed() -> str:
    """The country the computer is set to, as in ISO 3166."""
    return QLocale.territoryToCode(QLocale.system().territory())
