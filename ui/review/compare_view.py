"""Two sessions of a client side by side: what was told of them, what was written, and the check-ins by window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QVBoxLayout, QWidget

from journal.records import SLIDERS
from journal.service.clients import ClientReview
from journal.share import Payload, SharedSession, Window
from journal.share.blocks import BLANK
from ui import words
from ui.review import phrases
from ui.review.contents import key_of
from ui.review.pictures_view import add_pictures
from ui.review.session_view import writing_view
from ui.theme import Theme
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label

_KINDS = (("Intention", "intentions"), ("Experience", "experiences"), ("Integration", "integrations"))
_NONE = "Nothing of this in the share."
_NOTE = "Answered in the moment, 0 to 10. Several answers in one window stand one after the other."
_SIDE_BY_SIDE = 600  # px at 100 %: below this the two stand one under the other


class Choice(msgspec.Struct, frozen=True):
    """A session that can be chosen: its key, what it is called, and where it stands. `also`: keys of the same session
    in older shares, where it stands word for word."""

    key: str
    name: str
    payload: Payload
    place: int
    also: frozenset[str] = frozenset()

    @property
    def session(self) -> SharedSession:
        return self.payload.sessions[self.place]


def choices(review: ClientReview) -> tuple[Choice, ...]:
    """Every session of every share, those of the newest share first; one that says the same in several, once.

    A session that was told otherwise before is named with its share.
    """
    found: list[Choice] = []
    for shared in reversed(review.shares):
        for place, session in enumerate(shared.payload.sessions):
            key, around = key_of(shared.eid, place), _around(shared.payload, place)
            for number, one in enumerate(found):
                if one.session == session and _around(one.payload, one.place) == around:
                    found[number] = msgspec.structs.replace(one, also=one.also | {key})
                    break
            else:
                name = name_of(shared.payload, place)
                if any(one.name == name for one in found):
                    name = f"{name}, in the share of {words.date_long(shared.received.made)}"
                found.append(Choice(key, name, shared.payload, place))
    return tuple(found)


def two_of(some: Sequence[Choice], one: Choice | None = None) -> list[Choice]:
    """The two to begin with, the earlier one first: this one and that before it, else after it; else the newest two
    that happened. As many as there are, where there are fewer."""
    if one is None:
        happened = [choice for choice in some if choice.session.happened]
        one = max(happened or some, key=_time, default=None)
    if one is None:
        return []
    others = [choice for choice in some if _time(choice) != _time(one)] or [
        choice for choice in some if choice.key != one.key
    ]
    before = [choice for choice in others if _time(choice) < _time(one)]
    # Of one session told twice, the newer share's: it stands first, and the first of several is taken.
    beside = max(before, key=_time) if before else min(others, key=_time, default=None)
    return sorted([one, beside], key=_time) if beside is not None else [one]


def _time(choice: Choice) -> tuple[date, int, int]:
    """Where a session stands in time: two of one month or week by their numbers, else as they stand in the share."""
    session = choice.session
    return (session.day, session.number or 0, 0 if session.number is not None else choice.place)


def _around(payload: Payload, place: int) -> tuple[object, ...]:
    """What is shown of a session beside itself: check-ins, readings, doses; without its place in the share."""
    groups = (payload.checkins, payload.readings, payload.doses)
    mine = [one for group in groups for one in group if one.session == place]
    return (payload.dates, *(msgspec.structs.replace(one, session=0) for one in mine))


def name_of(payload: Payload, place: int) -> str:
    """A session by its number, where it has one, and its day."""
    session = payload.sessions[place]
    name = phrases.session_name(session, payload.dates)
    return name if session.number is None else f"{name} · {phrases.day(session.day, payload.dates)}"


def by_window(choice: Choice) -> dict[Window, dict[str, str]]:
    """The answers around a session: by window, then by slider. Several stand one after the other."""
    found: dict[Window, dict[str, list[str]]] = {}
    for checkin in choice.payload.checkins:
        if checkin.session != choice.place or checkin.window is None:
            continue
        answers = found.setdefault(checkin.window, {})
        for slider, value in zip(SLIDERS, checkin.values, strict=True):
            if value is not None:
                answers.setdefault(slider.title, []).append(str(value))
    return {window: {name: ", ".join(said) for name, said in answers.items()} for window, answers in found.items()}


class CompareView(QWidget):
    """The two, for reading only."""

    def __init__(self, theme: Theme, one: Choice, other: Choice) -> None:
        super().__init__()
        self._theme = theme
        self._pairs: list[QBoxLayout] = []
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["l"])
        both = (one, other)
        self._pair(body, [self._facts(choice) for choice in both])
        for title, name in _KINDS:
            if any(getattr(choice.session, name) for choice in both):
                self._pair(body, [self._writings(choice, title, name) for choice in both])
        windows = [by_window(choice) for choice in both]
        if any(windows):
            body.addWidget(self._checkins(both, windows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _SIDE_BY_SIDE * self._theme.scale / 100
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            if pair.direction() != direction:
                pair.setDirection(direction)

    def _pair(self, body: QVBoxLayout, widgets: Sequence[QWidget]) -> None:
        pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(GAP["l"])
        for made in widgets:
            pair.addWidget(made, 1)
        body.addLayout(pair)
        self._pairs.append(pair)

    def _facts(self, choice: Choice) -> QFrame:
        frame, inside = card(spacing=GAP["s"])
        name = name_of(choice.payload, choice.place)
        frame.setAccessibleName(name)
        inside.addWidget(label(name, "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP["l"])
        grid.setVerticalSpacing(GAP["xs"])
        grid.setColumnStretch(1, 1)
        for row, (fact, text) in enumerate(phrases.session_facts(choice.payload, choice.place)):
            grid.addWidget(label(fact, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(text), row, 1)
        inside.addLayout(grid)
        inside.addStretch(1)
        return frame

    def _writings(self, choice: Choice, title: str, name: str) -> QFrame:
        session, payload = choice.session, choice.payload
        frame, inside = card(spacing=GAP["m"])
        frame.setAccessibleName(f"{title}, {phrases.session_name(session, payload.dates)}")
        inside.addWidget(label(title, "eyebrow"))
        writings = getattr(session, name)
        first = payload.place_of(choice.place) + 1 + session.writings.index(writings[0]) if writings else 0
        for at, writing in enumerate(writings, start=first):
            inside.addWidget(writing_view(self._theme, writing, at, session.day, payload.dates))
            add_pictures(self._theme, inside, payload, at)
        if not writings:
            inside.addWidget(label(_NONE, "muted"))
        inside.addStretch(1)
        return frame

    def _checkins(self, both: Sequence[Choice], windows: Sequence[dict[Window, dict[str, str]]]) -> QFrame:
        frame, inside = card(spacing=GAP["m"])
        frame.setAccessibleName("Check-ins by window")
        inside.addWidget(label("Check-ins by window", "eyebrow"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP["l"])
        grid.setVerticalSpacing(GAP["xs"])
        for column, choice in enumerate(both, start=1):
            grid.addWidget(label(phrases.session_name(choice.session, choice.payload.dates), "muted"), 0, column)
            grid.setColumnStretch(column, 1)
        row = 1
        for window in Window:
            answers = [found.get(window, {}) for found in windows]
            names = [slider.title for slider in SLIDERS if any(slider.title in one for one in answers)]
            if not names:
                continue
            head = label(words.WINDOW_NAMES[window], "eyebrow")
            head.setContentsMargins(0, GAP["s"], 0, 0)
            grid.addWidget(head, row, 0, 1, 3)
            row += 1
            for name in names:
                grid.addWidget(label(name, wrap=False), row, 0)
                for column, one in enumerate(answers, start=1):
                    text = one.get(name, BLANK)
                    grid.addWidget(label(text, "muted" if text == BLANK else ""), row, column)
                row += 1
        inside.addLayout(grid)
        inside.addWidget(label(_NOTE, "small"))
        return frame
