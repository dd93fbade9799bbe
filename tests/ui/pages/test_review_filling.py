"""While a long part of a share comes in: all of it comes, in its order; where one reads stays; what is asked for that
is not there yet is made first; and one can leave at any time."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import msgspec
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from journal.records import HardMoment, HowHard, Mark, Moment, Page, Style
from journal.service import JournalService
from journal.share import Payload, SharedPicture, redraw
from tests.journal.share.laden import LADEN
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.client_hands import Entries, add_client, keep, share
from tests.ui.pages.sharing import texts
from tests.ui.pages.test_client_review import stand
from ui.context import Context
from ui.pages.client import ClientPage
from ui.places import Place
from ui.review.contents import key_of
from ui.review.pictures_view import PictureFigure
from ui.review.view import ReviewView
from ui.widgets.reading import ReadingView
from ui.window import MainWindow

COUNT, LINES = 30, 60
HARD = 25
FAR = 25  # a text that is not there at first


def body(number: int) -> str:
    return "\n".join(f"Text {number}, line {line}: the garden and the river." for line in range(LINES))


def long_ones() -> Entries:
    """Texts of no session, minutes apart, of some thousand characters each; and what was noted beside them."""
    bold, before = (Mark(0, 4, Style.BOLD),), NOW - timedelta(days=2)
    made: Entries = [
        (f"page{number:03d}", Page(at=Moment(before + timedelta(minutes=number)), text=body(number), marks=bold))
        for number in range(COUNT)
    ]
    for number in range(HARD):
        at = Moment(before + timedelta(days=1, minutes=number))
        made.append((f"hard{number:02d}", HardMoment(at=at, how=HowHard.BIT, note=body(number)[:700])))
    return made


@pytest.fixture
def payload() -> Payload:
    return share(long_ones())


@pytest.fixture
def page(qtbot, window_open: MainWindow, payload: Payload) -> ClientPage:
    """A client whose long part is being filled: only the first texts of it are there."""
    client = add_client(qtbot, window_open, "Ruth")
    keep(qtbot, window_open, client, payload)
    made = go(qtbot, window_open, Place("client", eid=client))
    stand(made, "Other texts")
    assert not made.view.whole and len(made.readings()) < 10
    return made


def top(page: ClientPage, reading: ReadingView) -> int:
    """Where a text stands in what is seen of the page, in px."""
    return reading.mapTo(page.reading.viewport(), QPoint()).y()


def first_seen(page: ClientPage) -> ReadingView:
    return next(one for one in page.readings() if top(page, one) + one.height() > 0)


def whole(qtbot, page: ClientPage) -> None:
    qtbot.waitUntil(lambda: page.view.whole, timeout=20_000)
    QApplication.processEvents()


@pytest.mark.parametrize("at_once", [False, True])
def test_all_of_it_comes_in_its_order(qtbot, page: ClientPage, payload: Payload, at_once: bool) -> None:
    if at_once:
        page.view.finish()
    whole(qtbot, page)
    readings = page.readings()
    assert [one.toPlainText() for one in readings] == [writing.text for writing in payload.writings]
    tops = [top(page, one) for one in readings]
    assert tops == sorted(tops)
    for one in readings:  # all of each can be seen: it is as high as its text
        assert one.height() >= one.document().size().height()
        assert one.verticalScrollBar().maximum() == 0


def test_labels_and_texts_come_in_their_order_too(qtbot, page: ClientPage) -> None:
    stand(page, "What was hard")
    assert not page.view.whole
    whole(qtbot, page)
    readings = [one for one in page.readings() if one.spot is not None]
    assert [one.toPlainText() for one in readings] == [body(number)[:700] for number in range(HARD)]
    tops = [top(page, one) for one in readings]
    assert tops == sorted(tops) and len(set(tops)) == HARD


def test_where_one_reads_stays_while_more_comes_in(qtbot, page: ClientPage) -> None:
    QApplication.processEvents()
    bar = page.reading.verticalScrollBar()
    bar.setValue(300)
    reading, before = first_seen(page), top(page, first_seen(page))
    moved = []
    page.view.grown.connect(lambda: moved.append(top(page, reading)))
    whole(qtbot, page)
    assert len(moved) > 5 and set(moved) == {before}
    assert bar.value() == 300


def test_one_can_scroll_by_keys_meanwhile(qtbot, window_open: MainWindow, page: ClientPage) -> None:
    QApplication.processEvents()
    page.reading.setFocus()
    bar = page.reading.verticalScrollBar()
    before = bar.value()
    press(qtbot, window_open, "PgDown")
    assert bar.value() > before and not page.view.whole
    again = bar.value()
    whole(qtbot, page)
    assert bar.value() == again


def test_the_passage_of_a_text_that_is_not_there_yet_is_shown(
    qtbot, window_open: MainWindow, page: ClientPage, payload: Payload
) -> None:
    eid = page.shared().eid
    at = payload.writings[FAR].text.index("line 40")
    op = partial(JournalService.comment, received=eid, text="Which?", passage=(FAR, "text", at, at + 7))
    ask(qtbot, window_open, op)
    quiet(qtbot, window_open.context.tasks)
    stand(page, "What was hard")
    stand(page, "Other texts")
    assert not page.view.whole and len(page.readings()) < 10
    page._on_chosen(next(iter(page._loaded.review.comments[eid])).record)
    reading = page.readings()[FAR]
    assert reading.textCursor().selectedText() == "line 40"
    passage = top(page, reading) + reading.cursorRect().center().y()
    assert 0 < passage < page.reading.viewport().height()
    assert not page.view.whole  # no more was made than was needed
    there, value = top(page, reading), page.reading.verticalScrollBar().value()
    whole(qtbot, page)
    assert (top(page, reading), page.reading.verticalScrollBar().value()) == (there, value)


def test_pictures_that_come_later_leave_one_where_one_reads(
    qtbot, window_open: MainWindow, page: ClientPage, payload: Payload
) -> None:
    drawn = redraw(LADEN["jpeg"])
    pictures = tuple(
        SharedPicture(place=place, wide=drawn.wide, high=drawn.high, several=False, caption="", data=drawn.data)
        for place in (0, 1, 2)
    )
    client = page._client
    eid = keep(qtbot, window_open, client, msgspec.structs.replace(payload, share="e" * 32, pictures=pictures))
    go(qtbot, window_open, Place("client", eid=eid, kind="received"))
    page._pictures._pictures = ()  # as it is before they come
    page._show(key_of(eid, "writings"))
    whole(qtbot, page)
    assert page.view.findChildren(PictureFigure) == []
    page.reading.ensureWidgetVisible(page.readings()[FAR])
    spot, before = first_seen(page).spot, top(page, first_seen(page))
    page._pictures._on_pictures(page._pictures._of, pictures)
    assert first_seen(page).spot == spot
    assert abs(top(page, first_seen(page)) - before) <= 2
    whole(qtbot, page)
    assert len(page.view.findChildren(PictureFigure)) == 3
    assert abs(top(page, first_seen(page)) - before) <= 2


def test_another_text_size_meanwhile_keeps_the_place_and_doubles_nothing(
    qtbot, window_open: MainWindow, page: ClientPage, payload: Payload, theme
) -> None:
    QApplication.processEvents()
    page.reading.ensureWidgetVisible(page.readings()[2])
    spot = first_seen(page).spot
    theme.apply(scale=130)
    window_open.stack.restyle()
    QApplication.processEvents()
    assert first_seen(page).spot == spot
    whole(qtbot, page)
    assert first_seen(page).spot == spot
    assert [one.toPlainText() for one in page.readings()] == [writing.text for writing in payload.writings]


def test_another_part_is_gone_to_meanwhile(qtbot, page: ClientPage) -> None:
    QApplication.processEvents()
    left = page.view
    stand(page, "The first share")
    assert page.view is not left and page.view.whole
    QApplication.processEvents()
    assert "The first share" in "\n".join(texts(page.reading))
    assert page.reading.verticalScrollBar().value() == 0


def test_it_is_locked_meanwhile(qtbot, window_open: MainWindow, page: ClientPage, replaced) -> None:
    QApplication.processEvents()
    assert not page.view.whole
    window_open.lock()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    assert not window_open.isVisible()
    made = len(page.readings())
    for _ in range(5):
        QApplication.processEvents()
    assert len(page.readings()) == made  # nobody reads it: nothing more is made


def test_a_share_that_is_not_kept_is_closed_meanwhile(qtbot, context: Context, payload: Payload) -> None:
    view = ReviewView(context.theme)
    qtbot.addWidget(view)
    view.resize(1240, 820)
    with qtbot.waitExposed(view):
        view.show()
    view.show_payload(payload)
    QApplication.processEvents()
    assert not view._view.whole
    view.close_payload()
    for _ in range(3):
        QApplication.processEvents()
    assert not any(one.isVisible() for one in view.findChildren(ReadingView))
