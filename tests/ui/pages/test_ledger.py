"""What was shared before: every share is listed, newest first, in words, and nothing of it can be changed there."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from journal.clock import FixedClock
from journal.records import Intention, Moment, ShareReceipt
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.share import Selection, generate_identity
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.hands import save, shown
from ui.places import Place
from ui.widgets.reading import ReadingView
from ui.window import MainWindow


def lines(page: QWidget) -> list[str]:
    return [made.text() for made in page.findChildren(QLabel) if made.isVisible()]


def test_nothing_was_shared_yet(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("ledger"))
    assert "You have not shared anything from this journal." in lines(page)


def test_every_share_is_there_newest_first(
    qtbot, window_open: MainWindow, clock: FixedClock, tmp_path: Path
) -> None:
    one = save(qtbot, window_open, Intention(at=Moment(NOW), text="x"))
    two = save(qtbot, window_open, JournalPage(at=Moment(NOW), text="y"))
    reader = generate_identity().recipient
    for number, (eids, to) in enumerate([({one, two}, "Dr Amsel"), ({two}, "")]):
        clock.at = NOW + timedelta(days=number)
        op = partial(
            JournalService.write_share,
            selection=Selection(eids=frozenset(eids), to=to),
            path=tmp_path / f"{number}.age",
            recipients=(reader,),
        )
        ask(qtbot, window_open, op)
    page = go(qtbot, window_open, Place("ledger"))
    said = lines(page)
    assert said.index("For somebody without a name") < said.index("For Dr Amsel")
    assert said.index("Friday 13 March") < said.index("Thursday 12 March")
    assert "1 intention, 1 journal page" in said
    assert "1 journal page" in said
    assert said.count("Closed for an address that is no contact’s") == 2
    assert [one.toPlainText() for one in page.findChildren(ReadingView)] == [reader, reader]


def test_one_closed_with_words_says_so(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("ledger"))
    counts = {"checkin": 7, "dream": 3, "page": 0, "session": 1}
    save(qtbot, window_open, ShareReceipt(share="s", made=Moment(NOW), to="Ada", counts=counts))
    quiet(qtbot, window_open.context.tasks)
    assert "Closed with words." in lines(page)  # it is there without going away and coming back
    assert "1 session, 7 check-ins, 3 dream" in lines(page)
    assert "You have not shared anything from this journal." not in lines(page)


def test_it_is_only_read_and_leads_back_to_sharing(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, ShareReceipt(share="s", made=Moment(NOW), to="<b>Ada</b>"))
    page = go(qtbot, window_open, Place("ledger"))
    assert "For <b>Ada</b>" in lines(page)  # a name is a name, whatever it looks like
    assert page.findChildren(QLineEdit) == []
    buttons = [made.text() for made in page.findChildren(QAbstractButton) if made.isVisible() and made.text()]
    assert buttons == ["Back to sharing", "Replies that came back"]
    shown(page, "Back to sharing").click()
    assert window_open.stack.place == Place("share")
