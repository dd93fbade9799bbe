"""Since last time: what a share brought beside those before it, on one card, and the chart below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal.records.path import Whom
from journal.service.clients import Shared
from journal.share.blocks import BLANK
from journal.share.digest import ScaleLine, counts_at
from journal.share.parts import SharedHard, SharedQuestion, SharedScale
from journal.share.payload import Dates, Payload
from journal.share.render_parts import HOW_HARD, LATER, STEPS, STRENGTHS, number_text, total_text
from ui import words
from ui.review import phrases
from ui.review.checkins_chart import CheckInsChart
from ui.theme import Theme
from ui.widgets.cards import GAP, card
from ui.widgets.filled import Filled
from ui.widgets.labels import label
from ui.widgets.reading_table import ReadingTable

_One = TypeVar("_One", SharedHard, SharedQuestion)
TITLE = "Since last time"
FIRST = "The first share"
UNREAD = (
    "This share cannot be read here: a later version of the program made it, or it was damaged before it came into "
    "this journal. It stays as it is."
)
LATE = "An older share"
_SCALES = "Totals as they were shared. A difference is the later total less the earlier one, and says no more."
_HEADS = ("", "First", "Last share", "Newest", "Since first", "Since last share")
_STILL = "Without an end in this share. They may be gone, too: then nobody noted it."


class SinceView(Filled):
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
        self._frame.setAccessibleName(title(shared))
        body.addWidget(self._frame)
        self._inside.addWidget(label(title(shared), "title"))
        self._inside.addWidget(label(when(shared)))
        self._inside.addWidget(label(brought(shared)))
        talk = [moment for moment in payload.hard if moment.talk]
        if talk:
            self._part("Hard moments they want to talk about")
            for moment, new in _new_first(shared, talk):
                self._inside.addWidget(label(_marked(hard_line(moment, payload), new)))
                if moment.note.strip():
                    self._inside.addWidget(label(moment.note, "muted"))
        open_ = [one for one in payload.questions if one.whom is Whom.THERAPY and not one.asked]
        if open_:
            self._part("Questions for therapy")
            for question, new in _new_first(shared, open_):
                self._inside.addWidget(label(_marked(phrases.day(question.day, payload.dates), new)))
                self._inside.addWidget(label(question.text, "muted"))
        if found.scales:
            self._part("Questionnaires")
            rows = (_HEADS, *(scale_cells(line) for line in found.scales))
            self._inside.addWidget(ReadingTable(theme, rows, name="Questionnaires"))
            self._inside.addWidget(label(_SCALES, "small"))
        if found.steps:
            self._part("New about medicines")
            for medicine, step in found.steps:
                dose = f", {words.apart(step.dose)}" if step.dose.strip() else ""
                day = phrases.day(step.day, payload.dates)
                told = f"{words.apart(medicine.name)}: {STEPS[step.kind]} {day}{dose}"
                self._inside.addWidget(label(told))
        if found.still:
            self._part("Side effects without an end")
            for effect in found.still:
                strength = f", {STRENGTHS[effect.strength]}" if effect.strength is not None else ""
                told = f"{words.apart(effect.what)}{strength}, since {phrases.day(effect.day, payload.dates)}"
                self._inside.addWidget(label(told))
            self._inside.addWidget(label(_STILL, "small"))
        if payload.checkins:
            body.addWidget(CheckInsChart(theme, payload))
        body.addWidget(_cover(shared))

    def _part(self, name: str) -> None:
        head = label(name, "eyebrow")
        head.setContentsMargins(0, GAP["s"], 0, 0)
        self._inside.addWidget(head)


def title(shared: Shared) -> str:
    """What the card is called."""
    if shared.late is not None:
        return LATE
    return FIRST if shared.digest.days_since is None else TITLE


def when(shared: Shared) -> str:
    """When the share was made, and how many days after the one before it, or that a newer one was here already."""
    made, days = words.date_long(shared.payload.made), shared.digest.days_since
    if shared.late is not None:
        return f"Made on {made}. The share of {words.date_long(shared.late)} was here before it."
    if days is None:
        return f"Made on {made}. There is no share before it."
    between = "on the same day as" if days == 0 else f"{words.counted(days, 'day', 'days')} after"
    return f"Made on {made}, {between} the share before it."


def brought(shared: Shared) -> str:
    """What is new in it, and changed: "New in it: 1 session, 2 check-ins. Changed in it: 1 experience."."""
    if shared.unread:
        return UNREAD
    found = shared.digest
    told = [
        f"{name} in it: {phrases.counted(counts)}."
        for name, places in ((phrases.NEW, found.new - found.changed), (phrases.CHANGED, found.changed))
        if (counts := counts_at(shared.payload, places))
    ]
    before = "another" if shared.late else "an earlier"
    pictures = len(shared.payload.pictures)
    if not told:
        told.append(f"{'No words' if pictures else 'Nothing'} in it that {'were' if pictures else 'was'} not in "
                    f"{before} share.")  # fmt: skip
    if pictures:
        told.append(f"It holds {words.counted(pictures, 'picture', 'pictures')}; which of them are new is not told.")
    return " ".join(told)


def hard_line(moment: SharedHard, payload: Payload) -> str:
    """A hard moment in a line: its day, how hard, its session, and whether it bothered them later."""
    parts = [phrases.day(moment.day, payload.dates), HOW_HARD[moment.how]]
    if moment.session is not None:
        parts.append(phrases.session_name(payload.sessions[moment.session], payload.dates))
    if moment.still is not None:
        parts.append(f"later: {LATER[moment.still]}")
    return ", ".join(parts)


def scale_cells(line: ScaleLine) -> tuple[str, ...]:
    """A questionnaire's row: its name, the first total, the last share's, the newest, and the two differences."""
    return (
        line.title,
        _total(line.first, line.days[0]),
        BLANK if line.before is None else _total(line.before, line.days[1]),
        _total(line.last, line.days[2]),
        _change(line.since_first),
        _change(line.since_before),
    )


def _new_first(shared: Shared, some: Iterable[_One]) -> list[tuple[_One, bool]]:
    """These entries of the share's own payload, each with whether it is new, those that are first. In a first share
    all are, and none is said to be.

    They are known by being the very same: the digest may be of an earlier reading, and what it holds is other ones.
    """
    if shared.digest.days_since is None:
        return [(one, False) for one in some]
    new = {id(entry) for place, entry in enumerate(shared.payload.entries) if place in shared.digest.new}
    return sorted(((one, id(one) in new) for one in some), key=lambda pair: not pair[1])


def _marked(told: str, new: bool) -> str:
    return f"{phrases.NEW}: {told}" if new else told


def _total(scale: SharedScale, dates: Dates) -> str:
    told = f"{total_text(scale)}, prorated" if scale.prorated else total_text(scale)
    return f"{told}\n{phrases.day(scale.day, dates)}"


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
    sender = f"From {words.apart(payload.sender)}" if payload.sender else "From someone who gave no name"
    inside.addWidget(label(f"{sender}, for {words.apart(payload.to)}." if payload.to else f"{sender}."))
    if period := phrases.period(payload):
        inside.addWidget(label(f"It covers {period}. In it: {phrases.contents(payload)}."))
    if left := phrases.left_out(payload):
        inside.addWidget(label(left, "muted"))
    inside.addWidget(label(f"Kept here since {words.day_short(shared.received.received)}.", "muted"))
    if shared.received.maker:
        inside.addWidget(label(shared.received.maker, "muted"))
    inside.addWidget(label(phrases.EXCERPT, "small"))
    return frame
