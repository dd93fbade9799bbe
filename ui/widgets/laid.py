"""A text as a document to read holds it: thousands of letters without a place to break a line are given breaks.

Qt looks for the end of a line as far as the next place where one may break, and for each line anew: a megabyte
without a space, which anybody's share may hold, would stop the window for minutes. Each break is known, so that
what is selected, copied or found counts in the text as it was given.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from journal.records import Mark, Style
from ui.widgets.editor.marks import Units
from ui.widgets.editor.runs import cuts

_NUMBERED = (Style.BULLET, Style.NUMBER)


class Laid:
    """`text` is what the document holds; places count code points of `given`, positions are the document's."""

    def __init__(self, given: str) -> None:
        self.given = given
        self._cuts = tuple(cuts(given))
        self._breaks = [cut + number for number, cut in enumerate(self._cuts)]
        ends = zip((0, *self._cuts), (*self._cuts, len(given)), strict=True)
        self.text = "\n".join(given[start:end] for start, end in ends)
        self._units = Units(self.text)

    @property
    def is_broken(self) -> bool:
        """Whether breaks were put in."""
        return bool(self._cuts)

    def marks(self, marks: Iterable[Mark]) -> tuple[Mark, ...]:
        """The marks of what was given, as they stand in `text`. A list's sign stands once."""
        return tuple(
            Mark(self._begin(mark.start), self._end(self._line_end(mark)), mark.style) if self._cuts else mark
            for mark in marks
        )

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The positions from `start` up to `end`."""
        return self._units.of(self._begin(start)), self._units.of(self._end(end))

    def place(self, position: int) -> int:
        """The place that a position stands for."""
        at = bisect_left(range(len(self.text)), position, key=self._units.of)
        return at - bisect_left(self._breaks, at)

    def _begin(self, place: int) -> int:
        return place + bisect_right(self._cuts, place)

    def _end(self, place: int) -> int:
        return place + bisect_left(self._cuts, place)

    def _line_end(self, mark: Mark) -> int:
        within = bisect_right(self._cuts, mark.start)
        if mark.style not in _NUMBERED or within == len(self._cuts):
            return mark.end
        cut = self._cuts[within]
        return mark.end if "\n" in self.given[mark.start : cut] else min(mark.end, cut)
