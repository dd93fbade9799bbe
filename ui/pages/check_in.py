"""A check-in: seven sliders, twenty seconds, any of them left alone."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLabel, QWidget

from journal.records import SLIDERS, CheckIn
from journal.service import JournalService, SessionSummary
from journal.windows import LAST, since
from ui import words
from ui.pages.form_page import FormPage, Loaded
from ui.places import Place
from ui.widgets.cards import GAP, Column
from ui.widgets.form import Form
from ui.widgets.labels import label
from ui.widgets.moment_edit import MomentEdit, moment_of
from ui.widgets.slider import RatingSlider

_BESIDE = 600  # px at 100 %
_OWN = "These sliders are this program's own. They are not a validated questionnaire, and nobody scores them."


class CheckInPage(FormPage):
    """The form of one check-in."""

    title = "Check-in"
    record_type = CheckIn
    measure = 680
    kept = "Here are the answers you had begun. They were kept for you."
    nothing = "Move at least one slider. The others can stay as they are."
    removed = "Check-in removed."

    def first_field(self) -> QWidget:
        return self.sliders[0]

    def given(self) -> bool:
        return any(slider.answer is not None for slider in self.sliders) or bool(self.note.value().strip())

    def record(self) -> CheckIn:
        base = self._saved or CheckIn(at=self.when.moment())
        answers = {slider.slider.name: slider.answer for slider in self.sliders}
        return msgspec.structs.replace(
            base, at=self.when.moment(), note=self.note.value(), session=self.session.currentData(), **answers
        )

    @staticmethod
    def more(service: JournalService, place: Place) -> tuple[SessionSummary, ...]:
        return service.sessions()

    def fill(self, shown: CheckIn | None, loaded: Loaded) -> None:
        at = shown.at if shown else moment_of(self.context.clock.now())
        self.when.set_moment(at)
        self.note.set_value(shown.note if shown else "")
        for slider in self.sliders:
            slider.set_answer(getattr(shown, slider.slider.name) if shown else None)
        self._fill_sessions(loaded.more, shown, at.at)

    def _fill_sessions(self, sessions: tuple[SessionSummary, ...], shown: CheckIn | None, at: datetime) -> None:
        self.session.clear()
        self.session.addItem("No session", None)
        chosen = shown.session if shown else self._place.session
        for one in reversed(sessions):
            if one.session.happened or one.eid == chosen:
                self.session.addItem(f"{one.label}, {words.day(one.session.starts)}", one.eid)
                # As long as it may count for the session, it is offered to stand by it.
                near = timedelta(0) <= since(one.session.starts.at, at) <= LAST
                if shown is None and chosen is None and near:
                    chosen = one.eid
        self.session.setCurrentIndex(max(0, self.session.findData(chosen)))
        self._by.setVisible(self.session.count() > 1)

    # -- looks -----------------------------------------------------------------------------------------------------

    def restyle(self) -> None:
        for slider in self.sliders:
            slider.updateGeometry()
            slider.update()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Names beside the sliders where there is room, else above them."""
        scale = self.context.theme.scale / 100
        beside = self.width() >= _BESIDE * scale
        for line, name in zip(self._lines, self._names, strict=True):
            line.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
            name.setFixedWidth(round(140 * scale)) if beside else name.setMinimumWidth(0)
            if not beside:
                name.setMaximumWidth(16_777_215)

    def build(self, column: Column) -> None:
        theme = self.context.theme
        self.heading.setText("How are you, right now?")
        column.body.addWidget(label("Skip whatever you like. A slider you leave alone counts as no answer.", "muted"))
        self.sliders: list[RatingSlider] = []
        self._lines: list[QBoxLayout] = []
        self._names: list[QLabel] = []
        for slider in SLIDERS:
            name = label(slider.title)
            made = RatingSlider(theme, slider)
            made.answered.connect(self._on_edited)
            name.setBuddy(made)
            line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            line.setSpacing(GAP["s"])
            line.addWidget(name, 0, Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(made, 1)
            column.body.addLayout(line)
            self.sliders.append(made)
            self._lines.append(line)
            self._names.append(name)
        form = Form(theme)
        self.note = self.line(form, "A word beside it, if you like")
        self.note.returnPressed.connect(self._on_save)
        self.when = MomentEdit()
        self.when.edited.connect(self._on_edited)
        form.add("When", self.when)
        self.session = QComboBox()
        self.session.activated.connect(self._on_edited)
        self._by = form.add("Which session does it stand by?", self.session)
        column.body.addWidget(form)
        column.body.addWidget(label(_OWN, "small"))
