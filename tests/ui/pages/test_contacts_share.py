"""A contact reads a share, and the cover of one says who made it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from journal.clock import FixedClock
from journal.records import Compared, Contact, Moment
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.share import (
    Card,
    Selection,
    generate_identity,
)
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, press
from tests.ui.pages.cards import CARD, add, everybody
from tests.ui.pages.hands import save, shown
from tests.ui.pages.sharing import on, texts, tick
from ui.pages.contacts import ContactsPage
from ui.pages.review import ReviewPage
from ui.pages.share import SharePage
from ui.places import Place
from ui.window import MainWindow


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
    assert f"Words not compared yet; address ending in {CARD.recipient[-6:]}." in texts(address)
    assert address.state.property("role") == "warm"
    assert address.prove.isChecked() and not share.reader.sign
    on(qtbot, share)
    assert any("checks that this is from you" in text for text in texts(share.preview))
    path = tmp_path / "s.age"
    prompter.answers = [path]
    on(qtbot, share)
    receipt = ask(qtbot, share.window(), JournalService.ledger)[0].record
    assert (receipt.proved, receipt.signed, receipt.recipient) == (True, False, CARD.recipient)
    ledger = go(qtbot, share.window(), Place("ledger"))
    assert f"Closed for Dr Amsel, address ending in {CARD.recipient[-6:]}" in texts(ledger)
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


def test_two_contacts_of_one_name_are_told_apart(qtbot, share: SharePage) -> None:
    other = generate_identity().recipient
    ask(qtbot, share.window(), partial(JournalService.save, record=Contact(name="dr amsel", recipient=other)))
    quiet(qtbot, share.context.tasks)
    share.reader.recipient_choice.click()
    address = share.reader.address
    shown_ = {address.who.itemData(place): address.who.itemText(place) for place in range(address.who.count() - 1)}
    assert shown_.keys() == {CARD.recipient, other}
    for known, text in shown_.items():
        assert text.endswith(f"· words not compared · address ending in {known[-6:]}")
    contacts = go(qtbot, share.window(), Place("contacts"))
    assert all(any(f"address ending in {one[-6:]}" in text for text in texts(contacts)) for one in shown_)


def test_what_is_asked_for_comes_into_view_and_is_where_one_types(qtbot, share: SharePage) -> None:
    share.window().resize(900, 600)
    share.reader.recipient_choice.click()
    address = share.reader.address
    address.who.setCurrentIndex(address.who.count() - 1)
    address._on_who(address.who.count() - 1)
    share.reader.recipient.clear()
    scroll = share.stack.currentWidget()
    scroll.verticalScrollBar().setValue(0)
    share.reader.to.setFocus()
    share.next.click()
    qtbot.waitUntil(lambda: seen(share.reader.problem) and seen(address.field))
    assert address.field.hasFocus()


def test_the_fields_of_a_contact_come_into_view(qtbot, share: SharePage) -> None:
    share.window().resize(900, 600)
    scroll = share.stack.currentWidget()
    scroll.verticalScrollBar().setValue(0)
    share.reader.recipient_choice.click()
    qtbot.waitUntil(lambda: seen(share.reader.address.who))


def seen(widget: QWidget) -> bool:
    """Whether all of it can be seen."""
    return widget.isVisible() and widget.visibleRegion().boundingRect().height() == widget.height()


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
    assert share.window().stack.place == Place("contacts", kind="share")
    review = go(qtbot, share.window(), Place("review"))
    shown(review, "Contacts, and my own card").click()
    quiet(qtbot, share.context.tasks)
    assert share.window().stack.place == Place("contacts")
    assert share.window().stack.currentWidget().to_share.isHidden()


@pytest.mark.parametrize("keys", [False, True])
def test_from_contacts_one_goes_back_to_the_share_and_who_was_added_is_chosen(
    qtbot, share: SharePage, page: ContactsPage, keys: bool
) -> None:
    share.reader.recipient_choice.click()
    share.reader.address.who.setCurrentIndex(1)
    share.reader.address._on_who(1)
    share.reader.recipient.clear()
    share.reader.address.manage.click()
    quiet(qtbot, share.context.tasks)
    other = Card(name="Noor", recipient=generate_identity().recipient)
    add(qtbot, page, other)
    if keys:
        press(qtbot, share.window(), "Esc")
    else:
        page.to_share.click()
    quiet(qtbot, share.context.tasks)
    assert share.window().stack.place == Place("share") and share.reader.isVisible()
    assert share.reader.recipients == (other.recipient,)
    assert share.reader.address.who.currentText() == "Noor"
