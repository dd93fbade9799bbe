"""One question of a questionnaire: answered by number, arrows and mouse, declined, left alone; and how it is laid."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from journal.scales import built_in
from ui.widgets.scale_item import DECLINED, ScaleItem

Key = Qt.Key


@pytest.fixture
def row(qtbot, theme) -> ScaleItem:
    pack = built_in("phq-9")
    made = ScaleItem(theme, 1, pack.items[0], pack.options)
    qtbot.addWidget(made)
    made.resize(700, 120)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.focus_field().setFocus()
    return made


def test_a_question_begins_without_an_answer(row: ScaleItem):
    assert row.answer is None
    assert not row.declined
    assert [made.accessibleName() for made in row.buttons][:2] == ["Not at all", "Several days"]
    assert row.buttons[0].accessibleDescription() == row.item.text


def test_a_number_answers_and_goes_on(qtbot, row: ScaleItem):
    with qtbot.waitSignals([row.answered, row.go_on]):
        qtbot.keyClicks(row.buttons[0], "2")
    assert row.answer == 2
    with qtbot.waitSignal(row.go_on), qtbot.assertNotEmitted(row.answered):
        qtbot.keyClicks(row.buttons[0], "2")


def test_a_number_that_is_no_answer_does_nothing(qtbot, row: ScaleItem):
    with qtbot.assertNotEmitted(row.answered), qtbot.assertNotEmitted(row.go_on):
        qtbot.keyClicks(row.buttons[0], "7")
    assert row.answer is None


def test_arrows_move_and_backspace_takes_it_back(qtbot, row: ScaleItem):
    qtbot.keyClick(row.buttons[0], Key.Key_Right)
    assert row.answer == 0, "the first arrow only begins"
    qtbot.keyClick(row.buttons[0], Key.Key_Down)
    assert row.answer == 1
    assert row.buttons[1].hasFocus()
    qtbot.keyClick(row.buttons[1], Key.Key_Backspace)
    assert (row.answer, row.declined) == (None, False)


def test_preferring_not_to_answer_is_no_answer(qtbot, row: ScaleItem):
    declined = next(made for made in row.buttons if made.accessibleName() == DECLINED)
    qtbot.mouseClick(declined, Qt.MouseButton.LeftButton)
    assert (row.answer, row.declined) == (None, True)
    qtbot.keyClicks(declined, "0")
    assert (row.answer, row.declined) == (0, False)


def test_tab_comes_to_a_question_once(row: ScaleItem):
    stops = [made for made in row.buttons if made.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [row.buttons[0]]
    row.set_answer(3)
    assert [made for made in row.buttons if made.focusPolicy() & Qt.FocusPolicy.TabFocus] == [row.buttons[3]]


def test_answers_stand_below_each_other_where_there_is_no_room(qtbot, row: ScaleItem):
    tops = {made.mapTo(row, made.rect().topLeft()).y() for made in row.buttons[:4]}
    assert len(tops) == 1
    row.resize(300, 300)
    QApplication.processEvents()
    tops = {made.mapTo(row, made.rect().topLeft()).y() for made in row.buttons[:4]}
    assert len(tops) == 4
