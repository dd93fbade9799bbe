"""Contacts in the window: a card comes in, words are compared, a reader is chosen, a share says who made it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from journal.clock import FixedClock
from journal.records import Compared, Contact, Moment, ShareRole
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.share import (
    Card,
    Selection,
    decode_card,
    encode_card,
    generate_identity,
    generate_signing_key,
    read_card,
)
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, press
from tests.ui.pages.hands import read_only, save, shown
from tests.ui.pages.sharing import on, texts, tick
from ui.pages.contacts import ContactsPage
from ui.pages.review import ReviewPage
from ui.pages.share import SharePage
from ui.places import Place
from ui.widgets.compare_words import DIFFERENT
from ui.window import MainWindow

AMSEL = generate_identity()
CARD = Card(name="Dr Amsel", recipient=AMSEL.recipient)


@pytest.fixture
def page(qtbot, window_open: MainWindow) -> ContactsPage:
    return go(qtbot, window_open, Place("contacts"))


@pytest.fixture
def jona(tmp_path: Path) -> Iterator[JournalService]:
    """Somebody else's journal, open elsewhere, with a page in it."""
    made, _ = JournalService.create(
        tmp_path / "jona.vault", PASSWORD, profile=FAST, clock=FixedClock(NOW), state_dir=tmp_path / "jona"
    )
    made.save(JournalPage(at=Moment(NOW), title="Their day", text="the door"), "7" * 32)
    yield made
    made.close()


def everybody(qtbot, page: QWidget) -> list[Contact]:
    return [known.contact for known in ask(qtbot, page.window(), JournalService.contacts)]


def add(qtbot, page: ContactsPage, card: Card = CARD) -> None:
    page.text.setPlainText(encode_card(card))
    page.paste.click()
    quiet(qtbot, page.context.tasks)


def link(page: QWidget, name: str) -> QPushButton:
    """The button that a screen reader calls so."""
    found = [made for made in page.findChildren(QPushButton) if made.accessibleName() == name and made.isVisible()]
    assert len(found) == 1, name
    return found[0]


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
    assert ["another key for signatures" in asked[2] for asked in prompter.asked] == [True, True, False]
    assert "another address" in prompter.asked[2][2]


# -- comparing ---------------------------------------------------------------------------------------------------


def test_the_words_are_compared_by_saying_how(qtbot, page: ContactsPage) -> None:
    add(qtbot, page)
    link(page, "Compare the words: Dr Amsel").click()
    panel = page.comparing
    assert panel.words.words == CARD.words
    assert panel.words.accessibleDescription() == ", ".join(CARD.words)
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


# -- sharing with a contact --------------------------------------------------------------------------------------


@pytest.fixture
def share(qtbot, page: ContactsPage) -> SharePage:
    add(qtbot, page)
    eid = save(qtbot, page.window(), JournalPage(at=Moment(NOW), title="A day", text="the door"))
    made = go(qtbot, page.window(), Place("share"))
    tick(made, eid)
    on(qtbot, made)
    return made


def test_a_contact_is_chosen_and_the_proof_is_on(
    qtbot, share: SharePage, prompter: FakePrompter, tmp_path: Path, jona: JournalService
) -> None:
    assert not share.reader.address.isVisible()
    share.reader.recipient_choice.click()
    address = share.reader.address
    assert address.who.currentText() == "Dr Amsel"
    assert share.reader.to.text() == "Dr Amsel"
    assert share.reader.recipients == (CARD.recipient,)
    assert not address.field.isVisible()
    assert "Words not compared yet." in texts(address)
    assert address.prove.isChecked() and not share.reader.sign
    on(qtbot, share)
    assert any("checks that this is from you" in text for text in texts(share.preview))
    path = tmp_path / "s.age"
    prompter.answers = [path]
    on(qtbot, share)
    receipt = ask(qtbot, share.window(), JournalService.ledger)[0].record
    assert (receipt.proved, receipt.signed, receipt.recipient) == (True, False, CARD.recipient)
    ledger = go(qtbot, share.window(), Place("ledger"))
    assert "With a proof for this reader that it is from you." in texts(ledger)


