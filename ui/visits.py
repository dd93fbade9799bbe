"""Which showing of a page an answer belongs to. One entry can be left and shown again before the disk answers."""

from __future__ import annotations

from typing import Generic, TypeVar

What = TypeVar("What")


class Visits(Generic[What]):
    """The showings of one page, numbered, and what stood there when it was last asked to be kept.

    Answers come in the order of questions. So a refusal comes before the answer to what was asked on coming back:
    what is put back then must not be filled over by that answer, which belongs to a visit that is over.
    """

    def __init__(self) -> None:
        self._count = 0
        self._asked: dict[int, What] = {}
        self.now = 0

    def begin(self) -> int:
        """The page is emptied, and shows something anew. Returns the number of this visit."""
        self._count += 1
        self.now = self._count
        return self.now

    def ask(self, what: What) -> int:
        """`what` stands in the window, and is asked to be kept."""
        self._asked[self.now] = what
        return self.now

    def kept(self, visit: int, what: What) -> None:
        """It is in the journal: it need not be held on to, if nothing later was asked during the same visit."""
        if self._asked.get(visit) is what:
            del self._asked[visit]

    def is_last(self, visit: int, what: What) -> bool:
        """Whether nothing later was asked during that visit: what was, held all that this did."""
        return self._asked.get(visit) is what

    def back(self, visit: int) -> What | None:
        """It was refused: that visit goes on. What to put back into the window; None where it still stands there."""
        if visit == self.now:
            return None
        self.now = visit
        return self._asked[visit]
