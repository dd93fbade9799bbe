"""Where a text offers no place to break a line for thousands of letters, which Qt would lay out for minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QTextBoundaryFinder

from ui.widgets.editor.fidelity import FRAGILE

_RUN = 5_000  # code points without a place to break a line
_ODD = re.compile(f"[\U00010000-\U0010ffff{FRAGILE}]")  # two units in a document, or no place to break there


def has_run(text: str) -> bool:
    """Whether a line of it is such a one."""
    return next(cuts(text), None) is not None


def cuts(text: str) -> Iterator[int]:
    """The places before which a break would help."""
    start = 0
    for line in text.split("\n"):
        if len(line) > _RUN:
            yield from (start + cut for cut in _cuts_within(_ODD.sub("x", line)))
        start += len(line) + 1


def _cuts_within(line: str) -> Iterator[int]:
    """The same of one line, which has one unit for each code point."""
    lines = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, line)
    letters: QTextBoundaryFinder | None = None
    before = at = 0
    while at < len(line):
        at = lines.toNextBoundary()
        at = len(line) if at < 0 else at
        while at - before > _RUN:
            letters = letters or QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, line)
            letters.setPosition(before + _RUN)
            cut = before + _RUN if letters.isAtBoundary() else letters.toPreviousBoundary()
            before = cut if cut > before else before + _RUN  # letters of thousands of signs are cut as they come
            yield before
        before = at
