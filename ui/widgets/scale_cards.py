"""A questionnaire on the page of questionnaires: in use with what was answered, or one that could be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from journal.scales import Pack
from journal.service import Answered
from ui import scale_words, words
from ui.theme import Theme
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

SHOWN = 6  # answers of before, until all are asked for
HEAVY = (
    "Its questions are about a very stressful experience, and reading them can be hard. It is never offered by "
    "itself, and you can stop at any question."
)
EVERY = "All of them, in the journey"


def opening(theme: Theme, text: str, clicked: Callable[..., None]) -> QWidget:
    """A line, and beside it the button that opens what it tells of."""
    holder = QWidget()
    across = QHBoxLayout(holder)
    across.setContentsMargins(0, 0, 0, 0)
    across.addWidget(label(text), 1)
    across.addWidget(tool(theme, f"Open: {text[:60]}", "arrow-right", clicked), 0, Qt.AlignmentFlag.AlignTop)
    return holder


class ScaleCard(QFrame):
    """One questionnaire.

    `other`: one that can stand in its place, or that it stands in for.

    Signals:
        wants(str, str): what was pressed (answer, use, unuse, change, remove, shorter, longer, all), and its id.
        opens(str): show these answers (their id).
    """

    wants = Signal(str, str)
    opens = Signal(str)

    def __init__(
        self,
        theme: Theme,
        pack: Pack,
        *,
        used: bool,
        answered: Sequence[Answered] = (),
        draft: bool = False,
        other: Pack | None = None,
        brought: bool = False,
        own: bool = False,
        read_only: bool = False,
    ) -> None:
        super().__init__()
        self._theme, self.pack = theme, pack
        self.setProperty("role", "card" if used else "well")
        self.setAccessibleName(pack.title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(GAP["l"], GAP["l"], GAP["l"], GAP["l"])
        self.body.setSpacing(GAP["s"])
        self.body.addWidget(label(pack.title, "heading"))
        if pack.about or pack.name:
            self.body.addWidget(label(pack.about or pack.name, "muted"))
        if pack.sensitive and not used:
            self.body.addWidget(label(HEAVY))
        self.last = label(_last(answered[0], pack)) if answered else None
        if self.last is not None:
            self.body.addWidget(self.last)
        self._make_buttons(used, draft, brought, own, read_only)
        self.shorter: QCheckBox | None = None
        if used and other is not None and not read_only:
            self._make_shorter(other)
        self._earlier = self._make_earlier(answered)
        self._about = label(scale_words.licence(pack), "small")
        self._about.hide()
        self.body.addWidget(self._earlier)
        self.body.addWidget(self._about)

    def first_field(self) -> QWidget | None:
        """Where the focus goes when one comes to this card."""
        return next(iter(self.findChildren(QPushButton)), None)

    def _make_buttons(self, used: bool, draft: bool, brought: bool, own: bool, read_only: bool) -> None:
        holder = QWidget()
        flow = FlowLayout(holder)
        name = self.pack.title
        self.answer = self.use = self.earlier = None
        if used and not read_only:
            self.answer = self._button("Go on where you stopped" if draft else "Answer it", "answer")
            flow.addWidget(self.answer)
        if not used and not read_only:
            self.use = self._button("Use it", "use")
            flow.addWidget(self.use)
        if self.last is not None:
            self.earlier = button(self._theme, "What I answered", self._on_earlier, kind="quiet")
            self.earlier.setAccessibleName(f"What I answered: {name}")
            flow.addWidget(self.earlier)
        self.about = button(self._theme, "About, licence", self._on_about, kind="quiet")
        self.about.setAccessibleName(f"About {name}, and its licence")
        flow.addWidget(self.about)
        if own and not read_only:
            flow.addWidget(self._button("Change it", "change", kind="quiet"))
        if used and not read_only:
            flow.addWidget(self._button("Use it no longer", "unuse", kind="quiet"))
        if brought and not read_only:
            flow.addWidget(self._button("Remove it", "remove", kind="quiet"))
        self.body.addWidget(holder)

    def _button(self, text: str, what: str, kind: str = "") -> QPushButton:
        made = button(self._theme, text, partial(self._on_wants, what), kind=kind)
        made.setAccessibleName(f"{text}: {self.pack.title}")
        made.setProperty("does", what)
        return made

    def _make_shorter(self, other: Pack) -> None:
        short = self.pack if self.pack.instead_of else other
        self.shorter = QCheckBox("Ask without the last question")
        self.shorter.setChecked(self.pack is short)
        self.shorter.toggled.connect(self._on_shorter)
        self.body.addWidget(self.shorter)
        _, most = short.range_of(short.scored)
        whole = short.instead_of.upper()
        note = f"It is the {short.title} then: its total goes to {most}, and is not that of the {whole}."
        self.shorter.setAccessibleDescription(note)
        self.body.addWidget(label(note, "small"))

    def _make_earlier(self, answered: Sequence[Answered]) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for one in answered[:SHOWN]:
            text = f"{words.day(one.record.at)}: {scale_words.brief(one.pack, one.score)}"
            if one.record.scale != self.pack.id:
                text += f" ({_called(one)})"
            column.addWidget(opening(self._theme, text, partial(self._on_open, one.eid)))
        if len(answered) > SHOWN:
            more = button(self._theme, EVERY, partial(self._on_wants, "all"), kind="link")
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        holder.hide()
        return holder

    # -- hands -----------------------------------------------------------------------------------------------------

    def _on_wants(self, what: str, *_pressed: object) -> None:
        self.wants.emit(what, self.pack.id)

    def _on_open(self, eid: str, *_pressed: object) -> None:
        self.opens.emit(eid)

    @Slot()
    def _on_earlier(self) -> None:
        self._earlier.setVisible(self._earlier.isHidden())

    @Slot()
    def _on_about(self) -> None:
        self._about.setVisible(self._about.isHidden())

    @Slot(bool)
    def _on_shorter(self, shorter: bool) -> None:
        self.wants.emit("shorter" if shorter else "longer", self.pack.id)


def _called(answered: Answered) -> str:
    return answered.record.title or (answered.pack.title if answered.pack else answered.record.scale)


def _last(answered: Answered, pack: Pack) -> str:
    day = words.day(answered.record.at)
    if answered.pack is None or answered.score is None:
        return f"Last answered {day}."
    which = f" the {_called(answered)}" if answered.record.scale != pack.id else ""
    return f"Last answered{which} {day}. {scale_words.total(answered.pack, answered.score)}"
