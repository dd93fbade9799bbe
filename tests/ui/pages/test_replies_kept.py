"""Reading a reply and keeping it: what is certain and what is not, what became of the entries, and taking it out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QPushButton

from journal.change import Change
from journal.records import Client, Reply
from journal.service import JournalService
from journal.share import container
from journal.share.file import write_sealed
from journal.share.reply import decode_reply, encode_reply, reply_document
from journal.share.text import page_of
from tests.ui.conftest import PASSWORD, quiet
from tests.ui.hands import go
from tests.ui.hands import press as key
from tests.ui.pages.reply_hands import EXPERIENCE, TEXT, WORDS, answered, fill, on, opened, quick, service, share
from tests.ui.pages.sharing import texts
from ui.pages.replies import RepliesPage
from ui.pages.review import ReviewPage
from ui.places import Place, place_of
from ui.tasks import VaultTasks
from ui.widgets.reading import ReadingView
from ui.window import MainWindow


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)


@pytest.fixture
def mine(window_open: MainWindow, qtbot) -> MainWindow:
    """The patient's, with a session to share."""
    on(qtbot, window_open, fill)
    return window_open


@pytest.fixture
def file(qtbot, mine: MainWindow, tmp_path: Path) -> Path:
    """A reply of somebody whose words were compared."""
    return on(qtbot, mine, answered, tmp_path / "amsel")


def seen(widget: Any) -> str:
    return "\n".join(texts(widget))


def button(page: Any, text: str) -> QPushButton:
    (found,) = [made for made in page.findChildren(QPushButton) if made.text() == text and made.isVisible()]
    return found


def kept(qtbot, mine: MainWindow, path: Path, words: str = "") -> RepliesPage:
    opened(qtbot, mine, path, words).reply.keep.click()
    quiet(qtbot, mine.context.tasks)
    page = mine.stack.currentWidget()
    assert isinstance(page, RepliesPage)
    return page


def forged(qtbot, mine: MainWindow, path: Path) -> Path:
    """The same file with another comment under the old proof, as somebody could make it who read it."""
    contents = on(qtbot, mine, JournalService.open_either, path).contents
    parts = container.unpack(contents, container.REPLY)
    payload = decode_reply(parts.body)
    said = msgspec.structs.replace(payload.comments[0], text="Come at once.")
    payload = msgspec.structs.replace(payload, comments=(said,))
    page = page_of(reply_document(payload, proved=True))
    made = parts._replace(text=page, body=encode_reply(payload))
    other = path.with_name("forged.age")
    address = on(qtbot, mine, JournalService.identity)
    write_sealed(other, container.pack(made), recipients=[address], passphrase=None, identity=None)
    return other


# -- what is certain -----------------------------------------------------------------------------------------------


def test_somebody_whose_words_were_compared_is_named(qtbot, mine: MainWindow, file: Path) -> None:
    page = opened(qtbot, mine, file)
    told = seen(page.reply)
    assert "Made by Dr Amsel. Words compared on 12 March 2026, in person." in told
    assert "It answers your share for Dr Amsel, made on 12 Mar 2026." in told
    page = kept(qtbot, mine, file)
    assert "From Dr Amsel" in seen(page.reading) and "not certain" not in seen(page.reading)


def test_what_was_forged_is_said_and_stays_uncertain(qtbot, mine: MainWindow, file: Path) -> None:
    other = forged(qtbot, mine, file)
    page = opened(qtbot, mine, other)
    assert "it was forged, or changed on its way" in seen(page.reply)
    page = kept(qtbot, mine, other)
    told = seen(page.reading)
    assert "not certain" in told and "From Dr Amsel" not in told and "forged" in told
    write = go(qtbot, mine, Place("write", eid=EXPERIENCE))
    assert "not certain" in seen(write.side) and "forged" in seen(write.side)


def test_two_that_give_the_same_number_are_both_said(qtbot, mine: MainWindow, file: Path) -> None:
    kept(qtbot, mine, file)
    page = opened(qtbot, mine, forged(qtbot, mine, file))
    assert "A reply with this number is kept already, and it holds something else." in seen(page.reply)


def test_closed_with_words_it_proves_nothing(qtbot, mine: MainWindow, tmp_path: Path) -> None:
    path = on(qtbot, mine, answered, tmp_path / "amsel", known=False)
    page = opened(qtbot, mine, path, WORDS)
    assert "Nothing in this file proves who sent it" in seen(page.reply)
    page = kept(qtbot, mine, path, WORDS)
    assert "“Dr Amsel”, not certain" in seen(page.reading)


