"""From a share's file to a client: kept once, with whom, what is older, and what was changed by somebody."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QApplication

from journal.service import JournalService
from journal.share import envelope, generate_passphrase
from journal.share.file import pack
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.client_hands import add_client, entries, keep, share
from tests.ui.pages.test_client_review import said, titles
from ui.pages.client import ClientPage
from ui.places import Place
from ui.window import MainWindow


def test_from_the_file_to_what_is_new(qtbot, window_open: MainWindow, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(envelope, "USUAL_WORK", 10)
    passphrase = generate_passphrase()
    for number, payload in enumerate((share(entries(2), days=-7), share(entries(3, hard=True), sender="Ruth"))):
        file = tmp_path / f"{number}.age"
        file.write_bytes(envelope.seal_with_passphrase(pack(payload), passphrase, max_work=9))
        window_open.open_file(file)  # as a double click on it does
        quiet(qtbot, window_open.context.tasks)
        review = window_open.stack.currentWidget()
        review.words.setText(passphrase)
        review.open.click()
        quiet(qtbot, window_open.context.tasks)
        assert review.keep.isVisible()
        assert review.keep.who.currentText() == ("A new client: Ruth" if not number else "Ruth")
        press(qtbot, window_open, "Ctrl+Return")
        quiet(qtbot, window_open.context.tasks)
        page = window_open.stack.currentWidget()
        assert isinstance(page, ClientPage)
    assert "7 days after the share before it" in said(page)
    assert "Hard moments they want to talk about" in said(page) and "The corridor." in said(page)
    assert ("Since last time", "new") in titles(page)
    (row,) = ask(qtbot, window_open, JournalService.clients)
    assert (row.client.name, row.shares, row.unseen) == ("Ruth", 2, 2)
    window_open.open_file(tmp_path / "1.age")
    quiet(qtbot, window_open.context.tasks)
    review.words.setText(passphrase)
    review.open.click()
    quiet(qtbot, window_open.context.tasks)
    assert review.keep.said.text() == "You have this share already: kept with Ruth on 12 Mar 2026."
    assert not review.keep.keep.isVisible()
    review.keep.see.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page


def test_a_share_can_be_kept_with_another_client_than_was_guessed(qtbot, window_open: MainWindow) -> None:
    anna = add_client(qtbot, window_open, "Anna")
    add_client(qtbot, window_open, "Ruth")
    review = go(qtbot, window_open, Place("review"))
    review.keep.offer(share(entries(1)), "Nothing proves it.")
    quiet(qtbot, window_open.context.tasks)
    assert review.keep.who.currentText() == "Ruth"
    review.keep.who.setCurrentIndex(review.keep.who.findText("Anna"))
    review.keep.keep.click()
    quiet(qtbot, window_open.context.tasks)
    (kept,) = ask(qtbot, window_open, partial(JournalService.review, client=anna)).shares
    assert kept.received.maker == "Nothing proves it."
    assert len(ask(qtbot, window_open, JournalService.clients)) == 2


def test_a_share_that_was_changed_is_shown_and_not_kept(qtbot, window_open: MainWindow) -> None:
    ruth = add_client(qtbot, window_open, "Ruth")
    kept = share(entries(1))
    keep(qtbot, window_open, ruth, kept)
    review = go(qtbot, window_open, Place("review"))
    review.keep.offer(msgspec.structs.replace(kept, talk_about="Send me the money."), "")
    quiet(qtbot, window_open.context.tasks)
    said = review.keep.said.text()
    assert "not the share that you kept on 12 Mar 2026 with Ruth" in said and "Ask the person" in said
    assert not review.keep.keep.isVisible() and review.keep.see.isVisibleTo(review.keep)
    review.keep.offer(kept, "")
    quiet(qtbot, window_open.context.tasks)
    assert "already: kept with Ruth" in review.keep.said.text()
    review.stack.setCurrentWidget(review.keep.parentWidget())
    QApplication.processEvents()
    see = review.keep.see
    assert see.isVisible() and see.width() == see.sizeHint().width() < review.keep.width() / 2  # no bar
    assert see.x() == review.keep.said.x()


def test_a_share_that_is_older_than_the_newest_one_says_so(qtbot, window_open: MainWindow, clock) -> None:
    ruth = add_client(qtbot, window_open, "Ruth")
    add_client(qtbot, window_open, "Anna")
    keep(qtbot, window_open, ruth, share(entries(3)))
    clock.at += timedelta(days=1)
    older = share(entries(3)[:6], days=-8)
    review = go(qtbot, window_open, Place("review"))
    review.keep.offer(older, "")
    quiet(qtbot, window_open.context.tasks)
    assert "older than the newest one you keep of them, which was made on 12 March 2026" in review.keep.said.text()
    review.keep.who.setCurrentIndex(review.keep.who.findText("Anna"))
    assert "older" not in review.keep.said.text()
    review.keep.who.setCurrentIndex(review.keep.who.findText("Ruth"))
    review.keep.keep.click()
    quiet(qtbot, window_open.context.tasks)
    page = window_open.stack.currentWidget()
    assert ("An older share", "") in titles(page) and "Nothing in it that was not in another share." in said(page)
    assert "The share of 12 March 2026 was here before it" in said(page)
    row = next(row for row in ask(qtbot, window_open, JournalService.clients) if row.eid == ruth)
    assert (row.shares, row.unseen, row.last.made) == (2, 1, NOW.date())
