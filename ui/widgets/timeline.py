"""A course as a quiet line in time: its phases from top to bottom, with the sessions of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from journal.records import CoursePhase, Moment, Phase, Session
from journal.service import SessionSummary, Stretch
from ui import words
from ui.theme import Theme
from ui.widgets.buttons import button
from ui.widgets.cards import GAP
from ui.widgets.labels import label

_LINE = 28  # px at 100 %: the room of the line at the left
_DOT = 5


class StretchView(QWidget):
    """One phase: its name and time, its notes, and a way to each of its sessions. A pause is a broken line."""

    def __init__(
        self,
        theme: Theme,
        stretch: Stretch,
        opened: Callable[..., None],
        now: datetime,
        *,
        above: Stretch | None,
        last: bool,
    ) -> None:
        super().__init__()
        self._now = now
        self._theme, self._stretch, self._above, self._last = theme, stretch, above, last
        self._pause = is_pause(stretch)
        body = QVBoxLayout(self)
        self._body = body
        self._make_room()
        body.setSpacing(GAP["xs"])
        self._name = label(name_of(stretch.phase), "heading")
        self.setAccessibleName(self._name.text())
        body.addWidget(self._name)
        if told := self._told():
            body.addWidget(label(told, "small"))
        if stretch.phase is not None and stretch.phase.notes.strip():
            body.addWidget(label(stretch.phase.notes))
        if stretch.sessions:
            body.addSpacing(GAP["xs"])
            body.addLayout(self._sessions(opened))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._make_room()

    def _make_room(self) -> None:
        """For the line, where one begins to read: margins do not turn by themselves."""
        room, below = self._theme.px(_LINE), 0 if self._last else GAP["xl"]
        if self.isRightToLeft():
            self._body.setContentsMargins(0, 0, room, below)
        else:
            self._body.setContentsMargins(room, 0, 0, below)

    def rename(self, name: str) -> None:
        """Another heading, where there are no phases."""
        self._name.setText(name)
        self.setAccessibleName(name)

    def _told(self) -> str:
        phase = self._stretch.phase
        if phase is None:
            return ""
        parts = [time_of(phase, self._stretch.until, self._now), counted(self._stretch.happened, phase.planned)]
        if self._pause and not self._stretch.happened:
            parts.pop()
        if self._stretch.here:
            parts.insert(0, "now")
        return " · ".join(part for part in parts if part)

    def _sessions(self, opened: Callable[..., None]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP["l"])
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for place, one in enumerate(self._stretch.sessions):
            made = button(self._theme, one.label, partial(opened, one.eid), kind="link")
            made.setAccessibleName(f"{one.label}, {words.day(one.session.starts)}")
            grid.addWidget(made, place, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label(_day_of(one), "muted"), place, 1)
        return grid

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._theme.px(_LINE) / 2 - self._theme.px(4)
        if self.isRightToLeft():
            left = self.width() - left
        middle = self._name.geometry().top() + self._name.fontMetrics().height() / 2
        if self._above is not None:
            painter.setPen(self._pen(broken=is_pause(self._above)))
            painter.drawLine(QPointF(left, 0), QPointF(left, middle))
        end = self.height() if not self._last or self._stretch.sessions else middle
        painter.setPen(self._pen(broken=self._pause))
        painter.drawLine(QPointF(left, middle), QPointF(left, end))
        here = self._stretch.here
        painter.setPen(QPen(self._theme.color("accent" if here else "strong_line"), self._theme.px(2)))
        painter.setBrush(self._theme.color("accent" if here else "paper"))
        painter.drawEllipse(QPointF(left, middle), self._theme.px(_DOT), self._theme.px(_DOT))


    def _pen(self, *, broken: bool) -> QPen:
        pen = QPen(self._theme.color("strong_line"), self._theme.px(2))
        if broken:
            pen.setStyle(Qt.PenStyle.DotLine)
        return pen


def is_pause(stretch: Stretch) -> bool:
    """Whether nothing was meant to happen then."""
    return stretch.phase is not None and stretch.phase.kind is Phase.PAUSE


def name_of(phase: CoursePhase | None) -> str:
    """What a phase is called; what lies in none has no phase."""
    if phase is None:
        return "Outside of the phases"
    return phase.name.strip() or words.PHASE_NAMES[phase.kind]


def counted(done: int, planned: int | None) -> str:
    """ "3 of 6 planned"; without a number how many there were. Nothing is said of what is missing."""
    if planned is None:
        return words.counted(done, "session", "sessions") if done else ""
    if done > planned:
        return f"{words.counted(done, 'session', 'sessions')}, {planned} were planned"
    return f"{done} of {planned} planned"


def time_of(phase: CoursePhase, until: Moment | None, now: datetime) -> str:
    """ "since 3 Mar 2026", "from" where that is still ahead, "3 Mar 2026 to 12 Apr 2026", "until 12 Apr 2026"."""
    began, ended = (words.day_short(at) if at else "" for at in (phase.started, until))
    if began and ended:
        return began if began == ended else f"{began} to {ended}"
    if phase.started is not None and began:
        return f"{'since' if phase.started.at <= now else 'from'} {began}"
    return f"until {ended}" if ended else ""


def _day_of(one: SessionSummary) -> str:
    session: Session = one.session
    return words.day(session.starts) + ("" if session.happened else " · planned")
