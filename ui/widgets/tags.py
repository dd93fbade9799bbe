"""Tags as words with commas, and kinds of psychotherapy as chips."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from journal.records import MODALITIES
from ui import words
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.fields import LineEdit
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label, tip

_KNOWN = dict(MODALITIES)
_LONG = 30  # characters on a chip

_OFFERED = 8  # tags used before


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
        self._flow = flow
        for code, name in MODALITIES:
            self._add_chip(code, name)
        inside.addWidget(holder)
        self.own = LineEdit()
        self.own.setPlaceholderText("Another kind, in your own words, then Enter")
        self.own.setAccessibleName("Another kind of therapy, in your own words")
        self.own.textEdited.connect(self._on_edited)
        self.own.returnPressed.connect(self._on_own)
        inside.addWidget(self.own)
        body.addWidget(self._therapy)
        body.addWidget(self.words)
        self._used = QWidget()
        self._used_flow = FlowLayout(self._used)
        self._used.hide()
        body.addWidget(self._used)
        self._tags: tuple[str, ...] = ()
        self._codes: tuple[str, ...] = ()

    def set_values(self, tags: tuple[str, ...], modalities: tuple[str, ...], *, therapy: bool) -> None:
        """Show these; `therapy` whether kinds of therapy are asked for."""
        self._tags, self._codes = tags, modalities
        self.words.set_value(", ".join(tags))
        self.own.set_value("")
        for code in [code for code in self._chips if code not in _KNOWN]:
            self._drop_chip(code)
        for code in modalities:
            if code.strip() and code not in self._chips:
                self._add_chip(code, code)
        for code, chip in self._chips.items():
            chip.setChecked(code in modalities)
        self._therapy.setVisible(therapy)

    def offer(self, used: Sequence[str]) -> None:
        """Tags that were used before, to be added by a press."""
        while self._used_flow.count():
            made = self._used_flow.takeAt(0).widget()
            made.hide()
            made.deleteLater()
        for tag in used[:_OFFERED]:
            chip = button(self._theme, _seen(tag), partial(self._on_used, tag), kind="quiet", icon_name="plus")
            chip.setAccessibleName(f"Add the tag “{tag}”")
            self._used_flow.addWidget(chip)
        self._used.setVisible(bool(used))

    def _on_used(self, tag: str, _on: bool = False) -> None:
        tags = self.tags()
        if tag not in tags:
            self.words.set_value(", ".join((*tags, tag)))
            self.edited.emit()

    def tags(self) -> tuple[str, ...]:
        """The tags, each once, in the order they were typed. Those that were there before stay as they were."""
        typed = self.words.value()
        if typed == ", ".join(self._tags):
            return self._tags
        known = {tag.strip(): tag for tag in self._tags}
        words = (word.strip() for word in typed.split(","))
        return tuple(dict.fromkeys(tag for word in words if (tag := known.get(word) or word.lstrip("#@"))))

    def modalities(self) -> tuple[str, ...]:
        """Codes of chosen kinds of therapy, and own words for others, also those not entered yet."""
        chosen = [code for code, chip in self._chips.items() if chip.isChecked()]
        chosen += [code for code in self._codes if code not in self._chips]
        typed = self._typed()
        if typed and typed not in chosen:
            chosen.append(typed)
        return self._codes if set(chosen) == set(self._codes) else tuple(chosen)

    def _add_chip(self, code: str, name: str) -> QPushButton:
        known = code in _KNOWN
        chip = button(self._theme, _short(name) if known else _seen(name), self._on_edited, kind="chip")
        chip.setToolTip(tip(name))
        chip.setAccessibleName(name)
        self._chips[code] = chip
        self._flow.addWidget(chip)
        return chip

    def _drop_chip(self, code: str) -> None:
        chip = self._chips.pop(code)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _typed(self) -> str:
        """What is typed for another kind: its code, where it is the name of one that has a chip."""
        typed = " ".join(self.own.value().split())
        names = {alias.casefold(): code for code, name in MODALITIES for alias in (code, name, _short(name))}
        return names.get(typed.casefold(), typed)

    @Slot()
    def _on_own(self) -> None:
        """Make a chip of the kind that was typed."""
        typed = self._typed()
        if typed:
            chip = self._chips.get(typed) or self._add_chip(typed, typed)
            chip.setChecked(True)
            self.own.set_value("")
            self._flow.invalidate()
            self.edited.emit()

    @Slot()
    def _on_edited(self) -> None:
        self.edited.emit()


def _seen(name: str) -> str:
    """Own words on a chip: one short line of them, an ampersand as it is."""
    line = words.file_name(name)
    return (line if len(line) <= _LONG else f"{line[:_LONG]}…").replace("&", "&&")


def _short(name: str) -> str:
    """ "CBT" of "Cognitive behavioural therapy (CBT)", else the name without "therapy"."""
    if name.endswith(")"):
        return name.rsplit("(", 1)[1][:-1]
    return name.removesuffix(" therapy")
