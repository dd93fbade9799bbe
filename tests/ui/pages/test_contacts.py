"""Contacts in the window: a card comes in, words are compared, a reader is chosen, a share says who made it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from journal.records import Compared, Contact, ShareRole
from journal.service import JournalService
from journal.share import (
    Card,
    decode_card,
    encode_card,
    generate_identity,
    generate_signing_key,
    read_card,
)
from tests.ui.conftest import quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, press
from tests.ui.pages.cards import CARD, add, everybody, link
from tests.ui.pages.hands import read_only, save, shown
from tests.ui.pages.sharing import texts
from ui.pages.contacts import ContactsPage
from ui.places import Place
from ui.widgets.compare_words import DIFFERENT
from ui.window import MainWindow


@pytest.fixture
def page(qtbot, window_open: MainWindow) -> ContactsPage:
    return go(qtbot, window_open, Place("contacts"))


# -- adding ------------------------------------------------------------------------------------------------------


def test_a_card_is_added_from_a_file_by_text_and_by_dropping(
    qtbot, page: ContactsPage, prompter: FakePrompter, tmp_path: Path
) -> None:
    cards = [Card(name=name, recipient=generate_identity().recipient) for name in ("Ana", "Ben", "Cleo")]
    path = tmp_path / "ana.journal-contact"
    path.write_text(encode_card(cards[0]), "utf-8")
    prompter.answers = [path]
    page.choose.click()
    quiet(qtbot, page.context.tasks)
    assert "Ana is added. The words of the card were not compared yet." in page.banner.text
    add(qtbot, page, cards[1])
    assert page.text.toPlainText() == ""
    path.write_text(encode_card(cards[2]), "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    hand = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    target = page.text.viewport()
    over = QDragEnterEvent(QPoint(5, 5), *hand)
    QApplication.sendEvent(target, over)
    assert over.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), *hand))
    quiet(qtbot, page.context.tasks)
    assert [(one.name, one.checked) for one in everybody(qtbot, page)] == [
        ("Ana", None), ("Ben", None), ("Cleo", None),
    ]  # fmt: skip
    assert page.text.toPlainText() == ""
    assert texts(page).count("Words not compared yet") == 3


@pytest.mark.parametrize("text", ["", "hello", "x" * 5000, encode_card(CARD).replace("Amsel", "Amsol")])
def test_what_is_no_card_is_told(qtbot, page: ContactsPage, text: str) -> None:
    QGuiApplication.clipboard().clear()
    page.text.setPlainText(text)
    page.paste.click()
    quiet(qtbot, page.context.tasks)
    assert page.banner.text
    assert everybody(qtbot, page) == []


def test_what_would_change_a_contact_is_asked_first(qtbot, page: ContactsPage, prompter: FakePrompter) -> None:
    add(qtbot, page)
    signs = Card(name="Dr Amsel", recipient=CARD.recipient, verify_key=generate_signing_key().public)
    prompter.answers = [False, True]
    add(qtbot, page, signs)
    assert everybody(qtbot, page)[0].verify_key == ""
    add(qtbot, page, signs)
    assert everybody(qtbot, page)[0].verify_key == signs.verify_key
    other = Card(name="Dr Amsel", recipient=generate_identity().recipient)
    prompter.answers = [False]
    add(qtbot, page, other)
    assert len(everybody(qtbot, page)) == 1
    assert ["how signatures are checked" in asked[2] for asked in prompter.asked] == [True, True, False]
    assert "another address" in prompter.asked[2][2]


# -- comparing ---------------------------------------------------------------------------------------------------


def test_the_words_are_compared_by_saying_how(qtbot, page: ContactsPage) -> None:
    add(qtbot, page)
    link(page, "Compare the words: Dr Amsel").click()
    panel = page.comparing
    assert panel.words.words == CARD.words
    assert panel.words.accessibleDescription() == ", ".join(f"{n}: {word}" for n, word in enumerate(CARD.words, 1))
    qtbot.waitUntil(lambda: panel.words.height() >= panel.words.sizeHint().height())
    assert panel.ways[Compared.IN_PERSON].hasFocus()
    assert not any(made.isChecked() for made in panel.ways.values())
    panel.same.click()
    quiet(qtbot, page.context.tasks)
    assert panel.note.isVisible()
    assert everybody(qtbot, page)[0].checked is None  # nobody said where
    panel.ways[Compared.CALL].click()
    panel.same.click()
    quiet(qtbot, page.context.tasks)
    assert everybody(qtbot, page)[0].how is Compared.CALL
    assert page.comparing is None
    assert "Words compared on 12 March 2026, by telephone or video" in texts(page)
    shown(page, "Undo").click()
    quiet(qtbot, page.context.tasks)
    assert everybody(qtbot, page)[0].checked is None


def test_words_that_differ_mark_nothing_and_take_a_mark_away(qtbot, page: ContactsPage) -> None:
    add(qtbot, page)
    link(page, "Compare the words: Dr Amsel").click()
    page.comparing.differ.click()
    quiet(qtbot, page.context.tasks)
    assert page.banner.text == DIFFERENT
    known = ask(qtbot, page.window(), JournalService.contacts)[0]
    mark = partial(JournalService.mark_compared, eid=known.eid, words=known.words, how=Compared.IN_PERSON)
    ask(qtbot, page.window(), mark)
    quiet(qtbot, page.context.tasks)
    link(page, "Compare again: Dr Amsel").click()
    page.comparing.close_.click()
    assert everybody(qtbot, page)[0].checked is not None
    link(page, "Compare again: Dr Amsel").click()
    page.comparing.differ.click()
    quiet(qtbot, page.context.tasks)
    assert everybody(qtbot, page)[0].checked is None


def test_the_whole_way_by_keys(qtbot, page: ContactsPage) -> None:
    page.text.setFocus()
    QGuiApplication.clipboard().setText(encode_card(CARD))
    press(qtbot, page.window(), "Ctrl+V")
    press(qtbot, page.window(), "Tab")
    press(qtbot, page.window(), "Tab")
    assert page.paste.hasFocus()
    press(qtbot, page.window(), "Return")
    quiet(qtbot, page.context.tasks)
    link(page, "Compare the words: Dr Amsel").setFocus()
    press(qtbot, page.window(), "Space")
    quiet(qtbot, page.context.tasks)
    press(qtbot, page.window(), "Space")
    assert page.comparing.ways[Compared.IN_PERSON].isChecked()
    page.comparing.same.setFocus()
    press(qtbot, page.window(), "Return")
    quiet(qtbot, page.context.tasks)
    assert everybody(qtbot, page)[0].how is Compared.IN_PERSON
    QGuiApplication.clipboard().clear()


# -- changing, removing ------------------------------------------------------------------------------------------


def test_removing_and_undo(qtbot, page: ContactsPage) -> None:
    add(qtbot, page)
    link(page, "Remove: Dr Amsel").click()
    quiet(qtbot, page.context.tasks)
    assert everybody(qtbot, page) == []
    assert any("Nobody is here yet" in text for text in texts(page))
    shown(page, "Undo").click()
    quiet(qtbot, page.context.tasks)
    assert [one.name for one in everybody(qtbot, page)] == ["Dr Amsel"]


def test_name_and_role_are_changed_and_the_keys_stay(qtbot, page: ContactsPage) -> None:
    add(qtbot, page)
    link(page, "Change: Dr Amsel").click()
    quiet(qtbot, page.context.tasks)
    form = page.window().stack.currentWidget()
    assert form.address.isReadOnly() and form.address.text() == CARD.recipient
    assert form.words.words == CARD.words
    form.name.clear()
    qtbot.keyClicks(form.name, "Dr Merle Amsel")
    form.role.chip(ShareRole.BOTH).click()
    form.save.click()
    quiet(qtbot, page.context.tasks)
    assert everybody(qtbot, page) == [Contact(name="Dr Merle Amsel", recipient=CARD.recipient, role=ShareRole.BOTH)]
    assert page.window().stack.place == Place("contacts")


def test_a_journal_for_reading_shows_them_only(qtbot, window: MainWindow, tmp_path: Path) -> None:
    def fill(service: JournalService) -> None:
        service.add_card(CARD)

    read_only(qtbot, window, tmp_path / "journal.vault", fill)
    page = go(qtbot, window, Place("contacts"))
    assert not page.choose.isVisible()
    link(page, "Open: Dr Amsel").click()
    quiet(qtbot, page.context.tasks)
    form = window.stack.currentWidget()
    assert form.name.isReadOnly() and not form.save.isVisible()


def test_a_name_is_shown_as_it_is(qtbot, page: ContactsPage) -> None:
    save(qtbot, page.window(), Contact(name="<b>Amsel</b><img src='file:///x'>", recipient=CARD.recipient))
    quiet(qtbot, page.context.tasks)
    assert "<b>Amsel</b><img src='file:///x'>" in texts(page)
    labels = page.findChildren(QLabel)
    assert all(made.textFormat() == Qt.TextFormat.PlainText for made in labels)


# -- my card -----------------------------------------------------------------------------------------------------


def test_my_card_is_shown_saved_and_copied(qtbot, page: ContactsPage, prompter: FakePrompter, tmp_path: Path) -> None:
    assert not page.mine.words.isVisible()
    page.mine.show_it.click()
    quiet(qtbot, page.context.tasks)
    page.mine.save.click()
    quiet(qtbot, page.context.tasks)
    assert "Give the name on the card first." in page.banner.text
    assert page.mine.name.hasFocus()
    qtbot.keyClicks(page.mine.name, "Jona")
    path = tmp_path / "mine.journal-contact"
    prompter.answers = [path]
    page.mine.save.click()
    quiet(qtbot, page.context.tasks)
    assert prompter.asked == [("save_path", "Keep my card as", "Jona.journal-contact")]
    card = read_card(path)
    assert (card.name, card.words) == ("Jona", page.mine.words.words)
    page.mine.copy.click()
    quiet(qtbot, page.context.tasks)
    assert decode_card(QGuiApplication.clipboard().text()) == card
    QGuiApplication.clipboard().clear()


def test_my_card_stands_as_a_code_dark_on_white_in_every_scheme(qtbot, page: ContactsPage) -> None:
    import segno

    page.mine.show_it.click()
    quiet(qtbot, page.context.tasks)
    qtbot.keyClicks(page.mine.name, "Jona")
    page.mine.qr.click()
    page.mine.copy.click()
    quiet(qtbot, page.context.tasks)
    text = QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    code = next(made for made in page.mine.findChildren(QWidget) if made.accessibleName() == "My card as a QR code")
    qtbot.waitUntil(lambda: code.width() == code.sizeHint().width() > 0)
    image = code.grab().toImage()
    matrix = segno.make_qr(text, error="m", encoding="utf-8").matrix
    module = image.width() / (len(matrix) + 8)
    shown_dark = [
        [
            image.pixelColor(int((x + 4.5) * module), int((y + 4.5) * module)).lightness() < 128
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert shown_dark == [[bool(dark) for dark in row] for row in matrix]
    assert image.pixelColor(2, 2).lightness() == 255


def test_what_was_said_of_my_card_is_not_said_of_another(
    qtbot, page: ContactsPage, prompter: FakePrompter, tmp_path: Path
) -> None:
    page.mine.show_it.click()
    quiet(qtbot, page.context.tasks)
    qtbot.keyClicks(page.mine.name, "Jona")
    prompter.answers = [tmp_path / "mine.journal-contact"]
    page.mine.save.click()
    quiet(qtbot, page.context.tasks)
    status = page.window().status
    assert status.text == "Your card is saved. It holds no secret."
    add(qtbot, page, CARD)
    assert "is added" in page.banner.text and status.text == ""
