"""A check-in: how someone is right now, in seven sliders from 0 to 10.

The five sliders are this program's own and unvalidated; chart and export say so. They exist because the
published questionnaires look back over weeks and cannot show a change within hours. A slider that was left
alone is None, never 0.
"""

from __future__ import annotations

from typing import NamedTuple

from journal.errors import InvalidRecord
from journal.records.base import MAX_LINE, Moment, Record, check_line


class Slider(NamedTuple):
    """`name` is the field; `low` and `high` say what 0 and 10 mean. `up_is_better` is None where it is neither."""

    name: str
    title: str
    low: str
    high: str
    up_is_better: bool


SLIDERS: tuple[Slider, ...] = (
    Slider("mood", "Mood", "very low", "very good", True),
    Slider("interest", "Interest", "nothing draws me", "drawn to things", True),
    Slider("calm", "Calm", "very tense", "very calm", True),
    Slider("energy", "Energy", "none", "plenty", True),
    Slider("connection", "Connection", "far from others", "close to others", True),
    Slider("distress", "Distress", "none", "the most I can imagine", False),
    Slider("sleep", "Sleep last night", "very bad", "very good", True),
)


class CheckIn(Record, frozen=True, kw_only=True, tag="checkin"):
    """How someone is at one moment: whole numbers from 0 to 10, or None where no answer was given."""

    at: Moment
    mood: int | None = None
    interest: int | None = None
    calm: int | None = None
    energy: int | None = None
    connection: int | None = None
    distress: int | None = None
    sleep: int | None = None
    note: str = ""
    session: str | None = None
    source: str = ""

    def __post_init__(self) -> None:
        check_line(self.note, "note")
        for slider in SLIDERS:
            value = getattr(self, slider.name)
            if value is not None and not 0 <= value <= 10:
                raise InvalidRecord("A slider goes from 0 to 10.")

    @property
    def when(self) -> Moment:
        return self.at

    @property
    def answered(self) -> int:
        """How many sliders have an answer."""
        return sum(getattr(self, slider.name) is not None for slider in SLIDERS)


NOTE_LIMIT = MAX_LINE
