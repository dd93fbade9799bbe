"""Side effects: noted in one tap beside a session, refined when one likes, gone when they are gone."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from journal.records import SIDE_EFFECTS, Moment, Onset, Session, SideEffect, Strength
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.hands import TODAY, entries, gone, no_room, read_only, save, shown
from tests.ui.pages.test_medicines import day, named, sections, texts
from ui import body_words, words
from ui.models.body_table import told
from ui.places import Place
from ui.widgets.day_edit import noon_of
from ui.widgets.moment_edit import moment_of
from ui.widgets.session_body import BodyPart
from ui.window import MainWindow

STARTS = day(-1, 10)
ONSETS = {
    "The next morning": Onset.MORNING, "The same evening": Onset.EVENING, "During the session": Onset.SESSION,
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"


@pytest.fixture
def session(qtbot, window_open: MainWindow) -> str:
    """A session of yesterday."""
    return save(qtbot, window_open, Session(starts=STARTS, happened=True))


def part(page: QWidget) -> BodyPart:
    return page.findChildren(BodyPart)[-1]


def effects(qtbot, window: MainWindow) -> list[SideEffect]:
    return [one for one in entries(qtbot, window).values() if isinstance(one, SideEffect)]


# -- the form ------------------------------------------------------------------------------------------------------


def test_a_usual_one_with_the_session_proposed(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("edit-side-effect"))
    assert page.session.currentData() == session and page.began.moment() == STARTS
    page.save.click()
    assert page.banner.text == page.nothing
    page.what.chip("nausea").click()
    page.strength.chip(Strength.STRONG).click()
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (made,) = effects(qtbot, window_open)
    assert made == SideEffect(
        what="nausea", began=STARTS, strength=Strength.STRONG, session=session, onset=Onset.SESSION
    )


def test_own_words_and_a_usual_one_take_each_others_place(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-side-effect"))
    page.what.chip("nausea").click()
    qtbot.keyClicks(page.own, "a hum")
    assert page.record().what == "a hum" and page.what.value() is None
    page.what.chip("tired").click()
    assert page.record().what == "tired" and page.own.value() == ""
    page.what.chip("tired").click()
    assert not page.given()


def test_some_days_later_the_day_is_proposed_and_no_time(qtbot, window_open: MainWindow) -> None:
    session = save(qtbot, window_open, Session(starts=day(-5), happened=True))
    page = go(qtbot, window_open, Place("edit-side-effect"))
    assert page.session.currentData() == session and page.record().began == noon_of(NOW)
    assert page.record().onset is Onset.DAY and not page.timed.isChecked()
    page = go(qtbot, window_open, TODAY) and go(qtbot, window_open, Place("edit-side-effect", session=session))
    assert page.began.moment() == day(-5)


def test_long_after_a_session_none_is_proposed(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, Session(starts=day(-15), happened=True))
    page = go(qtbot, window_open, Place("edit-side-effect"))
    assert page.session.currentData() is None
    assert (page.record().began, page.record().onset) == (noon_of(NOW), Onset.DAY)
    assert not page._quick.isVisible()


def test_when_it_began_is_told_in_one_press(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("edit-side-effect", session=session))
    for text, at in (
        ("The next morning", day(0, 8)),
        ("The same evening", day(-1, 20)),
        ("During the session", STARTS),
    ):
        shown(page, text).click()
        assert page.began.moment() == at and shown(page, text).isChecked()
        assert page.record().onset is ONSETS[text]
    page.session.setCurrentIndex(0)
    page.session.activated.emit(0)
    assert not page._quick.isVisible()


def test_a_time_is_said_only_by_saying_it(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("edit-side-effect", session=session))
    page.what.chip("nausea").click()
    page.timed.click()
    assert (page.record().began, page.record().onset) == (STARTS, Onset.TIME)
    assert not any(chip.isChecked() for chip in page.quick.values())
    page.timed.click()
    page.began.setDate(page.began.date().addDays(1))  # another day than the session's
    assert (page.record().began, page.record().onset) == (noon_of(NOW), Onset.DAY)
    shown(page, "During the session").click()
    page.session.setCurrentIndex(0)
    page.session.activated.emit(0)
    assert page.record().onset is Onset.DAY  # there is no session any more in which it could have begun


def test_a_tap_and_gone_now_tell_no_length_that_nobody_gave(
    qtbot, window_open: MainWindow, session: str, path: Path
) -> None:
    page = go(qtbot, window_open, Place("session", eid=session))
    part(page).chips["dizziness"].click()
    quiet(qtbot, window_open.context.tasks)
    named(part(page), "Dizziness: gone now").click()
    quiet(qtbot, window_open.context.tasks)
    said = words.day_short(STARTS)  # a tap says no more
    gone_by = f"gone by {body_words.moment(moment_of(NOW))}"
    assert f"{said}, {gone_by}" in texts(part(page))
    page = go(qtbot, window_open, Place("medicines"))
    view = ask(qtbot, window_open, JournalService.body)
    (line,) = (one for one in told(view) if one.kind == "sideeffect")
    assert (line.day, line.spoken) == (said, f"Dizziness: {said}, {gone_by}")
    assert any(f"{said}, {gone_by}" in text for text in texts(page))
    out = path.with_name("out.md")
    ask(qtbot, window_open, partial(JournalService.export, format="markdown", path=out))
    assert "began 2026-03-11, time not said" in out.read_text("utf-8")


def test_gone_before_it_began_is_refused_kindly_and_not_lost(
    qtbot, window_open: MainWindow, path: Path, session: str
) -> None:
    page = go(qtbot, window_open, Place("edit-side-effect"))
    page.what.chip("nausea").click()
    page.note.setPlainText("came and went")
    page.is_gone.click()
    page.gone.set_moment(day(-2))
    given = page.record()
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert page.banner.text == body_words.GONE_BEFORE
    assert effects(qtbot, window_open) == []
    go(qtbot, window_open, TODAY)  # as a draft it is kept as it is
    assert [draft.record for draft in gone(path).drafts] == [given]
    page = go(qtbot, window_open, Place("edit-side-effect", eid=gone(path).drafts[0].eid))
    page.gone_now.click()
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (made,) = effects(qtbot, window_open)
    assert made.gone == moment_of(NOW) and made.note == "came and went"


def test_not_gone_after_all(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, SideEffect(what="tired", began=day(-2), gone=day(-1)))
    page = go(qtbot, window_open, Place("edit-side-effect", eid=eid))
    assert page.gone.isVisible()
    page.is_gone.click()
    assert not page.gone.isVisible()
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid].gone is None


# -- the lists -----------------------------------------------------------------------------------------------------


def test_not_gone_yet_and_gone(qtbot, window_open: MainWindow, session: str) -> None:
    eid = save(qtbot, window_open, SideEffect(what="headache", began=day(-1, 12), session=session))
    page = go(qtbot, window_open, Place("medicines"))
    assert list(sections(page)) == ["Side effects not gone yet"]
    named(page, "Headache: gone now").click()
    quiet(qtbot, window_open.context.tasks)
    assert list(sections(page)) == ["Gone"]
    assert entries(qtbot, window_open)[eid].gone == moment_of(NOW)
    shown(page.banner, "Undo").click()
    quiet(qtbot, window_open.context.tasks)
    assert list(sections(page)) == ["Side effects not gone yet"]


def test_what_begins_later_is_gone_as_it_begins(qtbot, window_open: MainWindow) -> None:
    later = Moment(NOW + timedelta(hours=3))
    eid = save(qtbot, window_open, SideEffect(what="headache", began=later))
    page = go(qtbot, window_open, Place("medicines"))
    named(page, "Headache: gone now").click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid].gone == later


# -- beside the session --------------------------------------------------------------------------------------------


def test_one_tap_notes_it_and_another_takes_it_back(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("session", eid=session))
    part(page).chips["nausea"].setFocus()
    part(page).chips["nausea"].click()
    quiet(qtbot, window_open.context.tasks)
    assert effects(qtbot, window_open) == [
        SideEffect(what="nausea", began=STARTS, session=session, onset=Onset.DAY)
    ]
    chip = part(page).chips["nausea"]
    assert chip.isChecked() and QApplication.focusWidget() is chip
    assert window_open.status.undo.isVisible()
    assert any(body_words.NOT_GONE in text for text in texts(part(page)))
    chip.click()
    quiet(qtbot, window_open.context.tasks)
    assert effects(qtbot, window_open) == []
    assert not part(page).chips["nausea"].isChecked()
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert [one.what for one in effects(qtbot, window_open)] == ["nausea"]


def test_a_trembling_hand_notes_it_once(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("session", eid=session))
    chip = part(page).chips["tired"]
    for _ in range(3):
        chip.click()
    quiet(qtbot, window_open.context.tasks)
    assert [one.what for one in effects(qtbot, window_open)] == ["tired"]


def test_gone_now_beside_the_session_and_back(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("session", eid=session))
    part(page).chips["dizziness"].click()
    quiet(qtbot, window_open.context.tasks)
    named(part(page), "Dizziness: gone now").click()
    quiet(qtbot, window_open.context.tasks)
    assert effects(qtbot, window_open)[0].gone == moment_of(NOW)
    named(part(page), "Dizziness: not gone after all").click()
    quiet(qtbot, window_open.context.tasks)
    assert effects(qtbot, window_open)[0].gone is None
    press(qtbot, window_open, "Ctrl+Z")
    quiet(qtbot, window_open.context.tasks)
    assert effects(qtbot, window_open)[0].gone == moment_of(NOW)


def test_what_was_said_more_about_is_looked_at_and_not_thrown_away(
    qtbot, window_open: MainWindow, session: str
) -> None:
    eid = save(qtbot, window_open, SideEffect(what="tired", began=STARTS, note="all day", session=session))
    page = go(qtbot, window_open, Place("session", eid=session))
    part(page).chips["tired"].click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("edit-side-effect", eid=eid)
    assert entries(qtbot, window_open)[eid].note == "all day"


def test_something_else_is_asked_for_with_the_session(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("session", eid=session))
    shown(part(page), "Something else…").click()
    quiet(qtbot, window_open.context.tasks)
    form = window_open.stack.currentWidget()
    assert form.session.currentData() == session
    qtbot.keyClicks(form.own, "a hum")
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "session"
    assert "a hum" in texts(part(window_open.stack.currentWidget()))


def test_a_tap_on_a_full_disk_says_so_and_can_be_tried_again(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("session", eid=session))
    with no_room():
        part(page).chips["nausea"].click()
        quiet(qtbot, window_open.context.tasks)
    assert page.banner.text
    assert not part(page).chips["nausea"].isChecked()
    part(page).chips["nausea"].click()
    quiet(qtbot, window_open.context.tasks)
    assert [one.what for one in effects(qtbot, window_open)] == ["nausea"]


def test_where_it_is_only_read_there_are_no_chips(qtbot, window: MainWindow, path: Path) -> None:
    def fill(service: JournalService) -> str:
        eid = service.save(Session(starts=STARTS, happened=True)).eid
        service.save(SideEffect(what="tired", began=STARTS, session=eid))
        return eid

    page = go(qtbot, window, Place("session", eid=read_only(qtbot, window, path, fill)))
    assert part(page).chips == {}
    offered = {made.text() for made in part(page).findChildren(QPushButton) if made.isVisible()}
    assert offered == {"Open"}


def test_every_usual_one_has_a_name_of_its_own() -> None:
    names = [name for _, name in SIDE_EFFECTS]
    assert len(set(names)) == len(names) == len(body_words.EFFECTS)


def test_undo_takes_back_what_stopped_a_page_from_being_shown(qtbot, window_open: MainWindow, session: str) -> None:
    """The page of a session that was removed meanwhile asks for nothing that is not there."""
    page = go(qtbot, window_open, Place("session", eid=session))
    ask(qtbot, window_open, lambda service: service.delete(session))
    quiet(qtbot, window_open.context.tasks)
    assert page.banner.text
    ask(qtbot, window_open, JournalService.undo)
    quiet(qtbot, window_open.context.tasks)
    assert part(page).chips


def test_own_words_that_are_spelled_like_a_code_stay_as_they_were_typed(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-side-effect"))
    page.own.setText("stomach")
    page.own.textEdited.emit("stomach")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    ((eid, made),) = entries(qtbot, window_open).items()
    assert body_words.effect_name(made.what) == "stomach"
    assert [row.title for row in ask(qtbot, window_open, JournalService.rows)] == ["stomach"]
    page = go(qtbot, window_open, Place("edit-side-effect", eid=eid))
    assert (page.own.text(), page.what.value(), page.record()) == ("stomach", None, made)


def test_nothing_is_noted_in_one_tap_of_a_session_that_lies_ahead(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("session", eid=save(qtbot, window_open, Session(starts=day(2, 10)))))
    assert not [one for one in page.findChildren(BodyPart) if getattr(one, "chips", None)]
