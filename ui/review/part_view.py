"""The parts of a share: sessions, other texts, other check-ins, and what format 2 added. One is shown at a time."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.share import Dates, Payload, SharedCheckIn, SharedSession
from journal.share.digest import Digest, new_rows
from ui import words
from ui.review import phrases
from ui.review.blocks_view import PARTS, BlocksView
from ui.review.pictures_view import add_pictures
from ui.review.session_view import SessionView, add_checkin_pictures, checkin_table, fresh, writing_view
from ui.theme import Theme
from ui.widgets.cards import GAP, card
from ui.widgets.filled import Filled
from ui.widgets.labels import label
from ui.widgets.stacked import Stacked

# A session by its place in the share, or the name of another part; of a long one, with where the piece begins.
Part = int | str
_LONG = 40  # texts or check-ins in one piece
_NARROW = 600  # px at 100 %: the three kinds of writing may stand side by side from here on, beside other panes


def parts_of(payload: Payload) -> list[tuple[str, Part]]:
    """What there is, and what it is called."""
    parts: list[tuple[str, Part]] = [
        (_session_part(session, payload), place) for place, session in enumerate(payload.sessions)
    ]
    parts += _pieces("Other texts", "writings", len(payload.writings))
    parts += _pieces("Other check-ins", "checkins", len(_others(payload)))
    parts.extend((title, name) for name, (title, _) in PARTS.items() if getattr(payload, name))
    return parts


def places_of(payload: Payload) -> dict[Part, frozenset[int]]:
    """Which of the share's entries each part shows, by their places."""
    found: dict[Part, set[int]] = {}
    at = 0
    for place, session in enumerate(payload.sessions):
        end = at + 1 + len(session.writings)
        found[place] = set(range(at, end))
        at = end
    for number in range(len(payload.writings)):
        found.setdefault(_piece("writings", number), set()).add(at)
        at += 1
    others = 0
    for checkin in payload.checkins:
        found.setdefault(_piece("checkins", others) if checkin.session is None else checkin.session, set()).add(at)
        others += checkin.session is None
        at += 1
    for name in PARTS:
        for _ in getattr(payload, name):
            found.setdefault(name, set()).add(at)
            at += 1
    return {part: frozenset(places) for part, places in found.items()}


def part_view(theme: Theme, payload: Payload, part: Part, found: Digest | None = None) -> Filled:
    """One part, for reading only. With `found` it stands beside other panes, and what is new is said to be."""
    beside = {} if found is None else {"wide": _NARROW}
    new, changed = (found.new, found.changed) if found is not None else (frozenset(), frozenset())
    if isinstance(part, int):
        return SessionView(theme, payload, part, new, changed, **beside)
    if part in PARTS:
        rows = new_rows(payload, found).get(part, frozenset()) if found is not None else frozenset()
        return BlocksView(theme, PARTS[part][1](payload), new, rows)
    name, _, begin = part.partition(" ")
    start = int(begin or 0)
    if name == "checkins":
        mine = _others(payload)[start : start + _LONG]
        return CheckInsView(theme, payload, mine, fresh(payload, mine, new))
    return WritingsView(theme, payload, start, new, changed)


class WritingsView(Filled):
    """Texts that belong to no session, from the one with number `start` on."""

    def __init__(
        self, theme: Theme, payload: Payload, start: int, new: frozenset[int], changed: frozenset[int]
    ) -> None:
        super().__init__()
        body = Stacked(self, spacing=GAP["l"])
        first = payload.place_of(len(payload.sessions)) + start
        mine = payload.writings[start : start + _LONG]

        def texts() -> Iterator[QWidget]:
            for at, writing in enumerate(mine, start=first):
                frame, inside = card()
                inside.addWidget(label(words.KIND_NAMES[writing.kind], "eyebrow"))
                news = phrases.news(at, new, changed)
                inside.addWidget(writing_view(theme, writing, at, dates=payload.dates, news=news, held=True))
                add_pictures(theme, inside, payload, at)
                body.addWidget(frame)
                yield frame

        self.fill(texts())


class CheckInsView(Filled):
    """Check-ins that belong to no session."""

    def __init__(
        self, theme: Theme, payload: Payload, mine: tuple[SharedCheckIn, ...], new: tuple[bool, ...]
    ) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["l"])
        body.addWidget(checkin_table(theme, mine, payload, new))
        add_checkin_pictures(theme, body, payload, mine)


def _pieces(title: str, name: str, count: int) -> list[tuple[str, Part]]:
    if count <= _LONG:
        return [(title, name)] if count else []
    starts = range(0, count, _LONG)
    return [(f"{title}, {start + 1} to {min(count, start + _LONG)}", _piece(name, start)) for start in starts]


def _piece(name: str, number: int) -> str:
    """The piece of a part in which the entry with this number stands."""
    start = number - number % _LONG
    return f"{name} {start}" if start else name


def _others(payload: Payload) -> tuple[SharedCheckIn, ...]:
    return tuple(checkin for checkin in payload.checkins if checkin.session is None)


def _session_part(session: SharedSession, payload: Payload) -> str:
    name = phrases.session_name(session, payload.dates)
    if session.number is None or payload.dates is not Dates.DAY:
        return name
    return f"{name} · {phrases.day_within(payload, session.day)}"
