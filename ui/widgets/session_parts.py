"""The parts of a session's page: what was written with its day, and the check-ins around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from journal.records import MODALITIES, SLIDERS, CheckIn, IntegrationNote, Moment, Writing
from journal.service import Beside, JournalService, SessionView
from journal.store import Item
from ui import words
from ui.theme import Theme
from ui.widgets.beside import beside
from ui.widgets.buttons import button, tool
from ui.widgets.cards import GAP, card
from ui.widgets.covered import intention
from ui.widgets.labels import label
from ui.widgets.reading import ReadingView

_MODALITY = dict(MODALITIES)
_COLUMNS = 6  # check-ins side by side at 100 %


def entry(
    theme: Theme,
    item: Item,
    starts: Moment,
    opened: Callable[..., None],
    files: int = 0,
    brings: Callable[..., None] | None = None,
    found: Sequence[Beside] = (),
) -> QWidget:
    """Something written, with its day seen from the session. `opened` and `brings` (to therapy) are called with the
    entry's id. `found` are comments that came back on it: the words they are about are marked."""
    record = item.record
    assert isinstance(record, Writing)
    frame, inside = card(spacing=GAP["xs"])
    head = QGridLayout()
    head.setColumnStretch(0, 1)
    when = f"{words.day_and_time(record.at)} · {words.ago(starts, record.at)}"
    head.addWidget(label(when, "small"), 0, 0)
    name = record.title or words.KIND_NAMES[record.kind]
    edit = tool(theme, f"Go on writing: {name[:40]}", "pencil-line", partial(opened, item.eid, record.kind))
    if brings is not None:
        bring = tool(theme, f"To therapy: {name[:40]}", "chats", partial(brings, item.eid))
        head.addWidget(bring, 0, 1, Qt.AlignmentFlag.AlignTop)
    head.addWidget(edit, 0, 2, Qt.AlignmentFlag.AlignTop)
    inside.addLayout(head)
    if record.title:
        inside.addWidget(label(record.title, "heading"))
    reading = ReadingView(theme)
    reading.setAccessibleName(name)
    reading.show_text(record.text, record.marks)
    inside.addWidget(reading)
    about = [view for one in found for view in one.comments if view.comment.field == "text"]
    reading.mark_passages(view.at for view in about if view.at is not None)
    modalities = record.modalities if isinstance(record, IntegrationNote) else ()
    tags = [*(_MODALITY.get(code, code) for code in modalities), *record.tags]
    if tags:
        inside.addWidget(label(" · ".join(tags), "small"))
    if files:
        text = words.counted(files, "file", "files")
        open_ = partial(opened, item.eid, record.kind)
        lead = button(theme, text, open_, kind="link", icon_name="paperclip")
        lead.setAccessibleName(f"{text} of {name}")
        inside.addWidget(lead, 0, Qt.AlignmentFlag.AlignLeft)
    if item.heads > 1:
        inside.addWidget(label(words.ON_TWO_COMPUTERS, "small"))
        both = button(theme, "See both", partial(opened, item.eid, record.kind), kind="link")
        inside.addWidget(both, 0, Qt.AlignmentFlag.AlignLeft)
    if found:
        inside.addWidget(beside(theme, found))
    return frame


def comments(service: JournalService, view: SessionView) -> dict[str, tuple[Beside, ...]]:
    """The comments that came back on a session and on what was written about it, by the entry's id."""
    about = (view.item, *view.intentions, *view.experiences, *view.notes)
    return {item.eid: service.replies_beside(item.eid) for item in about}


def intentions(theme: Theme, items: Sequence[Item]) -> QWidget:
    """What was intended, to stand beside what came after."""
    holder = QWidget()
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(GAP["l"])
    for item in items:
        assert isinstance(item.record, Writing)
        body.addWidget(intention(theme, item.record))
    return holder


def by_day(items: Sequence[Item], starts: Moment) -> list[tuple[str, list[Item]]]:
    """Entries by their day seen from the session: "A day after", "3 days after"."""
    found: dict[str, list[Item]] = {}
    for item in items:
        assert isinstance(item.record, Writing)
        day = words.ago(starts, item.record.at)
        found.setdefault(f"{day[0].upper()}{day[1:]}", []).append(item)
    return list(found.items())


def nothing_yet(theme: Theme, text: str, action: str, clicked: Callable[..., None]) -> QWidget:
    """What belongs here, and the one step to it."""
    frame, inside = card("well", spacing=GAP["s"])
    inside.addWidget(label(text, "muted"))
    inside.addWidget(button(theme, action, clicked), 0, Qt.AlignmentFlag.AlignLeft)
    return frame


def columns(theme: Theme) -> int:
    """How many check-ins stand side by side."""
    return max(2, _COLUMNS * 100 // theme.scale)


def check_ins(theme: Theme, checkins: Sequence[Item], starts: Moment) -> QWidget:
    """Check-ins around a session as a small table; a dash where there is no answer."""
    holder = QWidget()
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(GAP["l"])
    wide = columns(theme)
    for start in range(0, len(checkins), wide):
        body.addLayout(_table(checkins[start : start + wide], starts))
    return holder


def _table(checkins: Sequence[Item], starts: Moment) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP["m"])
    grid.setVerticalSpacing(GAP["xs"])
    records = [item.record for item in checkins if isinstance(item.record, CheckIn)]
    for column, record in enumerate(records, start=1):
        head = label(since(starts, record.at), "small")
        head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        head.setToolTip(words.day_and_time(record.at))
        grid.addWidget(head, 0, column)
        grid.setColumnStretch(column, 1)
    line = 1
    for slider in SLIDERS:
        answers = [getattr(record, slider.name) for record in records]
        if all(answer is None for answer in answers):
            continue
        grid.addWidget(label(slider.title, wrap=False), line, 0)
        for column, answer in enumerate(answers, start=1):
            cell = label("–" if answer is None else str(answer), "muted" if answer is None else "", wrap=False)
            cell.setAlignment(Qt.AlignmentFlag.AlignCenter)
            cell.setAccessibleName(f"{slider.title}: {'no answer' if answer is None else answer}")
            grid.addWidget(cell, line, column)
        line += 1
    return grid


def since(starts: Moment, at: Moment) -> str:
    """How long after a session: "4 h", "1 day", "7 days"; "before" ahead of it."""
    hours = (at.at - starts.at).total_seconds() / 3600
    if hours < 0:
        return "before"
    if hours < 12:
        return f"{round(hours)} h"
    days = max(1, round(hours / 24))
    return "1 day" if days == 1 else f"{days} days"
