"""One small thing for a week: proposed with its session, looked back at, and never asked for again afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from journal.clock import FixedClock
from journal.records import Commitment, IntegrationNote, Intention, Moment, Outcome, Session
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import go
from tests.ui.pages.hands import TODAY, entries, gone, read_only, save, shown
from tests.ui.pages.test_medicines import day, named, texts
from ui.pages.edit_commitment import EditCommitmentPage
from ui.places import Place
from ui.widgets.moment_edit import moment_of
from ui.widgets.session_body import CommitmentPart
from ui.window import MainWindow


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"


@pytest.fixture
def session(qtbot, window_open: MainWindow) -> str:
    return save(qtbot, window_open, Session(starts=day(-10), happened=True))


def part(page: QWidget) -> CommitmentPart:
    return page.findChildren(CommitmentPart)[-1]


def test_written_in_three_lines_for_the_week_from_today(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("edit-commitment"))
    assert not page._review.isVisible()  # there is nothing to look back at yet
    page.save.click()
    assert page.banner.text == page.nothing
    qtbot.keyClicks(page.text, "walk to the river")
    qtbot.keyClicks(page.where, "before breakfast")
    qtbot.keyClicks(page.who, "Ilse")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (made,) = [one for one in entries(qtbot, window_open).values() if isinstance(one, Commitment)]
    assert made == Commitment(
        text="walk to the river", where="before breakfast", who="Ilse", begins=moment_of(NOW), session=session
    )


@pytest.mark.parametrize("outcome", Outcome)
def test_looked_back_at_with_a_note(qtbot, window_open: MainWindow, outcome: Outcome) -> None:
    record = Commitment(text="walk", begins=day(-7))
    eid = save(qtbot, window_open, record)
    page = go(qtbot, window_open, Place("edit-commitment", eid=eid, kind="review"))
    assert QApplication.focusWidget() is page.outcome.focusProxy()
    page.outcome.chip(outcome).click()
    page.note.setPlainText("it rained")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    kept = entries(qtbot, window_open)[eid]
    assert (kept.outcome, kept.reviewed, kept.note) == (outcome, moment_of(NOW), "it rained")
    assert kept.text == "walk" and kept.begins == record.begins


def test_letting_go_of_the_answer_takes_back_that_it_was_looked_at(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Commitment(text="walk", begins=day(-7), outcome=Outcome.DID, reviewed=day(-1)))
    page = go(qtbot, window_open, Place("edit-commitment", eid=eid))
    page.outcome.chip(Outcome.DID).click()
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    kept = entries(qtbot, window_open)[eid]
    assert (kept.outcome, kept.reviewed) == (None, None)


def test_a_note_changed_later_does_not_move_the_day_it_was_looked_at(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Commitment(text="walk", begins=day(-7), outcome=Outcome.DID, reviewed=day(-1)))
    page = go(qtbot, window_open, Place("edit-commitment", eid=eid))
    page.note.setPlainText("and again")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid].reviewed == day(-1)


def test_another_one_after_it(qtbot, window_open: MainWindow, session: str) -> None:
    eid = save(qtbot, window_open, Commitment(text="walk", begins=day(-7), session=session))
    page = go(qtbot, window_open, Place("edit-commitment", eid=eid, kind="review"))
    assert not page.another.isVisible()
    page.outcome.chip(Outcome.PART).click()
    page.another.click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid].outcome is Outcome.PART
    assert window_open.stack.currentWidget() is page
    assert page.text.value() == "" and page.session.currentData() == session and not page._review.isVisible()
    qtbot.keyClicks(page.text, "call Ilse")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name != "edit-commitment"
    assert len([one for one in entries(qtbot, window_open).values() if isinstance(one, Commitment)]) == 2


def test_a_second_one_in_a_week_says_which_it_replaces(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, Commitment(text="walk", begins=day(-2)))
    page = go(qtbot, window_open, Place("edit-commitment"))
    assert page.also.isVisible() and "“walk”" in page.also.text()
    save(qtbot, window_open, Commitment(text="rest", begins=day(-1), outcome=Outcome.DID, reviewed=day(0)))
    page = go(qtbot, window_open, TODAY) and go(qtbot, window_open, Place("edit-commitment"))
    assert not page.also.isVisible()


def test_what_was_begun_is_kept(qtbot, window_open: MainWindow, path: Path) -> None:
    page = go(qtbot, window_open, Place("edit-commitment"))
    qtbot.keyClicks(page.text, "walk")
    go(qtbot, window_open, TODAY)
    assert gone(path).texts == ["walk"]


def test_the_day_it_begins_is_a_day_also_where_the_clocks_change(qtbot, window_open: MainWindow) -> None:
    last = Moment(datetime(2026, 3, 28, 23, 30, tzinfo=timezone(timedelta(hours=1))), "Europe/Berlin")
    eid = save(qtbot, window_open, Commitment(text="walk", begins=last))
    page = go(qtbot, window_open, Place("edit-commitment", eid=eid))
    assert page.record().begins == last
    page.begins.setFocus()
    qtbot.keyClick(page.begins, Qt.Key.Key_Up)
    begins = page.record().begins.at
    assert begins.hour == 12 and begins.date() != last.at.date()


def test_today_shows_it_and_lets_go_of_it_once_it_was_looked_back_at(
    qtbot, window_open: MainWindow, clock: FixedClock, session: str
) -> None:
    eid = save(qtbot, window_open, Commitment(text="walk to the river", begins=day(0), session=session))
    page = go(qtbot, window_open, TODAY)
    assert "walk to the river" in texts(page)
    clock.at = NOW + timedelta(days=7)
    go(qtbot, window_open, Place("charts"))
    page = go(qtbot, window_open, TODAY)
    shown(page, "Not yet").click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid].outcome is Outcome.NOT_YET
    assert "walk to the river" not in texts(page)


# -- beside the session --------------------------------------------------------------------------------------------


def test_the_sessions_page_leads_to_one(qtbot, window_open: MainWindow, session: str) -> None:
    page = go(qtbot, window_open, Place("session", eid=session))
    shown(part(page), "Write a commitment").click()
    quiet(qtbot, window_open.context.tasks)
    form = window_open.stack.currentWidget()
    assert isinstance(form, EditCommitmentPage) and form.session.currentData() == session


def test_looking_back_is_offered_for_a_week_and_falls_away(
    qtbot, window_open: MainWindow, clock: FixedClock, session: str
) -> None:
    save(qtbot, window_open, Commitment(text="walk", begins=day(0), session=session))
    offered = []
    for days in range(20):
        clock.at = NOW + timedelta(days=days)
        go(qtbot, window_open, TODAY)
        page = go(qtbot, window_open, Place("session", eid=session))
        if any(made.endswith("Look back at it: walk") for made in names(part(page))):
            offered.append(days)
    assert offered == list(range(6, 15))
    assert "Open: walk" in names(part(page))


def names(widget: QWidget) -> list[str]:
    return [made.accessibleName() for made in widget.findChildren(QWidget) if made.isVisible()]


def test_the_history_stands_there_with_what_became_of_it(qtbot, window_open: MainWindow, session: str) -> None:
    save(
        qtbot,
        window_open,
        Commitment(
            text="walk", where="mornings", begins=day(-9), session=session, outcome=Outcome.NOT_YET, reviewed=day(-2),
            note="rain",
        ),
    )  # fmt: skip
    save(qtbot, window_open, Commitment(text="call", begins=day(-1), session=session))
    save(qtbot, window_open, Commitment(text="elsewhere", begins=day(-3)))
    page = go(qtbot, window_open, Place("session", eid=session))
    said = texts(part(page))
    assert said == [
        "One small thing for a week", "walk", "the week from 3 Mar 2026 · mornings · not yet", "rain",
        "call", "the week from 11 Mar 2026",
    ]  # fmt: skip
    named(part(page), "Open: walk").click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget().text.value() == "walk"


def test_notes_stand_by_their_day_with_the_intention_in_sight(qtbot, window_open: MainWindow, session: str) -> None:
    save(qtbot, window_open, Intention(at=day(-11), title="The coat", session=session))
    for days, title in ((-9, "first"), (-7, "third"), (-7, "third again"), (-10, "same day")):
        save(qtbot, window_open, IntegrationNote(at=day(days), title=title, session=session))
    window_open.resize(1240, 820)
    page = go(qtbot, window_open, Place("session", eid=session))
    said = texts(page._sections["Integration"])
    heads = [text for text in said if text in ("The day of", "A day after", "3 days after")]
    assert heads == ["The day of", "A day after", "3 days after"]
    assert said.index("A day after") < said.index("first") < said.index("3 days after") < said.index("third")
    assert page._side.isVisible() and not page._near.isVisible()
    window_open.resize(900, 600)
    quiet(qtbot, window_open.context.tasks)
    assert not page._side.isVisible() and page._near.isVisible()
    assert "The coat" in texts(page._sections["Integration"])


def test_where_it_is_only_read_nothing_is_offered(qtbot, window: MainWindow, path: Path) -> None:
    def fill(service: JournalService) -> str:
        eid = service.save(Session(starts=day(-10), happened=True)).eid
        service.save(Commitment(text="walk", begins=day(-7), session=eid))
        return eid

    page = go(qtbot, window, Place("session", eid=read_only(qtbot, window, path, fill)))
    assert "Open: walk" in names(part(page))
    assert not any("Look back" in name or "nother commitment" in name for name in names(part(page)))
