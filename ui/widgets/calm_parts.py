"""The parts of landing mode: large, few, and forgiving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui import voice as voices
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.fields import TextArea
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import label

_STILL = 300  # ms


def calm_button(
    theme: Theme, text: str, clicked: Callable[..., Any] | None = None, *, main: bool = False, icon_name: str = ""
) -> QPushButton:
    """A button of at least 64 px."""
    return button(theme, text, clicked, kind="calm-main" if main else "calm", icon_name=icon_name)


def stillness(parent: QObject) -> QTimer:
    """To be started by a tap: a hand that trembles taps twice, and while this runs a tap is meant for nothing."""
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(_STILL)
    return made


def height_of(theme: Theme) -> int:
    """How high the buttons are: words beside them stand in their middle."""
    return max(64, theme.px(52))


def in_order(first: QWidget, area: QWidget, last: QWidget) -> None:
    """Have Tab go from `first` through all that is in `area` to `last`: what is made anew would come at the end."""
    inside = (one for one in area.findChildren(QWidget) if one.window() is area.window())  # no lists that pop up
    parts = [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    for before, after in pairwise([first, *parts, last]):
        QWidget.setTabOrder(before, after)


def in_line(*made: QWidget) -> QWidget:
    """Large buttons beside each other, as far as there is room."""
    holder = QWidget()
    flow = FlowLayout(holder, spacing=GAP["m"])
    for one in made:
        flow.addWidget(one)
    return holder


def foot(next_: QWidget, said: QWidget, width: int) -> QHBoxLayout:
    """What stands below the column of `width` px: the way on, and what is said of keeping."""
    inside = QWidget()
    inside.setMaximumWidth(width + 2 * GAP["xl"])
    across = QHBoxLayout(inside)
    across.setContentsMargins(GAP["xl"], GAP["s"], GAP["xl"], GAP["xl"])
    across.addWidget(next_)
    across.addSpacing(GAP["m"])
    across.addWidget(said, 1)
    middle = QHBoxLayout()
    middle.addStretch(1)
    middle.addWidget(inside, 100)
    middle.addStretch(1)
    return middle


class CalmText(TextArea):
    """A place for a few words."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setProperty("role", "calm")
        self.setAccessibleName(name)
        self.setMinimumHeight(theme.px(140))
        self.setMaximumHeight(theme.px(260))


class Choices(QWidget):
    """A few answers, of which one can be ticked, and unticked by tapping it again later.

    Signals:
        chosen(str): this one is ticked now; "" for none.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, answers: Sequence[tuple[str, str, str]], ticked: str) -> None:
        super().__init__()
        flow = FlowLayout(self, spacing=GAP["m"])
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)  # so that an answer can be taken back
        self._still = stillness(self)
        self._codes: list[str] = []
        self._ticked = ticked
        for number, (code, text, name) in enumerate(answers):
            made = calm_button(theme, text)
            made.setCheckable(True)
            made.setChecked(code == ticked)
            if name:
                made.setAccessibleName(name)
            self._codes.append(code)
            self._group.addButton(made, number)
            flow.addWidget(made)
        self._group.idClicked.connect(self._on_clicked)

    @property
    def ticked(self) -> str:
        return self._ticked

    @Slot(int)
    def _on_clicked(self, number: int) -> None:
        code = self._codes[number]
        if code == self._ticked and self._still.isActive():
            code = self._ticked  # the second tap of one
        elif code == self._ticked:
            code = ""
        self._still.start()
        for place, made in enumerate(self._group.buttons()):
            made.setChecked(self._codes[place] == code)
        if code != self._ticked:
            self._ticked = code
            self.chosen.emit(code)


class VoiceBox(QWidget):
    """Speak, and stop; below it what was said before, to be listened to or taken back.

    Signals:
        said(object): a memo ended; its WAV file as bytes.
        speaking(): a memo is about to begin.
        listen(str), take_back(str): of the memo with this id; `listen` of one that is heard means to stop it.
    """

    said = Signal(object)
    speaking = Signal()
    listen = Signal(str)
    take_back = Signal(str)

    def __init__(self, theme: Theme, recorder: voices.Recorder) -> None:
        super().__init__()
        self._theme, self._recorder = theme, recorder
        self._listen: dict[str, tuple[QPushButton, str]] = {}
        self._heard = ""
        self._still = stillness(self)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["m"])
        self.speak = calm_button(theme, "Speak", self._on_speak, icon_name="microphone")
        self.stop_button = calm_button(theme, "Stop", self.stop, main=True, icon_name="stop")
        body.addWidget(in_line(self.speak, self.stop_button))
        self.loudness = QProgressBar()
        self.loudness.setProperty("role", "loudness")
        self.loudness.setRange(0, 100)
        self.loudness.setTextVisible(False)
        self.loudness.setAccessibleName("How loud it is")
        body.addWidget(self.loudness)
        self.note = label("", "muted")
        body.addWidget(self.note)
        self._memos = QVBoxLayout()
        self._memos.setSpacing(GAP["m"])
        body.addLayout(self._memos)
        recorder.heard.connect(self._on_heard)
        recorder.full.connect(self.stop)
        self._show(running=False)

    def show_memos(self, memos: Sequence[tuple[str, str]]) -> None:
        """What was said before: ids and names."""
        while (item := self._memos.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self._listen.clear()
        for eid, name in memos:
            holder = QWidget()
            flow = FlowLayout(holder, spacing=GAP["m"])
            words = label(name, wrap=False)
            words.setMinimumHeight(height_of(self._theme))
            flow.addWidget(words)
            for text, signal in (("Listen", self.listen), ("Take back", self.take_back)):
                made = calm_button(self._theme, text, partial(self._pass_on, signal, eid))
                made.setAccessibleName(f"{text}: {name}")
                flow.addWidget(made)
                if text == "Listen":
                    self._listen[eid] = made, name
            self._memos.addWidget(holder)
        self.show_heard(self._heard)

    def show_heard(self, eid: str) -> None:
        """This memo is being heard, and can be stopped; "": none is."""
        self._heard = eid
        for one, (made, name) in self._listen.items():
            text = "Stop" if one == eid else "Listen"
            made.setText(text)
            made.setAccessibleName(f"{text}: {name}")

    @Slot()
    def stop(self) -> None:
        """End what is being said, if anything is. What was said so far is kept."""
        if self._recorder.is_running:
            file = self._recorder.stop()
            self._show(running=False)
            if file:
                self.said.emit(file)
            else:
                self.note.setText("Nothing was heard.")

    def _pass_on(self, signal: Any, eid: str, _on: bool = False) -> None:
        if not self._still.isActive():
            self._still.start()
            signal.emit(eid)

    @Slot()
    def _on_speak(self) -> None:
        self.speaking.emit()
        if self._recorder.start():
            self._show(running=True)
            self.stop_button.setFocus()
        else:
            self.note.setText("The microphone cannot be used now. Words can be typed below.")

    @Slot(float)
    def _on_heard(self, loud: float) -> None:
        self.loudness.setValue(round(100 * loud))

    def _show(self, *, running: bool) -> None:
        self.speak.setVisible(not running)
        self.stop_button.setVisible(running)
        self.loudness.setVisible(running)
        self.loudness.setValue(0)
        self.note.setText("It is heard, and stays in this journal." if running else "")