def test_signing_is_off_and_says_what_it_means(
    qtbot, share: SharePage, prompter: FakePrompter, tmp_path: Path
) -> None:
    signing = share.reader.signing
    assert not signing.box.isChecked()
    assert "for good" in signing.warning.text() and "cannot be taken back" in signing.warning.text()
    assert signing.box.accessibleDescription() == signing.warning.text()
    share.reader.recipient_choice.click()
    share.reader.address.prove.click()
    signing.box.click()
    on(qtbot, share)
    prompter.answers = [tmp_path / "s.age"]
    on(qtbot, share)
    receipt = ask(qtbot, share.window(), JournalService.ledger)[0].record
    assert (receipt.proved, receipt.signed) == (False, True)


def test_a_pasted_address_proves_nothing_by_itself_and_can_be_kept(qtbot, share: SharePage) -> None:
    share.reader.recipient_choice.click()
    address = share.reader.address
    address.who.setCurrentIndex(1)
    address._on_who(1)
    assert address.field.hasFocus() and address.field.text() == ""
    assert not address.prove.isChecked()
    assert not address.keep_it.isVisible()
    other = generate_identity().recipient
    qtbot.keyClicks(address.field, other)
    assert address.keep_it.isVisible()
    assert not address.prove.isChecked()
    share.reader.to.clear()
    address.keep_it.click()
    assert "Give the name above first" in share.reader.problem.text()
    qtbot.keyClicks(share.reader.to, "Noor")
    address.keep_it.click()
    quiet(qtbot, share.context.tasks)
    assert {one.name for one in everybody(qtbot, share)} == {"Dr Amsel", "Noor"}
    assert address.who.currentText() == "Noor"
    assert share.reader.recipients == (other,)


def test_what_was_chosen_is_there_again(qtbot, share: SharePage) -> None:
    share.reader.recipient_choice.click()
    share.reader.address.prove.click()
    share.reader.signing.box.click()
    share.seal()
    quiet(qtbot, share.context.tasks)
    kept = ask(qtbot, share.window(), JournalService.unfinished_share)
    assert (kept.recipient, kept.prove, kept.sign) == (CARD.recipient, False, True)
    share.reader.reset()
    share.reader.bring_back(kept)
    assert share.reader.recipients == (CARD.recipient,)
    assert (share.reader.prove, share.reader.sign) == (False, True)


# -- reading -----------------------------------------------------------------------------------------------------


def told(qtbot, window: MainWindow, path: Path) -> str:
    """What the cover of a share says of who made it, and all else on it."""
    page = go(qtbot, window, Place("review"))
    assert isinstance(page, ReviewPage)
    page.open_file(path)
    quiet(qtbot, page.context.tasks)
    assert page.stack.currentIndex() == 1, page.banner.text
    return " ".join(texts(page.view))


def test_the_cover_says_who_made_it(qtbot, page: ContactsPage, jona: JournalService, tmp_path: Path) -> None:
    window = page.window()
    here = ask(qtbot, window, JournalService.identity)
    choice = Selection(eids=frozenset({"7" * 32}), sender="Jona")
    for name, more in {"bare": {}, "proved": {"prove": True}}.items():
        jona.write_share(choice, tmp_path / f"{name}.age", recipients=[here], **more)
    assert "Nothing in this file proves who sent it" in told(qtbot, window, tmp_path / "bare.age")
    assert "not among your contacts" in told(qtbot, window, tmp_path / "proved.age")
    mine = jona.own_card("Jona").card
    eid = ask(qtbot, window, partial(JournalService.add_card, card=mine)).eid
    assert "were not compared yet" in told(qtbot, window, tmp_path / "proved.age")
    mark = partial(JournalService.mark_compared, eid=eid, words=mine.words, how=Compared.IN_PERSON)
    ask(qtbot, window, mark)
    said = told(qtbot, window, tmp_path / "proved.age")
    assert "Made by Jona. Words compared on 12 March 2026, in person." in said
    assert "Nothing in this file proves" not in said


def test_contacts_are_reached_from_both_pages(qtbot, share: SharePage) -> None:
    share.reader.recipient_choice.click()
    share.reader.address.manage.click()
    quiet(qtbot, share.context.tasks)
    assert share.window().stack.place == Place("contacts")
    review = go(qtbot, share.window(), Place("review"))
    shown(review, "Contacts, and my own card").click()
    quiet(qtbot, share.context.tasks)
    assert share.window().stack.place == Place("contacts")
