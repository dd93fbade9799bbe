"""What the tests of the hard path do with it."""

from __future__ import annotations

from journal.records import HardMoment
from tests.ui.hands import go
from tests.ui.pages.hands import entries
from ui.places import Place


class _Still:
    """`step` is written for landing, whose buttons hold still for a moment."""

    def stop(self) -> None:
        return None


def path(qtbot, window, **place):
    page = go(qtbot, window, Place("hard", **place))
    page.still = _Still()
    return page


def hard(qtbot, window) -> HardMoment:
    (found,) = [one for one in entries(qtbot, window).values() if isinstance(one, HardMoment)]
    return found
