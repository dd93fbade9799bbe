"""Answers to published questionnaires, totals that a clinic told, and questionnaires the person brought along.

Only answers are kept: a total is worked out from them each time, by the rules of the questionnaire's pack.
"""

from __future__ import annotations

import math

from journal.errors import InvalidRecord
from journal.records.base import Moment, Record, check_line, check_text

MOST_ITEMS = 200


class ScaleAnswers(Record, frozen=True, kw_only=True, tag="scale"):
    """One questionnaire as it was filled in. `scale` and `version` name its pack.

    `answers` are the values chosen, in the order of the items; None where nothing was answered, never 0.
    `declined` are the places (from 0) of items the person preferred not to answer. `title` is what it was called.
    """

    at: Moment
    scale: str
    version: int = 1
    title: str = ""
    answers: tuple[int | None, ...] = ()
    declined: tuple[int, ...] = ()
    session: str | None = None
    note: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        check_line(self.scale, "name")
        check_line(self.title, "title")
        check_line(self.note, "note")
        if len(self.answers) > MOST_ITEMS:
            raise InvalidRecord(f"A questionnaire has at most {MOST_ITEMS} items.")
        if any(not 0 <= place < len(self.answers) or self.answers[place] is not None for place in self.declined):
            raise InvalidRecord("An item that was declined has no answer.")

    @property
    def when(self) -> Moment:
        return self.at


class ScaleTotal(Record, frozen=True, kw_only=True, tag="total"):
    """A total as a clinic told it, without its items: "PSS-10: 21 of 0 to 40". Only a draft has no total yet.

    The form asks for a total within its range. The record does not: a draft holds whatever was typed so far.
    """

    at: Moment
    name: str
    total: float | None = None
    low: float | None = None
    high: float | None = None
    told_by: str = ""
    session: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("name", "told_by", "note"):
            check_line(getattr(self, name), name)
        numbers = (self.low, self.total, self.high)
        if not all(math.isfinite(number) for number in numbers if number is not None):
            raise InvalidRecord("A total, and its range, must be numbers.")

    @property
    def when(self) -> Moment:
        return self.at


class ScalePack(Record, frozen=True, kw_only=True, tag="pack"):
    """A questionnaire that came from a file, or that the person made (`own`). `pack` is its JSON."""

    pack: str
    own: bool = False
    added: Moment | None = None

    def __post_init__(self) -> None:
        check_text(self.pack)

    @property
    def when(self) -> Moment | None:
        return self.added
