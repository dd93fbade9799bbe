"""Tags as words with commas, and kinds of psychotherapy as chips."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from journal.records import MODALITIES
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.fields import LineEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label


class TagEdit(QWidget):
    """Tags, and for integration notes the kind of therapy they belong to.

    Signals:
        edited(): the person changed something.
    """

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["s"])
        self.words = LineEdit()
        self.words.setPlaceholderText("Tags, with commas between them")
        self.words.setAccessibleName("Tags, with commas between them")
        self.words.textEdited.connect(self._on_edited)
        self._therapy = QWidget()
        inside = QVBoxLayout(self._therapy)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP["s"])
        inside.addWidget(label("Does it belong to a kind of therapy?", "small"))
        holder = QWidget()
        flow = FlowLayout(holder)
        self._chips: dict[str, QPushButton] = {}
        for code, name in MODALITIES:
            chip = button(theme, _short(name), self._on_edited, kind="chip")
            chip.setToolTip(name)
            chip.setAccessibleName(name)
            self._chips[code] = chip
            flow.addWidget(chip)
        inside.addWidget(holder)
        body.addWidget(self._therapy)
        body.addWidget(self.words)
        self._tags: tuple[str, ...] = ()
        self._codes: tuple[str, ...] = ()

    def set_values(self, tags: tuple[str, ...], modalities: tuple[str, ...], *, therapy: bool) -> None:
        """Show these; `therapy` whether kinds of therapy are asked for."""
        self._tags, self._codes = tags, modalities
        self.words.set_value(", ".join(tags))
        for code, chip in self._chips.items():
            chip.setChecked(code in modalities)
        self._therapy.setVisible(therapy)

    def tags(self) -> tuple[str, ...]:
        """The tags, each once, in the order they were typed. Those that were there before stay as they were."""
        typed = self.words.value()
        if typed == ", ".join(self._tags):
            return self._tags
        known = {tag.strip(): tag for tag in self._tags}
        words = (word.strip() for word in typed.split(","))
        return tuple(dict.fromkeys(tag for word in words if (tag := known.get(word) or word.lstrip("#@"))))

    def modalities(self) -> tuple[str, ...]:
        """Codes of chosen kinds of therapy, and those this version has no chip for."""
        chosen = [code for code, chip in self._chips.items() if chip.isChecked()]
        chosen += [code for code in self._codes if code not in self._chips]
        return self._codes if set(chosen) == set(self._codes) else tuple(chosen)

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()


def _short(name: str) -> str:
    """ "CBT" of "Cognitive behavioural therapy (CBT)", else the name without "therapy"."""
    if name.endswith(")"):
        return name.rsplit("(", 1)[1][:-1]
    return name.removesuffix(" therapy")
