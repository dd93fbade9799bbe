"""Landing in the window: one question a screen, large, dim, kept as typed, and nothing else in reach."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from journal.records import Person, Settings
from journal.service import JournalService
from tests.ui.conftest import NOW, PASSWORD, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.hands import entries, gone, no_room, save
from tests.ui.pages.landing_hands import choose, land, session, step, write
from ui.audit import faults
from ui.places import Place
from ui.theme import Scheme


def kinds(qtbot, window) -> dict[str, list]:
    found: dict[str, list] = {}
    for record in entries(qtbot, window).values():
        found.setdefault(record.kind, []).append(record)
    return found


def test_what_is_said_becomes_one_entry_a_check_in_and_a_note(qtbot, window_open):
    eid = session(qtbot, window_open)
    page = land(qtbot, window_open, eid)
    write(qtbot, window_open, page, "blue, heavy, still")
    step(qtbot, window_open, page)
    write(qtbot, window_open, page, "a lamp")
    step(qtbot, window_open, page, 2)
    choose(qtbot, window_open, page, "Very")
    step(qtbot, window_open, page)
    choose(qtbot, window_open, page, "Tomorrow")
    step(qtbot, window_open, page)
    choose(qtbot, window_open, page, "4")
    step(qtbot, window_open, page)
    assert page.ending.text.text().startswith("What you said is kept. Some things rest until tomorrow, ")

    found = kinds(qtbot, window_open)
    (experience,), (hard,), (checkin,), (landing,) = (
        found[kind] for kind in ("experience", "hard", "checkin", "landing")
    )
    assert experience.text == "In a few words\nblue, heavy, still\n\nWhat stays\na lamp"
    assert experience.session == hard.session == checkin.session == landing.session == eid
    assert (hard.how.value, hard.ask_again.at.day, checkin.mood) == ("very", NOW.day + 1, 4)
    assert landing.began.at == landing.ended.at == NOW


def test_going_back_and_changing_an_answer_does_not_double_it(qtbot, window_open):
    page = land(qtbot, window_open, session(qtbot, window_open))
    write(qtbot, window_open, page, "first")
    step(qtbot, window_open, page)
    page.back_.click()
    quiet(qtbot, window_open.context.tasks)
    assert page.text.value() == "first"
    page.text.set_value("")
    write(qtbot, window_open, page, "second")
    step(qtbot, window_open, page, 4)
    (experience,) = kinds(qtbot, window_open)["experience"]
    assert experience.text == "In a few words\nsecond"


def test_asking_again_is_asked_only_where_something_was_hard(qtbot, window_open):
    page = land(qtbot, window_open, session(qtbot, window_open))
    step(qtbot, window_open, page, 3)
    choose(qtbot, window_open, page, "No")
    step(qtbot, window_open, page)
    assert page._step == "mood"
    page.back_.click()
    assert page._step == "hard"


def test_everything_can_be_skipped_and_leaves_nothing(qtbot, window_open):
    page = land(qtbot, window_open, session(qtbot, window_open))
    for _ in range(5):
        assert page.next.text() == "Skip"
        step(qtbot, window_open, page)
    assert page._step == "night"
    assert set(kinds(qtbot, window_open)) == {"session", "landing"}


def test_kept_is_said_only_after_the_commit(qtbot, window_open, tmp_path):
    page = land(qtbot, window_open, session(qtbot, window_open))
    write(qtbot, window_open, page, "not there yet")
    assert page.kept.text() == ""
    assert page.sealing.pause.isActive()
    page.sealing.due.emit()
    quiet(qtbot, window_open.context.tasks)
    assert page.kept.text().startswith("Kept, ")
    assert any("not there yet" in text for text in gone(tmp_path / "journal.vault").texts)
    write(qtbot, window_open, page, "!")
    assert page.kept.text() == ""


def test_a_full_disk_loses_nothing_and_says_so(qtbot, window_open):
    page = land(qtbot, window_open, session(qtbot, window_open))
    write(qtbot, window_open, page, "must not go")
    with no_room():
        page.sealing.due.emit()
        quiet(qtbot, window_open.context.tasks)
        assert page.kept.text() == "Not kept yet"
        assert page.banner.text
        window_open.stack.go(Place("today"))
        quiet(qtbot, window_open.context.tasks)
        assert window_open.stack.place.name == "landing"
        assert page.text.value() == "must not go"
    step(qtbot, window_open, page)
    (experience,) = kinds(qtbot, window_open)["experience"]
    assert "must not go" in experience.text


def test_locking_in_the_middle_loses_nothing_and_one_goes_on_there(qtbot, window_open, tmp_path):
    told: list[dict] = []
    window_open._replace = lambda path, **how: told.append(how)
    page = land(qtbot, window_open, session(qtbot, window_open))
    write(qtbot, window_open, page, "said")
    step(qtbot, window_open, page, 2)
    write(qtbot, window_open, page, "in the han")
    window_open.lock()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told == [{"dim": True}]
    clock, state = window_open.context.clock, tmp_path / "state"
    service = JournalService.open(tmp_path / "journal.vault", password=PASSWORD, clock=clock, state_dir=state)
    view = service.landing(service.landing_to_go_on())
    assert (view.step, view.said) == ("body", {"words": "said", "body": "in the han"})
    service.close()


def test_nothing_but_the_calm_things_is_in_reach(qtbot, window_open, theme):
    page = land(qtbot, window_open, session(qtbot, window_open))
    window = window_open
    assert theme.scheme is Scheme.LANDING
    assert not (window.rail.isVisible() or window.menuBar().isVisible() or window.status.isVisible())
    seen = {made.text() for made in window.findChildren(QPushButton) if made.isVisible()}
    assert seen == {"Back", "Help", "Lock", "Good night", "Skip"}
    for keys in ("Ctrl+4", "Ctrl+,", "Ctrl+1", "Ctrl+N", "Ctrl+O"):
        press(qtbot, window, keys)
        quiet(qtbot, window.context.tasks)
        assert window.stack.place.name == "landing", keys
    enabled = {name for name, action in window.menu_actions._made.items() if action.isEnabled()}
    assert enabled <= {
        "back", "lock", "quit", "help", "undo", "redo", "larger", "smaller", "normal", "full-screen",
    }  # fmt: skip
    page.leave_.click()
    quiet(qtbot, window.context.tasks)
    assert theme.scheme is Scheme.LIGHT
    assert window.rail.isVisible() and window.menuBar().isVisible() and window.status.isVisible()
    assert window.menu_actions["export"].isEnabled()


def test_the_lock_is_a_key_away(qtbot, window_open, replaced):
    window_open._replace = lambda path, **_how: replaced.append(path)
    land(qtbot, window_open, session(qtbot, window_open))
    press(qtbot, window_open, "Ctrl+L")
    qtbot.waitUntil(lambda: bool(replaced), timeout=20_000)


def test_good_night_locks_or_goes_to_today(qtbot, window_open, replaced):
    window_open._replace = lambda path, **_how: replaced.append(path)
    page = land(qtbot, window_open, session(qtbot, window_open))
    write(qtbot, window_open, page, "enough")
    page.night.click()
    quiet(qtbot, window_open.context.tasks)
    assert {made.text() for made in page.findChildren(QPushButton) if made.isVisible()} == {
        "Back", "Help", "Lock the journal", "Back to Today",
    }  # fmt: skip
    assert kinds(qtbot, window_open)["landing"][0].ended is not None
    page.ending.today.click()  # the second press of a trembling hand
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "landing"
    qtbot.waitUntil(lambda: not page.still.isActive())
    page.ending.today.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("today")
    page = land(qtbot, window_open)
    page.night.click()
    page.ending.lock.click()  # and here
    quiet(qtbot, window_open.context.tasks)
    assert not replaced and window_open.stack.place.name == "landing"
    qtbot.waitUntil(lambda: not page.still.isActive())
    page.ending.lock.click()
    qtbot.waitUntil(lambda: bool(replaced), timeout=20_000)


@pytest.mark.parametrize(("scale", "size"), [(100, (1120, 760)), (200, (900, 600)), (100, (480, 640))])
def test_targets_are_large_and_say_little_and_nothing_is_clipped(qtbot, window_open, theme, scale, size):
    page = land(qtbot, window_open, session(qtbot, window_open))
    theme.apply(scale=scale)
    window_open.resize(*size)
    seen = []
    while page._step != "night":
        if page._step == "hard":
            choose(qtbot, window_open, page, "A bit")
        seen.append(page._step)
        quiet(qtbot, window_open.context.tasks)
        assert faults(window_open) == []
        for made in page.findChildren(QPushButton):
            if made.isVisible():
                assert made.width() >= 64 and made.height() >= 64, (made.text(), made.size())
                assert len(made.text().split()) <= 5
        step(qtbot, window_open, page)
    assert faults(window_open) == []
    assert seen == ["words", "stays", "body", "hard", "again", "mood"]


def test_a_second_tap_of_a_trembling_hand_is_meant_for_nothing(qtbot, window_open):
    page = land(qtbot, window_open, session(qtbot, window_open))
    page.next.click()
    page.next.click()
    assert page._step == "stays"
    step(qtbot, window_open, page, 2)
    made = page.choices._group.buttons()[1]
    made.click()
    made.click()
    assert page.choices.ticked == "bit" and made.isChecked()
    page.choices._still.stop()
    made.click()
    assert page.choices.ticked == "" and not made.isChecked()


def test_it_goes_by_keys_alone(qtbot, window_open):
    page = land(qtbot, window_open, session(qtbot, window_open))
    qtbot.keyClicks(page.text, "typed at once")
    qtbot.keyClick(page.text, Qt.Key.Key_Tab)
    assert page.next.hasFocus()
    qtbot.keyClick(page.next, Qt.Key.Key_Return)
    assert page._step == "stays"
    qtbot.waitUntil(page.text.hasFocus)
    press(qtbot, window_open, "Esc")
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name != "landing"


def test_what_was_hard_is_looked_after_in_the_same_light(qtbot, window_open, theme):
    page = land(qtbot, window_open, session(qtbot, window_open))
    step(qtbot, window_open, page, 3)
    assert not page._soothing.more.isVisible()
    choose(qtbot, window_open, page, "A bit")
    page._soothing.more.click()
    quiet(qtbot, window_open.context.tasks)
    assert (window_open.stack.place.name, theme.scheme) == ("hard", Scheme.LANDING)
    assert not window_open.rail.isVisible()
    path = window_open.stack.currentWidget()
    assert path.choices.ticked == "bit"
    path.stop.click()
    quiet(qtbot, window_open.context.tasks)
    assert (window_open.stack.place.name, theme.scheme) == ("landing", Scheme.LANDING)
    assert page._step == "hard" and page.choices.ticked == "bit"
    assert len(kinds(qtbot, window_open)["hard"]) == 1


def test_coming_back_on_another_way_goes_on_with_the_same_landing(qtbot, window_open):
    eid = session(qtbot, window_open)
    page = land(qtbot, window_open, eid)
    write(qtbot, window_open, page, "here")
    step(qtbot, window_open, page)
    go(qtbot, window_open, Place("today"))
    page = land(qtbot, window_open, eid)
    assert page._step == "stays"
    page.back_.click()
    assert page.text.value() == "here"
    assert len(kinds(qtbot, window_open)["landing"]) == 1


def test_a_session_page_offers_it_while_it_fits(qtbot, window_open, clock):
    from datetime import timedelta

    eid = session(qtbot, window_open)
    page = go(qtbot, window_open, Place("session", eid=eid))
    made = [one for one in page.findChildren(QPushButton) if one.text() == "Begin landing"]
    made[0].click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("landing", session=eid)
    clock.at = NOW + timedelta(days=2)
    page = go(qtbot, window_open, Place("session", eid=eid))
    assert not [one for one in page.findChildren(QPushButton) if one.isVisible() and one.text() == "Begin landing"]


def test_unlocking_after_a_lock_in_the_dark_goes_on_in_the_dark(qtbot, window_open, theme, context, tmp_path):
    from journal.vault import FAST
    from ui.window import MainWindow

    told: list[dict] = []
    window_open._replace = lambda path, **how: told.append(how)
    page = land(qtbot, window_open, session(qtbot, window_open))
    step(qtbot, window_open, page)
    eid = page._view.eid
    window_open.lock()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)

    from ui.context import Context
    from ui.tasks import VaultTasks

    theme.apply(Scheme.LANDING)  # as the next process begins
    tasks = VaultTasks()
    again = MainWindow(
        Context(tasks, context.prompter, theme, context.settings, context.clock),
        options={"profile": FAST, "state_dir": tmp_path / "state"},
        replace=told.append,
    )
    again.offer(tmp_path / "journal.vault")
    again.show()
    again.welcome.unlock.password.edit.setText("four quiet garden words")
    again.welcome.unlock.next.click()
    qtbot.waitUntil(lambda: again.stack.place == Place("landing", eid=eid), timeout=20_000)
    quiet(qtbot, tasks)
    assert theme.scheme is Scheme.LANDING and again.stack.currentWidget()._step == "stays"
    again.stack.go(Place("today"))
    assert theme.scheme is Scheme.LIGHT or theme.choice is Scheme.SYSTEM
    again.idle.stop()
    tasks.close()
    again.close()
    again.deleteLater()


def test_where_nothing_rests_nothing_is_said_of_it(qtbot, window_open):
    ask(qtbot, window_open, partial(JournalService.save_settings, settings=Settings(rest_hours=-1)))
    page = land(qtbot, window_open, session(qtbot, window_open))
    page.night.click()
    quiet(qtbot, window_open.context.tasks)
    assert page.ending.text.text() == "What you said is kept."
    page.ending.today.click()
    go(qtbot, window_open, Place("share"))
    assert window_open.stack.place == Place("share")


def test_covered_words_are_behind_their_cover_until_they_are_opened(qtbot, window_open):
    at = session(qtbot, window_open)
    page = land(qtbot, window_open, at)
    write(qtbot, window_open, page, "a lamp in the snow")
    page.next.click()
    quiet(qtbot, window_open.context.tasks)
    ask(qtbot, window_open, lambda service: service.cover(page._view.landing.experience, "Something"))
    page = land(qtbot, window_open, at)
    while page._step != "words":
        page._on_back()
    assert page.text is None
    page.open.click()
    assert page.text.value() == "a lamp in the snow"


def test_a_day_chosen_on_the_hard_path_is_known_to_landing(qtbot, window_open):
    page = land(qtbot, window_open, session(qtbot, window_open))
    step(qtbot, window_open, page, 3)
    choose(qtbot, window_open, page, "A bit")
    page._soothing.more.click()
    quiet(qtbot, window_open.context.tasks)
    path = window_open.stack.currentWidget()
    choose(qtbot, window_open, path, "Very")
    while path._step != "again":
        path.next.click()
        quiet(qtbot, window_open.context.tasks)
    next(one for one in path.part.choices._group.buttons() if one.text() == "In a week").click()
    quiet(qtbot, window_open.context.tasks)
    path.stop.click()
    quiet(qtbot, window_open.context.tasks)
    assert (page._step, page.choices.ticked) == ("hard", "very")
    step(qtbot, window_open, page)
    told = next(one for one in page.findChildren(QLabel) if one.text().startswith("You wanted to be asked on "))
    assert told.isVisible() and page.choices.ticked == "" and page.next.text() == "Go on"
    choose(qtbot, window_open, page, "Tomorrow")
    assert not told.isVisible()
    (hard,) = kinds(qtbot, window_open)["hard"]
    assert (hard.how.value, hard.ask_again.at.day) == ("very", NOW.day + 1)


def test_come_back_to_at_its_end_it_says_what_rests(qtbot, window_open):
    page = land(qtbot, window_open, session(qtbot, window_open))
    page.night.click()
    quiet(qtbot, window_open.context.tasks)
    assert (said := page.ending.text.text())
    page.help.click()
    quiet(qtbot, window_open.context.tasks)
    window_open.stack.back()
    quiet(qtbot, window_open.context.tasks)
    assert (window_open.stack.place.name, page._step, page.ending.text.text()) == ("landing", "night", said)
    assert len(kinds(qtbot, window_open)["landing"]) == 1


def _buttons(page) -> set[str]:
    return {one.accessibleName() or one.text() for one in page.findChildren(QAbstractButton) if one.isVisible()}


@pytest.mark.parametrize("hours", [0, -1])
def test_help_in_the_dim_light_leads_to_no_bright_form(qtbot, window_open, theme, hours):
    ask(qtbot, window_open, partial(JournalService.save_settings, settings=Settings(rest_hours=hours)))
    save(qtbot, window_open, Person(name="Mira", reach="555 0100"))
    assert {"Add somebody", "Change Mira"} <= _buttons(go(qtbot, window_open, Place("help")))
    page = land(qtbot, window_open, session(qtbot, window_open))
    page.help.click()
    quiet(qtbot, window_open.context.tasks)
    helping = window_open.stack.currentWidget()
    assert (window_open.stack.place.name, theme.scheme) == ("help", Scheme.LANDING)
    assert not {"Add somebody", "Change Mira"} & _buttons(helping)
    assert any("Mira" in one.text() for one in helping.findChildren(QLabel) if one.isVisible())
