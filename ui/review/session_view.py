"""One shared session: what was told of it, the three kinds of writing side by side, the check-ins around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from journal.share import Dates, Payload, SharedCheckIn, SharedWriting
from journal.share.blocks import clock_text
from ui import words
from ui.review import numbers, phrases
from ui.review.long import said
from ui.review.pictures_view import add_pictures
from ui.theme import Theme
from ui.widgets.cards import GAP, card
from ui.widgets.filled import Filled
from ui.widgets.labels import label
from ui.widgets.reading import ReadingView
from ui.widgets.reading_table import ReadingTable
from ui.widgets.session_parts import columns

_COLUMNS = (
    ("Intention", "intentions", "No intention in this share."),
    ("Experience", "experiences", "No experience in this share."),
    ("Integration", "integrations", "No integration notes in this share."),
)
_SIDE_BY_SIDE = 900  # px at 100 %: below this the three stand one under the other


class SessionView(Filled):
    """A session of a share, for reading only. What stands at the places of `new` is said to be new, or `changed`.

    `wide`: px at 100 % from which on the three kinds of writing stand side by side.
    """

    def __init__(
        self,
        theme: Theme,
        payload: Payload,
        place: int,
        new: frozenset[int] = frozenset(),
        changed: frozenset[int] = frozenset(),
        wide: int = _SIDE_BY_SIDE,
    ) -> None:
        super().__init__()
        self._theme, self._new, self._changed, self._wide = theme, new, changed, wide
        session = payload.sessions[place]
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["l"])
        body.addWidget(label(phrases.session_name(session, payload.dates), "title"))
        body.addLayout(_facts(theme, payload, place))
        add_pictures(theme, body, payload, payload.place_of(place))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(GAP["l"])
        insides = []
        for title, _, _ in _COLUMNS:
            frame, inside = card(spacing=GAP["m"])
            frame.setAccessibleName(title)
            inside.addWidget(label(title, "eyebrow"))
            inside.addStretch(1)
            insides.append(inside)
            self._columns.addWidget(frame, 1)
        body.addLayout(self._columns)
        self.fill(self._parts(payload, place, insides, body))

    def _parts(
        self, payload: Payload, place: int, insides: list[QVBoxLayout], body: QVBoxLayout
    ) -> Iterator[QWidget]:
        session = payload.sessions[place]
        at = payload.place_of(place) + 1
        for (_, name, none), inside in zip(_COLUMNS, insides, strict=True):
            for writing in getattr(session, name):
                news = phrases.news(at, self._new, self._changed)
                made = writing_view(self._theme, writing, at, session.day, payload.dates, news=news, held=True)
                inside.insertWidget(inside.count() - 1, made)
                holder = QVBoxLayout()
                inside.insertLayout(inside.count() - 1, holder)
                add_pictures(self._theme, holder, payload, at)
                at += 1
                yield made
            if not getattr(session, name):
                inside.insertWidget(inside.count() - 1, label(none, "muted"))
        mine = tuple(checkin for checkin in payload.checkins if checkin.session == place)
        if mine:
            table = checkin_table(self._theme, mine, payload, fresh(payload, mine, self._new))
            body.addWidget(table)
            add_checkin_pictures(self._theme, body, payload, mine)
            yield table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= self._wide * self._theme.scale / 100
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)


def fresh(payload: Payload, checkins: tuple[SharedCheckIn, ...], new: frozenset[int]) -> tuple[bool, ...]:
    """Which of these check-ins stand at a place of `new`."""
    first = payload.place_of(len(payload.sessions)) + len(payload.writings)
    places = {id(checkin): place for place, checkin in enumerate(payload.checkins, start=first)}
    return tuple(places[id(checkin)] in new for checkin in checkins)


def add_checkin_pictures(
    theme: Theme, body: QBoxLayout, payload: Payload, checkins: tuple[SharedCheckIn, ...]
) -> None:
    """The pictures of these check-ins, each check-in's under when it was."""
    first = payload.place_of(len(payload.sessions)) + len(payload.writings)
    wanted = {id(checkin) for checkin in checkins}
    for place, checkin in enumerate(payload.checkins, start=first):
        if id(checkin) in wanted and payload.pictures_at(place):
            when = _when(checkin, payload).replace("\n", ", ")
            body.addWidget(label(f"Beside the check-in of {when}", "eyebrow"))
            add_pictures(theme, body, payload, place)


def writing_view(
    theme: Theme,
    writing: SharedWriting,
    place: int,
    session_day: date | None = None,
    dates: Dates = Dates.DAY,
    *,
    news: str = "",
    held: bool = False,
) -> QWidget:
    """A shared text with its title and day. `place`: where it stands among the share's entries; `news`: the word
    above it, where it is new or changed; `held`: the text itself comes in later."""
    holder = QWidget()
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, 0, 0, GAP["s"])
    body.setSpacing(GAP["xs"])
    if news:
        body.addWidget(label(news, "eyebrow"))
    body.addWidget(label(phrases.writing_day(writing, session_day, dates), "small"))
    if writing.title:
        body.addWidget(label(writing.title, "heading"))
    reading = ReadingView(theme)
    reading.setAccessibleName(writing.title or words.KIND_NAMES[writing.kind])
    reading.spot = (place, "text")
    (reading.hold_text if held else reading.show_text)(writing.text, writing.marks)
    body.addWidget(reading)
    tags = phrases.writing_tags(writing)
    if tags:
        body.addWidget(said(theme, tags, "small"))
    return holder


def checkin_table(
    theme: Theme, checkins: tuple[SharedCheckIn, ...], payload: Payload, new: tuple[bool, ...] = ()
) -> QWidget:
    """Check-ins as a small table that wraps into further tables when there are many. `new`: which are said to be."""
    frame, inside = card(spacing=GAP["m"])
    frame.setAccessibleName("Check-ins")
    inside.addWidget(label("Check-ins", "eyebrow"))
    wide = columns(theme)
    for start in range(0, len(checkins), wide):
        some = checkins[start : start + wide]
        heads = [
            f"{phrases.NEW}\n{_when(one, payload)}" if is_new else _when(one, payload)
            for one, is_new in zip(some, new[start : start + wide] or [False] * len(some), strict=True)
        ]
        inside.addWidget(ReadingTable(theme, (("", *heads), *numbers.table(some)), centred=True, name="Check-ins"))
    for checkin in checkins:
        if checkin.note:
            inside.addWidget(label(f"{_when(checkin, payload)}: {checkin.note}"))
    own = "0 to 10, answered in the moment. The sliders are the program's own and not a validated questionnaire."
    inside.addWidget(label(own, "small"))
    return frame


def _when(checkin: SharedCheckIn, payload: Payload) -> str:
    day = phrases.day_within(payload, checkin.day)
    if checkin.at is not None:
        day = f"{day}, {clock_text(checkin.at)}"
    return f"{day}\n{words.WINDOW_NAMES[checkin.window]}" if checkin.window else day


def _facts(theme: Theme, payload: Payload, place: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP["l"])
    grid.setVerticalSpacing(GAP["xs"])
    grid.setColumnStretch(1, 1)
    for row, (name, text) in enumerate(phrases.session_facts(payload, place)):
        grid.addWidget(label(name, "muted", wrap=False), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said(theme, text), row, 1)
    return grid
