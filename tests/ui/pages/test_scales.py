"""The page of questionnaires: none in use at first, chosen, answered, brought along; and a clinic's totals."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from journal.records import Moment, ScaleAnswers, ScaleTotal
from journal.scales import built_in, notices
from journal.service import JournalService
from tests.journal.scales.test_packs import plain
from tests.ui.conftest import NOW, quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go, press
from ui import audit
from ui.pages.edit_scale import EditScalePage
from ui.pages.edit_total import EditTotalPage
from ui.pages.scales import ScalesPage
from ui.places import Place
from ui.theme import Scheme, Theme
from ui.window import MainWindow


def page_of(qtbot, window: MainWindow) -> ScalesPage:
    return go(qtbot, window, Place("scales"))


def saved(qtbot, window: MainWindow, scale: str, given: tuple[int | None, ...], days: int = 0) -> str:
    at = Moment(NOW - timedelta(days=days))
    record = ScaleAnswers(at=at, scale=scale, title=scale.upper(), answers=given)
    return ask(qtbot, window, partial(JournalService.save, record=record)).eid


def use(qtbot, window: MainWindow, *names: str) -> None:
    for name in names:
        ask(qtbot, window, partial(JournalService.use_scale, name=name))


def told(widget: QWidget) -> str:
    return "\n".join(made.text() for made in widget.findChildren(QLabel) if made.isVisible())


def does(widget: QWidget, what: str) -> QAbstractButton:
    return next(made for made in widget.findChildren(QAbstractButton) if made.property("does") == what)


def settings(qtbot, window: MainWindow):
    return ask(qtbot, window, JournalService.settings)


def pressed(qtbot, window: MainWindow, button: QAbstractButton) -> None:
    button.click()
    quiet(qtbot, window.context.tasks)


# -- choosing -------------------------------------------------------------------------------------------------


def test_none_is_in_use_at_first(qtbot, window_open: MainWindow):
    page = page_of(qtbot, window_open)
    assert "No questionnaire is in use." in told(page)
    assert list(page.cards) == ["phq-9", "phq-2", "gad-7", "gad-2", "pcl-5"]
    assert all(card.use is not None and card.answer is None for card in page.cards.values())


def test_choosing_one_and_using_it_no_longer(qtbot, window_open: MainWindow):
    page = page_of(qtbot, window_open)
    pressed(qtbot, window_open, page.cards["gad-7"].use)
    assert settings(qtbot, window_open).scales == ("gad-7",)
    assert page.cards["gad-7"].answer.hasFocus()
    page.cards["gad-7"].answer.click()
    assert window_open.stack.place == Place("scale", kind="gad-7")
    page = page_of(qtbot, window_open)
    pressed(qtbot, window_open, does(page.cards["gad-7"], "unuse"))
    assert settings(qtbot, window_open).scales == ()


def test_the_heavy_one_says_so_before_it_is_chosen(qtbot, window_open: MainWindow):
    page = page_of(qtbot, window_open)
    assert "reading them can be hard. It is never offered by itself" in told(page.cards["pcl-5"])
    pressed(qtbot, window_open, page.cards["pcl-5"].use)
    assert settings(qtbot, window_open).scales == ("pcl-5",)
    assert ask(qtbot, window_open, JournalService.fitting_scales) == ()


def test_asking_without_the_last_question(qtbot, window_open: MainWindow):
    use(qtbot, window_open, "phq-9")
    saved(qtbot, window_open, "phq-9", (1,) * 9 + (None,), days=20)
    page = page_of(qtbot, window_open)
    pressed(qtbot, window_open, page.cards["phq-9"].shorter)
    assert settings(qtbot, window_open).scales == ("phq-8",)
    card = page.cards["phq-8"]
    assert card.shorter.isChecked()
    assert "Last answered the PHQ-9" in told(card)
    assert "its total goes to 24, and is not that of the PHQ-9" in told(card)
    card.answer.click()
    assert window_open.stack.place == Place("scale", kind="phq-8")
    page = page_of(qtbot, window_open)
    pressed(qtbot, window_open, page.cards["phq-8"].shorter)
    assert settings(qtbot, window_open).scales == ("phq-9",)


def test_the_last_time_and_the_earlier_ones(qtbot, window_open: MainWindow):
    use(qtbot, window_open, "phq-9")
    saved(qtbot, window_open, "phq-9", (2,) * 9 + (None,), days=30)
    newest = saved(qtbot, window_open, "phq-9", (1,) * 8 + (None, None), days=2)
    card = page_of(qtbot, window_open).cards["phq-9"]
    assert "Item 9 has no answer, so there is no total." in card.last.text()
    card.earlier.click()
    assert "no total" in told(card)
    assert "18 of 27" in told(card)
    first = next(made for made in card.findChildren(QAbstractButton) if made.accessibleName().startswith("Open:"))
    first.click()
    assert window_open.stack.place == Place("scale", eid=newest)


def test_what_was_begun_is_offered_again(qtbot, window_open: MainWindow):
    use(qtbot, window_open, "gad-7")
    form = go(qtbot, window_open, Place("scale", kind="gad-7"))
    qtbot.keyClicks(form.rows[0].focus_field(), "2")
    page = page_of(qtbot, window_open)
    assert page.cards["gad-7"].answer.text() == "Go on where you stopped"
    page.cards["gad-7"].answer.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget().rows[0].answer == 2


@pytest.mark.parametrize("name", ["phq-9", "gad-7", "pcl-5"])
def test_whose_it_is_can_be_read(qtbot, window_open: MainWindow, name: str):
    card = page_of(qtbot, window_open).cards[name]
    card.about.click()
    text = told(card).replace("\u200b", "")
    assert built_in(name).licence.text in text
    assert notices()["loinc"] in text
    assert built_in(name).licence.holder in text


def test_the_about_window_says_it_too(qtbot, window_open: MainWindow):
    window_open.menu_actions["about"].trigger()
    dialog = QApplication.activeModalWidget()
    assert notices()["loinc"] in told(dialog)
    assert notices()["phq"] in told(dialog)
    dialog.reject()


def test_ranges_are_off_until_they_are_wanted(qtbot, window_open: MainWindow):
    page = page_of(qtbot, window_open)
    assert not page.ranges.isChecked()
    pressed(qtbot, window_open, page.ranges)
    assert settings(qtbot, window_open).bands


# -- from a file ----------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "evenings.json"
    path.write_text(json.dumps(plain(licence={"text": "Ask Dr Amsel first.", "holder": "Dr Amsel"})), "utf-8")
    return path


def test_its_licence_is_read_before_it_is_taken(qtbot, window_open: MainWindow, prompter: FakePrompter, file: Path):
    page = page_of(qtbot, window_open)
    prompter.answers = [file, file]
    pressed(qtbot, window_open, page.load)
    assert page.offer.isVisible()
    assert "Ask Dr Amsel first." in told(page.offer)
    assert "evenings" not in page.cards
    page.offer.findChildren(QAbstractButton)[1].click()
    assert page.offer.isHidden()
    pressed(qtbot, window_open, page.load)
    pressed(qtbot, window_open, page.take)
    assert page.cards["evenings"].answer is not None
    pressed(qtbot, window_open, does(page.cards["evenings"], "remove"))
    assert "evenings" not in page.cards
    window_open.menu_actions["undo"].trigger()
    quiet(qtbot, window_open.context.tasks)
    assert page.cards["evenings"].answer is not None


def test_a_file_that_is_none_is_refused_in_one_sentence(
    qtbot, window_open: MainWindow, prompter: FakePrompter, tmp_path: Path
):
    (tmp_path / "odd.json").write_text("[]", "utf-8")
    prompter.answers = [tmp_path / "odd.json", None]
    page = page_of(qtbot, window_open)
    pressed(qtbot, window_open, page.load)
    assert page.banner.text.endswith("Nothing was taken in.")
    assert page.offer.isHidden()
    pressed(qtbot, window_open, page.load)
    assert page.banner.text == ""


# -- a clinic's total -----------------------------------------------------------------------------------------


def typed(field, text: str) -> None:
    field.setText(text)
    field.textEdited.emit(text)


def totals(qtbot, window: MainWindow) -> list[ScaleTotal]:
    items = ask(qtbot, window, JournalService.items)
    return [item.record for item in items if isinstance(item.record, ScaleTotal)]


def test_a_total_is_kept_as_it_was_told(qtbot, window_open: MainWindow):
    page_of(qtbot, window_open)
    page: EditTotalPage = go(qtbot, window_open, Place("edit-total"))
    chip = next(made for made in page.proposals.findChildren(QAbstractButton) if made.text() == "PSS-10")
    chip.click()
    assert (page.name.value(), page.low.value(), page.high.value()) == ("PSS-10", "0", "40")
    assert page.total.hasFocus()
    typed(page.total, "21,5")
    typed(page.told_by, "Dr Amsel")
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    (total,) = totals(qtbot, window_open)
    assert (total.name, total.total, total.low, total.high, total.told_by) == ("PSS-10", 21.5, 0, 40, "Dr Amsel")
    assert "PSS-10 21.5, of 0 to 40" in told(page_of(qtbot, window_open))


@pytest.mark.parametrize(("name", "total", "low"), [("", "3", ""), ("X", "", ""), ("X", "much", ""), ("X", "3", "?")])
def test_one_that_says_too_little_is_not_saved(qtbot, window_open: MainWindow, name: str, total: str, low: str):
    page: EditTotalPage = go(qtbot, window_open, Place("edit-total"))
    for field, text in ((page.name, name), (page.total, total), (page.low, low)):
        typed(field, text)
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert page.banner.text
    assert totals(qtbot, window_open) == []


def test_one_outside_its_range_is_not_saved_and_not_lost(qtbot, window_open: MainWindow):
    page: EditTotalPage = go(qtbot, window_open, Place("edit-total"))
    for field, text in ((page.name, "PSS-10"), (page.total, "50"), (page.low, "0"), (page.high, "40")):
        typed(field, text)
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert "within its range" in page.banner.text
    assert page.total.value() == "50"


def test_what_was_begun_of_a_total_is_kept(qtbot, window_open: MainWindow):
    page: EditTotalPage = go(qtbot, window_open, Place("edit-total"))
    typed(page.note, "ask what the number was")
    go(qtbot, window_open, Place("today"))
    (draft,) = ask(qtbot, window_open, JournalService.drafts)
    page = go(qtbot, window_open, Place("edit-total", eid=draft.eid))
    assert (page.note.value(), page.total.value()) == ("ask what the number was", "")


# -- one's own ------------------------------------------------------------------------------------------------


def own(qtbot, window: MainWindow) -> EditScalePage:
    page: EditScalePage = go(qtbot, window, Place("edit-scale"))
    typed(page.name, "Evenings & mornings")
    typed(page.stem, "This week:")
    page.questions.setPlainText("I could rest\n\n  I called somebody  ")
    page.answers.setPlainText("0 No\n1: Sometimes\n-2 – Hardly")
    return page


def test_one_is_made_seen_used_and_answered(qtbot, window_open: MainWindow):
    page = own(qtbot, window_open)
    qtbot.waitUntil(lambda: "The total goes from -4 to 2." in told(page))
    assert [made.text() for made in page.rows[0].buttons][:3] == ["0  No", "1  Sometimes", "-2  Hardly"]
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("scales")
    page = window_open.stack.currentWidget()
    name = next(name for name in page.cards if name.startswith("own-"))
    pressed(qtbot, window_open, page.cards[name].answer)
    form = window_open.stack.currentWidget()
    assert form.heading.text() == "Evenings & mornings"
    for row in form.rows:
        row.set_answer(-2)
        row.answered.emit()
    pressed(qtbot, window_open, form.save)
    assert form.total.text() == "Your answers add up to -4; the total goes from -4 to 2."


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("name", ""), "Give it a name."),
        (("questions", " \n "), "Write at least one question"),
        (("answers", "0 No"), "Write at least two answers"),
        (("answers", "0 No\nYes"), "Answer 2 has no number"),
        (("answers", "0 No\n0 Yes"), "Two answers have the same number."),
        (("answers", "0 No\n1500 Yes"), "Numbers go from -1000 to 1000."),
        (("questions", "x\n" * 101), "longer than a questionnaire can be"),
    ],
)
def test_what_is_still_missing_is_said_and_nothing_is_lost(
    qtbot, window_open: MainWindow, change: tuple[str, str], says: str
):
    page = own(qtbot, window_open)
    field, text = change
    typed(page.name, text) if field == "name" else getattr(page, field).setPlainText(text)
    page.save.click()
    assert says in page.banner.text
    go(qtbot, window_open, Place("today"))
    (draft,) = ask(qtbot, window_open, JournalService.drafts)
    page = go(qtbot, window_open, Place("edit-scale", eid=draft.eid))
    assert getattr(page, field).value() == text
    assert page.stem.value() == "This week:"


def test_a_changed_one_is_another_version_and_old_answers_keep_theirs(qtbot, window_open: MainWindow):
    page = own(qtbot, window_open)
    pressed(qtbot, window_open, page.save)
    known = next(one for one in ask(qtbot, window_open, JournalService.packs) if one.own)
    saved(qtbot, window_open, known.pack.id, (1, 1))
    page = go(qtbot, window_open, Place("edit-scale", eid=known.eid))
    assert page.questions.value() == "I could rest\nI called somebody"
    page.questions.setPlainText("I could rest\nI called somebody\nI went out")
    pressed(qtbot, window_open, page.save)
    (old,) = ask(qtbot, window_open, JournalService.answers)
    assert (old.pack.version, old.score.total) == (1, 2)
    assert ask(qtbot, window_open, partial(JournalService.pack, name=known.pack.id)).version == 2


def test_the_words_of_others_cannot_be_changed(qtbot, window_open: MainWindow, prompter: FakePrompter, file: Path):
    page = page_of(qtbot, window_open)
    prompter.answers = [file]
    pressed(qtbot, window_open, page.load)
    pressed(qtbot, window_open, page.take)
    known = next(one for one in ask(qtbot, window_open, JournalService.packs) if one.eid)
    form: EditScalePage = go(qtbot, window_open, Place("edit-scale", eid=known.eid))
    assert form.save.isHidden()
    assert not form.name.isVisible()
    assert len(form.rows) == 2


# -- how it looks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "scale", "size"),
    [
        (Scheme.LIGHT, 100, (1120, 760)),
        (Scheme.DARK, 200, (1120, 760)),
        (Scheme.LIGHT, 200, (900, 600)),
        (Scheme.DARK, 100, (480, 700)),
    ],
)
def test_with_much_in_it_nothing_is_clipped_covered_or_nameless(
    qtbot, window_open: MainWindow, theme: Theme, scheme: Scheme, scale: int, size: tuple[int, int]
):
    use(qtbot, window_open, "phq-9", "pcl-5")
    for days in range(0, 200, 20):
        nine = saved(qtbot, window_open, "phq-9", (1,) * 8 + (None, 2), days=days)
    five = saved(qtbot, window_open, "pcl-5", (2,) * 20)
    ask(qtbot, window_open, partial(JournalService.show_bands, shown=True))
    total = ScaleTotal(at=Moment(NOW), name="A name that goes on for quite some while " * 3, total=3.0)
    ask(qtbot, window_open, partial(JournalService.save, record=total))
    theme.apply(scheme, scale)
    window_open.resize(*size)
    page = page_of(qtbot, window_open)
    for card in page.cards.values():
        card.about.click()
        if card.earlier is not None:
            card.earlier.click()
    found = look(qtbot, window_open)
    for place in (Place("scale", eid=nine), Place("scale", eid=five), Place("scale", kind="pcl-5")):
        go(qtbot, window_open, place)
        found += look(qtbot, window_open)
    form = go(qtbot, window_open, Place("scale", kind="phq-9"))
    form.rows[8].focus_field().setFocus()
    qtbot.keyClicks(form.rows[8].focus_field(), "1")
    found += look(qtbot, window_open)
    assert found == []


def look(qtbot, window: MainWindow) -> list[str]:
    """What is wrong on the page as it is seen, and below that, down to its end."""
    found, wide, high = [], window.width(), window.height()
    for height in (high, 5000):
        window.resize(wide, height)
        for _ in range(3):
            quiet(qtbot, window.context.tasks)
            QApplication.processEvents()
        found += audit.faults(window)
    window.resize(wide, high)
    return found