def test_of_a_share_this_journal_never_made(qtbot, mine: MainWindow, tmp_path: Path) -> None:
    other = service(tmp_path / "other", "other")
    try:
        fill(other)
        path = answered(other, tmp_path / "amsel", known=False)
    finally:
        other.close()
    page = opened(qtbot, mine, path, WORDS)
    assert "not among those that this journal made" in seen(page.reply)
    page = kept(qtbot, mine, path, WORDS)
    assert "This journal does not know the share." in seen(page.reading) and "“blue door”" in seen(page.reading)
    assert "What is behind it?" not in seen(go(qtbot, mine, Place("write", eid=EXPERIENCE)).side)


def test_for_another_reader_it_does_not_open_and_says_what_to_do(qtbot, mine: MainWindow, tmp_path: Path) -> None:
    other = service(tmp_path / "other", "other")
    try:
        fill(other)
        path = answered(other, tmp_path / "amsel")
    finally:
        other.close()
    page = opened(qtbot, mine, path)
    assert page.stack.currentWidget() is page._ask_page and page.banner.text
    assert on(qtbot, mine, JournalService.replies) == ()


def test_the_same_one_again_is_kept_once(qtbot, mine: MainWindow, file: Path) -> None:
    kept(qtbot, mine, file)
    page = opened(qtbot, mine, file)
    assert page.reply.said.text() == "This reply is kept already." and not page.reply.keep.isVisible()
    page.reply.see.click()
    quiet(qtbot, mine.context.tasks)
    assert isinstance(mine.stack.currentWidget(), RepliesPage)
    assert len(on(qtbot, mine, JournalService.replies)) == 1


