"""A questionnaire on one page: answered by keys, left alone, declined, kept, added up; and the card after item 9."""

from __future__ import annotations

from functools import partial

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton

from journal.records import Moment, ScaleAnswers
from journal.scales import built_in
from journal.service import Answered, JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press, reopened
from ui import stack
from ui.pages.scale import ScalePage
from ui.places import Place
from ui.widgets.scale_item import DECLINED
from ui.window import MainWindow

Key = Qt.Key


def filling(qtbot, window: MainWindow, name: str = "phq-9") -> ScalePage:
    return go(qtbot, window, Place("scale", kind=name))


def answers(qtbot, window: MainWindow) -> tuple[Answered, ...]:
    return ask(qtbot, window, JournalService.answers)


def saved(qtbot, window: MainWindow, scale: str = "phq-9", given=(1,) * 9 + (None,), **more) -> str:
    record = ScaleAnswers(at=Moment(NOW), scale=scale, title=scale.upper(), answers=tuple(given), **more)
    return ask(qtbot, window, partial(JournalService.save, record=record)).eid


def keys(qtbot, text: str) -> None:
    """Numbers, typed at whatever has the focus."""
    for char in text:
        qtbot.keyClicks(QApplication.focusWidget(), char)


def told(page: ScalePage) -> str:
    return "\n".join(made.text() for made in page.findChildren(QLabel) if made.isVisible())


@pytest.fixture
def help_there(monkeypatch) -> None:
    """Any page in the place of Help: here it matters how one comes there and back."""
    monkeypatch.setitem(stack._PAGES, "help", ("ledger", "LedgerPage"))


# -- filling it in --------------------------------------------------------------------------------------------


def test_the_whole_page_by_numbers(qtbot, window_open: MainWindow):
    page = filling(qtbot, window_open)
    assert page.rows[0].buttons[0].hasFocus()
    keys(qtbot, "1111111101")
    assert page.note.hasFocus()
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    (one,) = answers(qtbot, window_open)
    assert one.record.answers == (1, 1, 1, 1, 1, 1, 1, 1, 0, 1)
    assert (one.record.scale, one.record.title, one.record.version) == ("phq-9", "PHQ-9", 1)
    assert page.total.text() == "Your answers add up to 8 of 27."
    assert "published range" not in told(page).lower()
    assert page.done.hasFocus()


def test_it_is_read_word_for_word(qtbot, window_open: MainWindow):
    page = filling(qtbot, window_open)
    pack = built_in("phq-9")
    assert page.stem.text() == pack.stem
    assert [made.question.text() for made in page.rows[:9]] == [
        f"{number}. {item.text}" for number, item in enumerate(pack.items[:9], 1)
    ]
    assert page.rows[9].question.text() == pack.items[9].text
    names = [made.accessibleName() for made in page.rows[9].findChildren(QRadioButton)]
    assert names == ["Not difficult at all", "Somewhat difficult", "Very difficult", "Extremely difficult", DECLINED]


def test_what_was_left_alone_is_said_plainly(qtbot, window_open: MainWindow):
    page = filling(qtbot, window_open, "gad-7")
    for place in (0, 1, 3, 4, 5):
        page.rows[place].set_answer(1)
        page.rows[place].answered.emit()
    page.rows[6].set_answer(None, declined=True)
    page.rows[6].answered.emit()
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (one,) = answers(qtbot, window_open)
    assert one.record.answers == (1, 1, None, 1, 1, 1, None)
    assert one.record.declined == (6,)
    assert page.total.text() == "Items 3 and 7 have no answer, so there is no total: it needs every answer."
    assert "Your answers are kept as they are." in page.details.text()


def test_nothing_at_all_is_not_saved(qtbot, window_open: MainWindow):
    page = filling(qtbot, window_open)
    page.save.click()
    assert page.banner.text == page.nothing
    assert answers(qtbot, window_open) == ()


def test_a_draft_is_sealed_and_gone_on_with(qtbot, window_open: MainWindow):
    page = filling(qtbot, window_open)
    keys(qtbot, "12")
    go(qtbot, window_open, Place("today"))
    assert answers(qtbot, window_open) == ()
    view = ask(qtbot, window_open, JournalService.scales)
    draft = next(one.draft for one in view.scales if one.known.pack.id == "phq-9")
    page = go(qtbot, window_open, Place("scale", eid=draft, kind="phq-9"))
    assert [one.answer for one in page.rows[:3]] == [1, 2, None]
    assert page.banner.text == page.kept
    assert page.result.isHidden()


