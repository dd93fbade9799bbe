"""Since last time: what a share brought beside those before it, on one card, and the chart below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from journal.service.clients import Shared
from journal.share.blocks import BLANK
from journal.share.digest import Digest, ScaleLine, counts_at
from journal.share.parts import SharedHard, SharedScale
from journal.share.payload import Payload
from journal.share.render_parts import HOW_HARD, STEPS, STRENGTHS, number_text, total_text
from ui import words
from ui.review import phrases
from ui.review.checkins_chart import CheckInsChart
from ui.theme import Theme
from ui.widgets.cards import GAP, card
from ui.widgets.labels import label

TITLE = "Since last time"
FIRST = "The first share"
UNREAD = (
    "This share cannot be read here: a later version of the program made it, or it was damaged before it came into "
    "this journal. It stays as it is."
)
_SCALES = "Totals as they were shared. A difference is the later total less the earlier one, and says no more."
_STILL = "Without an end in this share. They may be gone, too: then nobody noted it."


class SinceView(QWidget):
    """The card of one share, for reading only."""

    def __init__(self, theme: Theme, shared: Shared) -> None:
        super().__init__()
        self._theme = theme
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(GAP["l"])
        payload, found = shared.payload, shared.digest
        if payload.talk_about.strip():
            frame, inside = card("accent-card", spacing=GAP["s"])
            inside.addWidget(label("What they want to talk about", "eyebrow"))
            inside.addWidget(label(payload.talk_about, "lead"))
            body.addWidget(frame)
        self._frame, self._inside = card(padding=GAP["xl"], spacing=GAP["m"])
        self._frame.setAccessibleName(title(found))
        body.addWidget(self._frame)
        self._inside.addWidget(label(title(found), "title"))
        self._inside.addWidget(label(when(shared)))
        self._inside.addWidget(label(brought(shared)))
        if found.talk:
            self._part("Hard moments they want to talk about")
            for moment in found.talk:
                self._inside.addWidget(label(hard_line(moment, payload)))
                if moment.note.strip():
                    self._inside.addWidget(label(moment.note, "muted"))
        if found.scales:
            self._part("Questionnaires")
            self._inside.addLayout(_scales(found.scales))
            self._inside.addWidget(label(_SCALES, "small"))
        if found.steps:
            self._part("New about medicines")
            for medicine, step in found.steps:
                dose = f", {step.dose}" if step.dose.strip() else ""
                told = f"{medicine.name}: {STEPS[step.kind]} {phrases.day(step.day, payload.dates)}{dose}"
                self._inside.addWidget(label(told))
        if found.still:
            self._part("Side effects without an end")
            for effect in found.still:
                strength = f", {STRENGTHS[effect.strength]}" if effect.strength is not None else ""
                told = f"{effect.what}{strength}, since {phrases.day(effect.day, payload.dates)}"
                self._inside.addWidget(label(told))
            self._inside.addWidget(label(_STILL, "small"))
        if payload.checkins:
            body.addWidget(CheckInsChart(theme, payload))
        body.addWidget(_cover(shared))

    def _part(self, name: str) -> None:
        head = label(name, "eyebrow")
        head.setContentsMargins(0, GAP["s"], 0, 0)
        self._inside.addWidget(head)


def title(found: Digest) -> str:
    """What the card is called."""
    return FIRST if found.days_since is None else TITLE


def when(shared: Shared) -> str:
    """When the share was made, and how many days after the one before it."""
    made, days = words.date_long(shared.payload.made), shared.digest.days_since
    if days is None:
        return f"Made on {made}. There is no share before it."
    between = "on the same day as" if days == 0 else f"{words.counted(days, 'day', 'days')} after"
    return f"Made on {made}, {between} the share before it."


def brought(shared: Shared) -> str:
    """What is new in it: "New in it: 1 session, 2 check-ins."."""
    if shared.unread:
        return UNREAD
    counts = counts_at(shared.payload, shared.digest.new)
    if not counts:
        return "Nothing in it that was not in an earlier share."
    return f"New in it: {phrases.counted(counts)}."


def hard_line(moment: SharedHard, payload: Payload) -> str:
    """A hard moment in a line: its day, how hard, and its session."""
    parts = [phrases.day(moment.day, payload.dates), HOW_HARD[moment.how]]
    if moment.session is not None:
        parts.append(phrases.session_name(payload.sessions[moment.session], payload.dates))
    return ", ".join(parts)


def scale_cells(line: ScaleLine) -> tuple[str, ...]:
    """A questionnaire's row: its name, the first total, that of the last visit, now, and the two differences."""
    return (
        line.title,
        _total(line.first),
        BLANK if line.before is None else _total(line.before),
        _total(line.last),
        _change(line.since_first),
        _change(line.since_before),
    )


def _scales(lines: tuple[ScaleLine, ...]) -> QGridLayout:
    """A row a questionnaire; a total's day stands below it."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP["m"])
    grid.setVerticalSpacing(GAP["xs"])
    heads = ("", "First", "Last visit", "Now", "Since first", "Since last visit")
    for column, text in enumerate(heads):
        grid.addWidget(label(text, "muted"), 0, column, Qt.AlignmentFlag.AlignBottom)
        grid.setColumnStretch(column, 1)
    for row, line in enumerate(lines, start=1):
        for column, text in enumerate(scale_cells(line)):
            grid.addWidget(label(text, "muted" if text == BLANK else ""), row, column, Qt.AlignmentFlag.AlignTop)
    return grid


def _total(scale: SharedScale) -> str:
    return f"{total_text(scale)}\n{words.date_no_year(scale.day)}"


def _change(difference: float | None) -> str:
    if difference is None:
        return BLANK
    return f"+{number_text(difference)}" if difference > 0 else number_text(difference).replace("-", "−")


def _cover(shared: Shared) -> QWidget:
    """Where the share came from, what it covers, and what was left out."""
    payload = shared.payload
    frame, inside = card("well", spacing=GAP["s"])
    frame.setAccessibleName("About this share")
    inside.addWidget(label("About this share", "eyebrow"))
    sender = f"From {payload.sender}" if payload.sender else "From someone who gave no name"
    inside.addWidget(label(f"{sender}, for {payload.to}." if payload.to else f"{sender}."))
    if period := phrases.period(payload):
        inside.addWidget(label(f"It covers {period}. In it: {phrases.contents(payload)}."))
    if left := phrases.left_out(payload):
        inside.addWidget(label(left, "muted"))
    inside.addWidget(label(f"Kept here since {words.day_short(shared.received.received)}.", "muted"))
    if shared.received.maker:
        inside.addWidget(label(shared.received.maker, "muted"))
    inside.addWidget(label(phrases.EXCERPT, "small"))
    return frame
