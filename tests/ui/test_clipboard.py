"""A secret leaves the clipboard again; what someone else put there stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication

from ui import clipboard


@pytest.fixture(autouse=True)
def board(qapp) -> Iterator[QClipboard]:
    found = QGuiApplication.clipboard()
    found.clear()
    yield found
    found.clear()


def test_a_secret_is_taken_back(board: QClipboard) -> None:
    clipboard.copy_secret("abandon ability")
    assert board.text() == "abandon ability"
    assert clipboard.secret_timer().interval() == 60_000
    clipboard.secret_timer().timeout.emit()
    assert board.text() == ""


def test_managers_are_asked_not_to_keep_it(board: QClipboard) -> None:
    clipboard.copy_secret("abandon")
    assert bytes(board.mimeData().data("x-kde-passwordManagerHint").data()) == b"secret"


def test_what_was_copied_since_stays(board: QClipboard) -> None:
    clipboard.copy_secret("abandon")
    board.setText("a shopping list")
    clipboard.secret_timer().timeout.emit()
    assert board.text() == "a shopping list"


def test_leaving_empties_what_this_program_copied(board: QClipboard) -> None:
    clipboard.copy("words from the journal")
    clipboard.forget()
    assert board.text() == ""