def test_what_is_being_answered_is_there_after_locking(qtbot, window_open: MainWindow, tmp_path):
    filling(qtbot, window_open)
    keys(qtbot, "3")
    window_open.lock()
    qtbot.waitUntil(lambda: not window_open.context.tasks.is_open)
    opened = reopened(tmp_path / "journal.vault")
    (draft,) = opened.drafts()
    opened.close()
    assert draft.record.answers[0] == 3


def test_a_score_with_gaps_says_what_stands_in_them(qtbot, window_open: MainWindow):
    eid = saved(qtbot, window_open, given=(None, None, 3, 3, 3, 3, 3, 3, 3, None))
    page = go(qtbot, window_open, Place("scale", eid=eid))
    assert page.total.text() == "Your answers add up to 27 of 27."
    assert page.details.text().startswith("Items 1 and 2 have no answer. In their place the total counts the mean")


def test_earlier_answers_are_read_and_corrected(qtbot, window_open: MainWindow):
    eid = saved(qtbot, window_open, note="a grey week")
    page = go(qtbot, window_open, Place("scale", eid=eid))
    assert page.total.text() == "Your answers add up to 9 of 27."
    assert page.note.value() == "a grey week"
    assert page.history.isVisible()
    page.rows[0].focus_field().setFocus()
    keys(qtbot, "3")
    assert page.result.isHidden(), "it is not what is saved any more"
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert page.total.text() == "Your answers add up to 11 of 27."
    assert len(ask(qtbot, window_open, partial(JournalService.versions, eid=eid))) == 2