def test_a_damaged_file_is_said_and_nothing_is_kept(qtbot, mine: MainWindow, file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[-20] ^= 1
    file.write_bytes(bytes(data))
    page = opened(qtbot, mine, file)
    assert page.banner.text and page.stack.currentWidget() is page._ask_page


# -- what became of the entries --------------------------------------------------------------------------------------


def test_words_that_changed_or_went_are_shown_as_what_they_are(qtbot, mine: MainWindow, file: Path) -> None:
    page = kept(qtbot, mine, file)

    def change(journal: JournalService, text: str) -> None:
        journal.save(msgspec.structs.replace(journal.get(EXPERIENCE).record, text=text), EXPERIENCE)

    for text, told in (
        ("A red gate.", "About words that are no longer in the entry:"),
        (f"{TEXT[5:]} A blue door.", "About words that stand in the entry more than once:"),
        (f"Then, later: {TEXT}", "About these words:"),
    ):
        on(qtbot, mine, change, text)
        page = go(qtbot, mine, place_of(_eid(qtbot, mine), "reply"))
        assert told in seen(page.reading) and "“blue door”" in seen(page.reading)
        write = go(qtbot, mine, Place("write", eid=EXPERIENCE))
        assert told in seen(write.side)
    button(write, "Show these words").click()
    assert write.editor.textCursor().selectedText() == "blue door"
    on(qtbot, mine, JournalService.delete, EXPERIENCE)
    page = go(qtbot, mine, place_of(_eid(qtbot, mine), "reply"))
    assert "About an entry that was removed, and can be brought back:" in seen(page.reading)
    assert "“blue door”" in seen(page.reading) and "What is behind it?" in seen(page.reading)
    on(qtbot, mine, JournalService.purge, EXPERIENCE)
    page = go(qtbot, mine, place_of(_eid(qtbot, mine), "reply"))
    assert "About an entry that was removed for good:" in seen(page.reading)
    assert "The entry was removed for good, and cannot be brought back." in seen(page.reading)


def test_an_entry_that_was_removed_is_named_and_brought_back_from_its_comment(
    qtbot, mine: MainWindow, file: Path
) -> None:
    page = kept(qtbot, mine, file)
    on(qtbot, mine, JournalService.delete, EXPERIENCE)
    page = go(qtbot, mine, Place("replies", eid=_eid(qtbot, mine)))
    assert "The entry was removed on 12 Mar 2026." in seen(page.reading) and "The door" in seen(page.reading)
    back = button(page, "Bring it back")
    assert back.accessibleName().startswith("Bring the entry back: Experience, Wednesday 11 March")
    back.click()
    quiet(qtbot, mine.context.tasks)
    assert on(qtbot, mine, JournalService.get, EXPERIENCE).record.text == TEXT
    assert "removed" not in seen(page.reading) and button(page, "Go to the entry").isVisible()
    button(page, "Undo").click()
    quiet(qtbot, mine.context.tasks)
    assert on(qtbot, mine, JournalService.find, EXPERIENCE) is None and button(page, "Bring it back").isVisible()


def test_a_removed_entry_stays_under_its_cover(qtbot, mine: MainWindow, file: Path) -> None:
    page = kept(qtbot, mine, file)

    def remove(journal: JournalService) -> None:
        record = msgspec.structs.replace(journal.get(EXPERIENCE).record, covered=True, cover="Stone")
        journal.save(record, EXPERIENCE)
        journal.delete(EXPERIENCE)

    on(qtbot, mine, remove)
    page = go(qtbot, mine, Place("replies", eid=_eid(qtbot, mine)))
    assert "blue door" not in seen(page.reading) and "Stone" in seen(page.reading)


def test_what_has_nothing_to_do_with_a_reply_leaves_its_page_as_it_is(qtbot, mine: MainWindow, file: Path) -> None:
    page = kept(qtbot, mine, file)
    before = page.reading.findChildren(ReadingView)
    on(qtbot, mine, lambda journal: journal.save(Client(name="Ruth", added=journal.replies()[0].record.received)))
    page.refresh(Change(everything=True))
    quiet(qtbot, mine.context.tasks)
    assert before and page.reading.findChildren(ReadingView) == before


def _eid(qtbot, mine: MainWindow) -> str:
    return on(qtbot, mine, JournalService.replies)[0].eid


def test_a_covered_entry_keeps_its_words_until_it_is_opened(qtbot, mine: MainWindow, file: Path) -> None:
    kept(qtbot, mine, file)

    def cover(journal: JournalService) -> None:
        record = msgspec.structs.replace(journal.get(EXPERIENCE).record, covered=True, cover="Stone")
        journal.save(record, EXPERIENCE)

    on(qtbot, mine, cover)
    page = go(qtbot, mine, Place("replies", eid=_eid(qtbot, mine)))
    assert "blue door" not in seen(page.reading) and "Stone" in seen(page.reading)
    button(page, "Open").click()
    quiet(qtbot, mine.context.tasks)
    assert "blue door" in seen(page.reading)


# -- the list --------------------------------------------------------------------------------------------------------


def test_it_is_read_removed_and_brought_back(qtbot, mine: MainWindow, file: Path) -> None:
    page = kept(qtbot, mine, file)
    eid = mine.stack.place.eid
    ledger = go(qtbot, mine, Place("ledger"))
    assert ledger.replies.text() == "Replies that came back, 1 not read yet"
    assert button(ledger, "Reply").accessibleName() == "Reply to the share of 12 Mar 2026"
    button(ledger, "Reply").click()
    quiet(qtbot, mine.context.tasks)
    assert mine.stack.place == Place("replies", eid=eid)
    button(page, "I have read it").click()
    quiet(qtbot, mine.context.tasks)
    assert on(qtbot, mine, JournalService.replies)[0].record.seen is not None
    button(page, "Remove").click()
    quiet(qtbot, mine.context.tasks)
    assert mine.stack.place == Place("replies") and "No reply is kept yet" in seen(page.list)
    assert "What is behind it?" not in seen(go(qtbot, mine, Place("write", eid=EXPERIENCE)).side)
    go(qtbot, mine, Place("replies"))
    on(qtbot, mine, JournalService.undo)
    go(qtbot, mine, Place("replies"))
    assert "From Dr Amsel" in seen(page.list)


def test_today_says_how_many_were_not_read_and_names_nobody(qtbot, mine: MainWindow, file: Path) -> None:
    assert not go(qtbot, mine, Place("today")).reply_note.isVisible()
    kept(qtbot, mine, file)
    kept(qtbot, mine, forged(qtbot, mine, file))
    note = go(qtbot, mine, Place("today")).reply_note
    assert note.text.text() == "2 replies are kept here that were not read yet." and note.isVisible()
    note.open.click()
    quiet(qtbot, mine.context.tasks)
    assert mine.stack.place == Place("replies")


def test_undo_stands_where_it_was_removed(qtbot, mine: MainWindow, file: Path) -> None:
    page = kept(qtbot, mine, file)
    button(page, "Remove").click()
    quiet(qtbot, mine.context.tasks)
    button(page, "Undo").click()
    quiet(qtbot, mine.context.tasks)
    assert "From Dr Amsel" in seen(page.list) and not page.banner.isVisible()


def test_keeping_it_is_a_step_of_undo(qtbot, mine: MainWindow, file: Path) -> None:
    page = kept(qtbot, mine, file)
    page.take_back()
    quiet(qtbot, mine.context.tasks)
    assert page.stack.currentWidget() is page.list and "No reply is kept yet" in seen(page.list)
    assert page.banner.text == "This reply is not kept any more."


def test_the_keys_lead_from_the_list_into_one_and_back(qtbot, mine: MainWindow, file: Path) -> None:
    kept(qtbot, mine, file)
    go(qtbot, mine, Place("today"))
    page = go(qtbot, mine, Place("replies"))
    button(page, "Read it").setFocus()
    key(qtbot, mine, "Return")
    quiet(qtbot, mine.context.tasks)
    assert mine.stack.place.eid and page.stack.currentWidget() is page.reading
    key(qtbot, mine, "Esc")
    quiet(qtbot, mine.context.tasks)
    assert mine.stack.place == Place("replies")


def test_one_of_a_later_version_is_said(qtbot, mine: MainWindow, file: Path) -> None:
    kept(qtbot, mine, file)

    def age(journal: JournalService) -> str:
        record = on_record(journal)
        return journal.save(msgspec.structs.replace(record, reply="0" * 32, body="from the year 3000")).eid

    eid = on(qtbot, mine, age)
    page = go(qtbot, mine, Place("replies", eid=eid))
    assert page.banner.text and "From Dr Amsel" in seen(page.list)


def on_record(journal: JournalService) -> Reply:
    record = journal.get(journal.replies()[0].eid).record
    assert isinstance(record, Reply)
    return record


# -- nothing is lost, and nothing is kept unasked --------------------------------------------------------------------


def test_locking_in_the_middle_of_reading_keeps_nothing(
    qtbot, mine: MainWindow, file: Path, replaced: list[Path | None], tmp_path: Path
) -> None:
    opened(qtbot, mine, file)
    mine.lock()
    qtbot.waitUntil(lambda: bool(replaced))
    again = JournalService.open(tmp_path / "journal.vault", password=PASSWORD, state_dir=tmp_path / "state")
    try:
        assert again.replies() == () and file.exists()
    finally:
        again.close()


def test_what_is_kept_is_there_after_locking(
    qtbot, mine: MainWindow, file: Path, replaced: list[Path | None], tmp_path: Path
) -> None:
    opened(qtbot, mine, file).reply.keep.click()
    mine.lock()  # at once
    qtbot.waitUntil(lambda: bool(replaced))
    again = JournalService.open(tmp_path / "journal.vault", password=PASSWORD, state_dir=tmp_path / "state")
    try:
        (view,) = again.replies()
        assert view.sure and view.comments[0].comment.text == "What is behind it?"
    finally:
        again.close()


def test_without_a_journal_it_is_read_and_said_where_it_belongs(
    qtbot, window_open: MainWindow, tmp_path: Path
) -> None:
    other = service(tmp_path / "other", "other")
    try:
        fill(other)
        path = answered(other, tmp_path / "amsel", known=False)
    finally:
        other.close()
    tasks = VaultTasks()
    page = ReviewPage(replace(window_open.context, tasks=tasks))
    qtbot.addWidget(page)
    page.show()
    page.open_file(path)
    quiet(qtbot, tasks)
    page.words.setText(WORDS)
    page.open.click()
    quiet(qtbot, tasks)
    assert "A reply belongs to the journal that the share came from." in page.reply.said.text()
    assert not page.reply.keep.isVisible() and "What is behind it?" in seen(page.reply)
    tasks.close()


def test_a_share_still_opens_there(qtbot, mine: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "share.age"
    on(qtbot, mine, share, path)
    page = opened(qtbot, mine, path, WORDS)
    assert page.stack.currentWidget() is page._read_page
    assert [one for one in page.view.findChildren(ReadingView) if one.toPlainText() == TEXT]
