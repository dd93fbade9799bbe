"""What the tests of contacts do: add a card, find a button by what a screen reader says, see who is there."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from journal.records import Contact
from journal.service import JournalService
from journal.share import Card, encode_card, generate_identity
from tests.ui.conftest import quiet
from tests.ui.hands import ask
from ui.pages.contacts import ContactsPage

AMSEL = generate_identity()
CARD = Card(name="Dr Amsel", recipient=AMSEL.recipient)


def everybody(qtbot: Any, page: QWidget) -> list[Contact]:
    return [known.contact for known in ask(qtbot, page.window(), JournalService.contacts)]


def add(qtbot: Any, page: ContactsPage, card: Card = CARD) -> None:
    page.text.setPlainText(encode_card(card))
    page.paste.click()
    quiet(qtbot, page.context.tasks)


def link(page: QWidget, name: str) -> QPushButton:
    """The button that a screen reader calls so."""
    found = [made for made in page.findChildren(QPushButton) if made.accessibleName() == name and made.isVisible()]
    assert len(found) == 1, name
    return found[0]