def test_removing_answers_can_be_undone(qtbot, window_open: MainWindow):
    eid = saved(qtbot, window_open)
    page = go(qtbot, window_open, Place("scale", eid=eid))
    page.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert answers(qtbot, window_open) == ()
    window_open.menu_actions["undo"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert len(answers(qtbot, window_open)) == 1


def test_published_ranges_are_off_until_they_are_wanted(qtbot, window_open: MainWindow):
    eid = saved(qtbot, window_open)
    page = go(qtbot, window_open, Place("scale", eid=eid))
    assert "mild" not in told(page)
    ask(qtbot, window_open, partial(JournalService.show_bands, shown=True))
    page = go(qtbot, window_open, Place("scale", eid=eid))
    assert "Published range: mild (5-9). Source: Kroenke" in page.details.text()


def test_what_was_not_checked_is_not_shown(qtbot, window_open: MainWindow):
    ask(qtbot, window_open, partial(JournalService.show_bands, shown=True))
    for name, count in (("phq-8", 8), ("phq-2", 2), ("gad-2", 2)):
        eid = saved(qtbot, window_open, name, (1,) * count)
        page = go(qtbot, window_open, Place("scale", eid=eid))
        assert "ublished" not in page.details.text()


def test_the_eight_is_called_what_it_is(qtbot, window_open: MainWindow):
    eid = saved(qtbot, window_open, "phq-8", (1,) * 8)
    page = go(qtbot, window_open, Place("scale", eid=eid))
    assert page.total.text() == "Your answers add up to 8 of 24."
    assert "This is the PHQ-8; its total is not that of the PHQ-9." in page.details.text()


def test_the_parts_of_the_pcl_5(qtbot, window_open: MainWindow):
    eid = saved(qtbot, window_open, "pcl-5", (1,) * 20)
    page = go(qtbot, window_open, Place("scale", eid=eid))
    assert "Memories and reminders (B) 5 of 20 · Avoiding (C) 2 of 8" in page.details.text()


def test_answers_without_a_form_are_still_shown(qtbot, window_open: MainWindow):
    eid = saved(qtbot, window_open, "gone", (2, None, 0))
    page = go(qtbot, window_open, Place("scale", eid=eid))
    assert page.kept_numbers.text().endswith("2, –, 0")
    assert page.rows == []
    page.note.setText("still mine")
    page.note.textEdited.emit("still mine")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (one,) = answers(qtbot, window_open)
    assert (one.record.answers, one.record.note) == ((2, None, 0), "still mine")


def test_no_questionnaire_leads_to_choosing_one(qtbot, window_open: MainWindow):
    page = go(qtbot, window_open, Place("scale"))
    assert page.save.isHidden()
    page.to_scales.click()
    assert window_open.stack.place == Place("scales")


# -- stopping -------------------------------------------------------------------------------------------------


def test_the_heavy_one_can_be_stopped_at_any_question(qtbot, window_open: MainWindow):
    go(qtbot, window_open, Place("scales"))
    page = filling(qtbot, window_open, "pcl-5")
    assert page.stop_bar.isVisible()
    keys(qtbot, "43")
    page.stop.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("scales")
    (draft,) = ask(qtbot, window_open, JournalService.drafts)
    assert draft.record.answers[:3] == (4, 3, None)


def test_the_others_have_no_such_bar(qtbot, window_open: MainWindow):
    assert filling(qtbot, window_open).stop_bar.isHidden()


# -- after item 9 ---------------------------------------------------------------------------------------------


def test_an_answer_above_zero_brings_the_card_at_once_and_calmly(qtbot, window_open: MainWindow):
    page = filling(qtbot, window_open)
    keys(qtbot, "00000000")
    assert page.care.isHidden()
    keys(qtbot, "1")
    assert page.care.isVisible()
    assert "Thank you for saying this. You do not have to hold it alone." in told(page)
    assert "Nobody sees this unless you share it. This program cannot call anyone for you." in told(page)
    assert page.rows[9].focus_field().hasFocus(), "it is not in the way"
    assert QApplication.activeModalWidget() is None
    keys(qtbot, "0")
    order = [page._rows.itemAt(place).widget() for place in range(page._rows.count())]
    assert order.index(page.care) == order.index(page.rows[8]) + 1


@pytest.mark.parametrize("answer", ["0", None])
def test_a_zero_or_nothing_brings_no_card_and_says_nothing(qtbot, window_open: MainWindow, answer: str | None):
    page = filling(qtbot, window_open)
    keys(qtbot, "33333333")
    if answer:
        keys(qtbot, answer)
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    assert page.care.isHidden()
    assert "risk" not in told(page)


def test_it_is_put_aside_once_and_does_not_come_back(qtbot, window_open: MainWindow):
    page = filling(qtbot, window_open)
    page.rows[8].focus_field().setFocus()
    keys(qtbot, "2")
    page.care.go_on.click()
    assert page.care.isHidden()
    assert page.rows[9].focus_field().hasFocus()
    page.rows[8].focus_field().setFocus()
    keys(qtbot, "3")
    assert page.care.isHidden()
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert page.care.isHidden()
    page = filling(qtbot, window_open)
    page.rows[8].focus_field().setFocus()
    keys(qtbot, "1")
    assert page.care.isVisible(), "another filling is another one"


def test_an_answer_taken_back_takes_the_card_with_it(qtbot, window_open: MainWindow):
    page = filling(qtbot, window_open)
    page.rows[8].focus_field().setFocus()
    keys(qtbot, "1")
    page.rows[8].focus_field().setFocus()
    keys(qtbot, "0")
    assert page.care.isHidden()


def test_one_that_was_not_put_aside_stays_beside_the_total(qtbot, window_open: MainWindow):
    page = filling(qtbot, window_open)
    page.rows[8].focus_field().setFocus()
    keys(qtbot, "1")
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    assert page.result.isVisible()
    assert page.care.isVisible()
    eid = answers(qtbot, window_open)[0].eid
    page.done.click()
    page = go(qtbot, window_open, Place("scale", eid=eid))
    assert page.care.isHidden()


def test_earlier_answers_bring_no_card_when_they_are_read(qtbot, window_open: MainWindow):
    eid = saved(qtbot, window_open, given=(1,) * 8 + (3, None))
    page = go(qtbot, window_open, Place("scale", eid=eid))
    assert page.care.isHidden()
    page.rows[0].focus_field().setFocus()
    keys(qtbot, "2")
    assert page.care.isHidden(), "it is about another question"


@pytest.mark.parametrize(("name", "kind"), [("people", "people"), ("lines", "lines"), ("grounding", "grounding")])
def test_its_ways_lead_to_help_and_the_way_back_to_what_was_begun(
    qtbot, window_open: MainWindow, help_there, name: str, kind: str
):
    go(qtbot, window_open, Place("scales"))
    page = filling(qtbot, window_open)
    keys(qtbot, "000000002")
    getattr(page.care, name).click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("help", kind=kind)
    window_open.stack.back()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page
    assert [one.answer for one in page.rows[:9]] == [0] * 8 + [2]
    assert page.care.isHidden()
    window_open.stack.back()
    assert window_open.stack.place == Place("scales")


def test_that_it_was_there_is_written_nowhere(qtbot, window_open: MainWindow, help_there):
    page = filling(qtbot, window_open)
    keys(qtbot, "000000001")
    page.care.people.click()
    quiet(qtbot, window_open.context.tasks)
    items = ask(qtbot, window_open, JournalService.items)
    assert {item.record.kind for item in items} <= {"settings"}
    (draft,) = ask(qtbot, window_open, JournalService.drafts)
    plain = ScaleAnswers(at=draft.record.at, scale="phq-9", title="PHQ-9", answers=(0,) * 8 + (1, None))
    assert draft.record == msgspec.structs.replace(plain, declined=())


def test_the_eight_asks_no_such_thing(qtbot, window_open: MainWindow):
    page = filling(qtbot, window_open, "phq-8")
    keys(qtbot, "33333333")
    assert page.care.isHidden()
    assert "hurting yourself" not in told(page)
