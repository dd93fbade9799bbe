"""Now and then, and quietly, Today asks whether the recovery words can be found."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from journal.records import Moment, Page
from journal.service import JournalService
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet, settled
from tests.ui.hands import ask, go, reopened
from ui.audit import faults
from ui.dialogs.drill import RIGHT, DrillDialog
from ui.dialogs.recovery import RecoveryDialog
from ui.places import Place
from ui.widgets.recovery_steps import ShowWords, TypeWords


def write(qtbot, window, *titles: str) -> list[str]:
    pages = [Page(at=Moment(NOW), title=title) for title in titles]
    return [ask(qtbot, window, partial(JournalService.save, record=page)).eid for page in pages]


def card(window) -> QPushButton | None:
    return seen(window, "Try them")


def seen(window, text: str) -> QPushButton | None:
    """The button of that text that can be seen: pages that are not shown have some of the same words."""
    made = [found for found in window.findChildren(QPushButton) if found.text() == text and found.isVisible()]
    return made[0] if made else None


def later(qtbot, window, clock, days: float) -> None:
    clock.at += timedelta(days=days)
    go(qtbot, window, Place("charts"))
    go(qtbot, window, Place("today"))


def test_the_words_of_the_beginning_are_noted_and_asked_for_after_thirty_days(qtbot, window_open, clock):
    write(qtbot, window_open, "One")
    assert ask(qtbot, window_open, JournalService.settings).recovery_proved == Moment(NOW)
    later(qtbot, window_open, clock, 29)
    assert card(window_open) is None
    later(qtbot, window_open, clock, 2)
    assert card(window_open) is not None


def test_not_now_asks_again_in_two_weeks(qtbot, window_open, clock):
    write(qtbot, window_open, "One")
    later(qtbot, window_open, clock, 31)
    seen(window_open, "Not now").click()
    quiet(qtbot, window_open.context.tasks)
    qtbot.waitUntil(lambda: card(window_open) is None)
    later(qtbot, window_open, clock, 13)
    assert card(window_open) is None
    later(qtbot, window_open, clock, 1)
    assert card(window_open) is not None


def trial(qtbot, window, clock) -> DrillDialog:
    write(qtbot, window, "One")
    later(qtbot, window, clock, 31)
    card(window).click()
    quiet(qtbot, window.context.tasks)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DrillDialog)
    return dialog


def new_words(qtbot, window) -> str:
    words = ask(qtbot, window, JournalService.new_words)
    ask(qtbot, window, partial(JournalService.take_words, words=words))
    return words


def test_right_words_are_said_to_be_right_and_not_asked_for_until_three_months_later(qtbot, window_open, clock):
    words = new_words(qtbot, window_open)
    dialog = trial(qtbot, window_open, clock)
    dialog.words.edit.setPlainText(words.upper())
    dialog.next.click()
    quiet(qtbot, window_open.context.tasks)
    assert dialog.banner.text == RIGHT
    assert dialog.words.value() == ""
    dialog.close_.click()
    later(qtbot, window_open, clock, 89)
    assert card(window_open) is None
    later(qtbot, window_open, clock, 1)
    assert card(window_open) is not None


def test_wrong_words_lead_to_new_ones(qtbot, window_open, clock, prompter):
    dialog = trial(qtbot, window_open, clock)
    for wrong in ("abandon " * 15, "two words", ""):
        dialog.words.edit.setPlainText(wrong)
        dialog.next.click()
        quiet(qtbot, window_open.context.tasks)
        assert dialog.banner.text.startswith("These words do not open this journal.")
    prompter.answers = [True]
    dialog.new.click()
    quiet(qtbot, window_open.context.tasks)
    made = QApplication.activeModalWidget()
    made.show_words.next.click()
    made.type_words.words.edit.setPlainText(made.show_words.sheet().split("\n\n")[1])
    made.type_words.next.click()
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, JournalService.settings).recovery_proved == Moment(clock.now())
    later(qtbot, window_open, clock, 29)
    assert card(window_open) is None


def test_left_alone_it_asks_no_more_on_that_day(qtbot, window_open, clock):
    dialog = trial(qtbot, window_open, clock)
    dialog.reject()
    later(qtbot, window_open, clock, 0.5)
    assert card(window_open) is None
    later(qtbot, window_open, clock, 0.5)
    assert card(window_open) is not None


# -- words that were never typed back ---------------------------------------------------------------------------


def never_typed_back(qtbot, window, tmp_path):
    """A journal whose window was closed at "Your recovery words", unlocked with the password."""
    service, words = JournalService.create(
        tmp_path / "skipped.vault", PASSWORD, profile=FAST, clock=window.context.clock, state_dir=tmp_path / "state"
    )
    service.close()
    window.offer(tmp_path / "skipped.vault")
    window.welcome.unlock.password.edit.setText(PASSWORD)
    window.welcome.unlock.next.click()
    settled(qtbot, window)
    return words


def named(window, text: str) -> QPushButton | None:
    return next((one for one in window.findChildren(QPushButton) if one.text() == text and one.isVisible()), None)


def test_words_that_were_never_typed_back_are_asked_about_at_once(qtbot, window, tmp_path):
    words = never_typed_back(qtbot, window, tmp_path)
    assert named(window, "Make new words…") is not None
    assert "not typed back yet" in " ".join(one.text() for one in window.stack.currentWidget().findChildren(QLabel))
    assert faults(window) == []
    named(window, "Try them").click()
    quiet(qtbot, window.context.tasks)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DrillDialog)
    dialog.words.edit.setPlainText(words)
    dialog.next.click()
    quiet(qtbot, window.context.tasks)
    dialog.reject()
    qtbot.waitUntil(lambda: named(window, "Make new words…") is None)
    write(qtbot, window, "One")
    assert card(window) is None


def test_not_now_leaves_it_for_two_weeks_and_not_for_ever(qtbot, window, tmp_path, clock):
    never_typed_back(qtbot, window, tmp_path)
    named(window, "Not now").click()
    qtbot.waitUntil(lambda: named(window, "Not now") is None)
    assert line(window) is not None  # a quiet line stays
    later(qtbot, window, clock, 15)
    assert named(window, "Not now") is not None and line(window) is None


def test_new_words_can_be_made_from_there(qtbot, window, tmp_path, prompter):
    never_typed_back(qtbot, window, tmp_path)
    prompter.answers = [False]
    named(window, "Make new words…").click()
    assert prompter.asked[-1][1] == "Make new recovery words?"
    ask(qtbot, window, JournalService.words_proved)
    qtbot.waitUntil(lambda: named(window, "Make new words…") is None)


def test_who_opens_the_journal_with_the_words_has_them(qtbot, window, tmp_path):
    options = {"clock": window.context.clock, "state_dir": tmp_path / "state"}
    service, words = JournalService.create(tmp_path / "a.vault", PASSWORD, profile=FAST, **options)
    service.close()
    window.offer(tmp_path / "a.vault")
    window.welcome._on_with_words()
    window.welcome.use_words.words.edit.setPlainText(words)
    window.welcome.use_words.next.click()
    settled(qtbot, window)
    assert named(window, "Make new words…") is None


# -- writing first ------------------------------------------------------------------------------------------------


def begun(qtbot, window, tmp_path, step: str) -> str:
    """A new journal, of which the words were put off at that step; its words."""
    welcome = window.welcome
    window.begin()
    welcome.create.set_path(tmp_path / "first.vault")
    for field in (welcome.create.password, welcome.create.repeat):
        field.edit.setText(PASSWORD)
    welcome.create.next.click()
    qtbot.waitUntil(lambda: welcome.step is welcome.show_words, timeout=20_000)
    words = welcome.show_words.sheet().split("\n\n")[1]
    if step == "type_words":
        welcome.show_words.next.click()
    shown = getattr(welcome, step)
    assert welcome.step is shown and shown.put_off.isVisible()
    said = " ".join(one.text() for one in shown.findChildren(QLabel) if one.isVisible())
    assert "a forgotten password loses all that is in the journal" in said
    shown.put_off.click()
    settled(qtbot, window)
    return words


def line(window) -> QPushButton | None:
    return named(window, "Type them…")


@pytest.mark.parametrize("step", ["show_words", "type_words"])
def test_one_can_write_first_and_a_line_stays_until_the_words_were_typed(
    qtbot, window, tmp_path, clock, step: str
) -> None:
    words = begun(qtbot, window, tmp_path, step)
    assert named(window, "Write an intention").hasFocus()  # Enter is all it takes
    assert line(window) is not None and card(window) is None
    write(qtbot, window, "One")
    for days in (0, 1, 1):
        later(qtbot, window, clock, days)
        assert line(window) is not None or card(window) is not None  # the line, or from tomorrow on the question
    named(window, "Not now").click()
    quiet(qtbot, window.context.tasks)
    qtbot.waitUntil(lambda: line(window) is not None)
    assert faults(window) == []
    line(window).click()
    quiet(qtbot, window.context.tasks)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DrillDialog)
    dialog.words.edit.setPlainText(words)
    dialog.next.click()
    quiet(qtbot, window.context.tasks)
    dialog.reject()
    qtbot.waitUntil(lambda: line(window) is None and card(window) is None)


def test_the_words_put_off_open_the_journal_all_the_same(qtbot, window, tmp_path) -> None:
    words = begun(qtbot, window, tmp_path, "show_words")
    assert ask(qtbot, window, partial(JournalService.check_recovery, words=words))
    assert ask(qtbot, window, JournalService.words_unproved)


def test_new_words_of_an_open_journal_are_not_put_off(qtbot, context) -> None:
    for step in (ShowWords(context.theme, context.prompter), TypeWords(context.theme, "Done")):
        qtbot.addWidget(step)
        step.show()
        assert step.next.isVisible() and not step.put_off.isVisible()


# -- new words ----------------------------------------------------------------------------------------------------


def opens(qtbot, window, words: str) -> bool:
    return ask(qtbot, window, partial(JournalService.check_recovery, words=words))


def offered(qtbot, window, prompter) -> tuple[RecoveryDialog, str]:
    """The dialog with new words, and these."""
    prompter.answers = [True]
    window.menu_actions["new-words"].trigger()
    quiet(qtbot, window.context.tasks)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecoveryDialog)
    sheet = dialog.show_words.sheet().split("\n\n")[1]
    return dialog, " ".join(word for word in sheet.split() if word.isalpha())


@pytest.mark.parametrize("way", ["escape", "button", "typing", "lock"])
def test_whatever_way_new_words_are_left_the_old_ones_count(
    qtbot, window_open, prompter, tmp_path, replaced, way
) -> None:
    old = new_words(qtbot, window_open)
    dialog, new = offered(qtbot, window_open, prompter)
    said = " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())
    assert "Until then the words you have do." in said
    assert not opens(qtbot, window_open, new)
    if way == "lock":
        window_open.lock()
        qtbot.waitUntil(lambda: bool(replaced))
        again = reopened(tmp_path / "journal.vault")
        assert again.check_recovery(old) and not again.check_recovery(new) and not again.words_unproved()
        again.close()
        return
    if way == "typing":
        dialog.show_words.next.click()
        dialog.type_words.words.edit.setPlainText(old)
        dialog.type_words.next.click()
        assert dialog.type_words.banner.text.startswith("These are not the words yet.")
        dialog.type_words.cancel.click()
    elif way == "button":
        dialog.show_words.cancel.click()
    else:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    quiet(qtbot, window_open.context.tasks)
    assert QApplication.activeModalWidget() is None
    assert opens(qtbot, window_open, old) and not opens(qtbot, window_open, new)
    assert line(window_open) is None


def test_new_words_typed_back_take_the_place_of_the_old_and_are_proved(qtbot, window, tmp_path, prompter) -> None:
    old = never_typed_back(qtbot, window, tmp_path)
    dialog, new = offered(qtbot, window, prompter)
    dialog.show_words.next.click()
    dialog.type_words.words.edit.setPlainText(new)
    dialog.type_words.next.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    quiet(qtbot, window.context.tasks)
    assert opens(qtbot, window, new) and not opens(qtbot, window, old)
    qtbot.waitUntil(lambda: line(window) is None and card(window) is None)
