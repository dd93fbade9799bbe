"""A reply on its whole way: shared, kept, commented on, answered in one window; opened, kept, beside the entry in
another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from journal.service import JournalService
from tests.ui.conftest import quiet
from tests.ui.hands import go
from tests.ui.pages.reply_hands import (
    DOOR,
    EXPERIENCE,
    SESSION,
    TEXT,
    another_window,
    fill,
    on,
    opened,
    press,
    share,
)
from tests.ui.pages.sharing import texts
from ui.pages.reply import DONE, PREVIEW
from ui.places import Place
from ui.widgets.reading import ReadingView
from ui.window import MainWindow


def test_from_the_share_to_the_words_beside_the_entry(qtbot, window_open: MainWindow, theme, tmp_path: Path) -> None:
    on(qtbot, window_open, fill)
    address = on(qtbot, window_open, JournalService.identity)
    with another_window(qtbot, theme, tmp_path / "amsel") as amsel:
        theirs = on(qtbot, amsel, JournalService.own_card, "Dr Amsel").card
        on(qtbot, window_open, JournalService.add_card, theirs)
        file = tmp_path / "share.age"
        on(qtbot, window_open, share, file, recipient=theirs.recipient)

        # the therapist keeps it, writes beside a passage, and answers
        review = opened(qtbot, amsel, file)
        review.keep.keep.click()
        quiet(qtbot, amsel.context.tasks)
        client = amsel.stack.currentWidget()
        assert "A reply can hold words to all of it" in client.reply.said.text()
        client.list.step(1)
        client._show(client.list.key)
        reading = next(one for one in client.readings() if one.toPlainText() == TEXT)
        reading.select(*DOOR)
        client.begin_comment()
        qtbot.keyClicks(client.comments.text, "What is behind it?")
        client.comments.keep.click()
        quiet(qtbot, amsel.context.tasks)
        assert client.reply.said.text() == "1 comment waits"
        client.reply.open.click()
        quiet(qtbot, amsel.context.tasks)
        page = amsel.stack.currentWidget()
        assert page.choose.recipient == address, "the share proved whose it is, so the reply can go there"
        next(iter(page.choose.boxes.values())).setChecked(True)  # nothing goes along that was not ticked
        qtbot.keyClicks(page.choose.text, "Thank you for these.")
        qtbot.keyClicks(page.choose.sender, "Dr Amsel")
        press(qtbot, page)
        assert page.stack.currentIndex() == PREVIEW
        seen = "\n".join(texts(page.preview))
        assert "What is behind it?" in seen and "blue door" in seen and "Thank you for these." in seen
        answer = tmp_path / "reply.age"
        amsel.context.prompter.answers = [answer]
        press(qtbot, page)
        assert page.stack.currentIndex() == DONE and answer.exists()
        press(qtbot, page)
        assert amsel.stack.currentWidget() is client
        line = client.comments.list.lines.lines[0]
        assert "Sent" in line.text and "Not sent" not in line.text

    # the patient opens it as the system gives it to the program
    review = opened(qtbot, window_open, answer)
    seen = "\n".join(texts(review.reply))
    assert "What is behind it?" in seen and "It answers your share for Dr Amsel, made on 12 Mar 2026." in seen
    assert "The words of their card were not compared yet" in seen
    review.reply.keep.click()
    quiet(qtbot, window_open.context.tasks)
    replies = window_open.stack.currentWidget()
    assert "Not read yet" not in texts(replies.reading)
    seen = "\n".join(texts(replies.reading))
    assert "“Dr Amsel”, not certain" in seen and "About these words:" in seen and "Experience" in seen

    # Today leads to it with one quiet line, the ledger stands with its share, and both sides of the entry show it
    today = go(qtbot, window_open, Place("today"))
    assert today.reply_note.text.text() == "1 reply is kept here that was not read yet."
    today.reply_note.open.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is replies
    next(made for made in replies.findChildren(QPushButton) if made.text() == "I have read it").click()
    quiet(qtbot, window_open.context.tasks)
    assert not go(qtbot, window_open, Place("today")).reply_note.isVisible()
    write = go(qtbot, window_open, Place("write", eid=EXPERIENCE))
    beside = "\n".join(texts(write.side))
    assert "“blue door”" in beside and "What is behind it?" in beside and "not certain" in beside
    session = go(qtbot, window_open, Place("session", eid=SESSION))
    (marked,) = [one for one in session.findChildren(ReadingView) if one.extraSelections()]
    assert [one.cursor.selectedText() for one in marked.extraSelections()] == ["blue door"]
    assert "What is behind it?" in "\n".join(texts(session))
