"""Today over a course: what comes first, what stays quiet, the week's commitment, and a beginning in few keys."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from journal.clock import FixedClock
from journal.records import (
    Checklist,
    Commitment,
    Experience,
    Intention,
    Medicine,
    MedicineStep,
    Moment,
    Outcome,
    Page,
    Session,
    StepKind,
)
from journal.service import JournalService, due
from tests.ui.conftest import NOW, PASSWORD, quiet, settled
from tests.ui.hands import ask, go, press
from ui import audit
from ui.pages.today import TodayPage, place_for
from ui.places import Place
from ui.theme import Scheme, Theme
from ui.widgets import today_parts as parts
from ui.window import MainWindow

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def save(qtbot, window: MainWindow, record: object) -> str:
    return ask(qtbot, window, partial(JournalService.save, record=record)).eid


def a_session(starts: datetime, number: int, *, happened: bool = True) -> Session:
    return Session(starts=Moment(starts), happened=happened, number=number)


def today(qtbot, window: MainWindow) -> TodayPage:
    return go(qtbot, window, Place("today"))


def shown(page: QWidget, kind: type) -> list[str]:
    return [made.text() for made in page.findChildren(kind) if made.isVisible() and made.text()]


def primary(page: TodayPage) -> list[str]:
    found = [made for made in page.findChildren(QPushButton) if made.isVisible()]
    return [made.text() for made in found if made.property("kind") == "primary"]


def click(qtbot, window: MainWindow, words: str) -> None:
    page = window.stack.page("today")
    made = next(made for made in page.findChildren(QPushButton) if made.isVisible() and made.text() == words)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    quiet(qtbot, window.context.tasks)


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch):
    """`sources(one, another)`: these parts of the journal offer something."""
    return lambda *some: monkeypatch.setattr(due, "SOURCES", some)


def newest(items, _now):
    return next((item for item in items.of_kind("commitment") if item.record.outcome is None), None)


def none(_items, _now):
    return None


def test_two_hours_after_landing_comes_first(qtbot, window_open: MainWindow, sources) -> None:
    eid = save(qtbot, window_open, a_session(NOW - 2 * HOUR, 3))
    sources(due.landing(lambda items, now: eid))
    page = today(qtbot, window_open)
    assert primary(page) == ["Begin landing"]
    assert "The first hours after Session 3." in shown(page, QLabel)
    step = ask(qtbot, window_open, JournalService.today).step
    assert place_for(step) == Place("landing", session=eid)


def test_the_evening_before_intention_and_then_the_list(qtbot, window_open: MainWindow, clock: FixedClock) -> None:
    save(qtbot, window_open, Checklist(lines=("Someone knows where I am",)))
    eid = save(qtbot, window_open, a_session(NOW + 20 * HOUR, 1, happened=False))
    clock.at = NOW + 4 * HOUR
    page = today(qtbot, window_open)
    assert primary(page) == ["Write an intention"]
    assert "Open the list" in shown(page, QPushButton)
    texts = shown(page, QLabel)
    assert texts.count("Session 1 is tomorrow.") == 1  # said once, and beside the list what it is
    assert "What do you want to have ready?" in texts
    save(qtbot, window_open, Intention(at=Moment(clock.at), text="To arrive.", session=eid))
    page = today(qtbot, window_open)
    assert primary(page) == ["Open the list"]
    click(qtbot, window_open, "Open the list")
    assert window_open.stack.place == Place("session", eid=eid)


def test_ten_days_later_what_has_stayed_with_the_next_session_beside_it(qtbot, window_open: MainWindow) -> None:
    last = save(qtbot, window_open, a_session(NOW - 10 * DAY, 6))
    following = save(qtbot, window_open, a_session(NOW + 11 * DAY, 7, happened=False))
    save(qtbot, window_open, Experience(at=Moment(NOW - 9 * DAY), text="It was.", session=last))
    save(qtbot, window_open, Intention(at=Moment(NOW - DAY), text="To listen.", session=following))
    step = MedicineStep(kind=StepKind.CHANGE, at=Moment(NOW - 3 * DAY))
    save(qtbot, window_open, Medicine(name="Sertraline", steps=(step,)))
    page = today(qtbot, window_open)
    texts = shown(page, QLabel)
    assert "What has stayed?" in texts
    assert "Session 7, 23 March" in texts
    assert any(text.endswith("Your intention is written.") for text in texts)
    assert "Since Session 6" in texts
    assert "Sertraline: changed, 9 Mar" in texts
    assert sum("Session 7" in text for text in texts) == 1  # it is told once
    click(qtbot, window_open, "Open the session")
    assert window_open.stack.place == Place("session", eid=following)


def test_the_next_session_is_not_told_twice(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, a_session(NOW + 2 * DAY, 1, happened=False))
    texts = shown(today(qtbot, window_open), QLabel)
    assert "Session 1 is on Saturday, in 2 days." in texts
    assert "Your next session" not in texts


def test_a_covered_entry_stays_covered(qtbot, window_open: MainWindow) -> None:
    secret = Page(at=Moment(NOW), title="A title", text="the words", covered=True, cover="A stone")
    save(qtbot, window_open, secret)
    draft = Page(at=Moment(NOW), title="Another", text="half of it", covered=True)
    ask(qtbot, window_open, partial(JournalService.put_draft, eid="a" * 32, record=draft))
    page = today(qtbot, window_open)
    texts = shown(page, QLabel)
    assert "A stone" in texts
    assert not [text for text in texts if any(word in text for word in ("A title", "words", "Another", "half"))]
    assert "Open" in shown(page, QPushButton)


# -- the week's commitment -----------------------------------------------------------------------------------------


@pytest.fixture
def promised(qtbot, window_open: MainWindow, sources) -> str:
    sources(due.commitment(newest, newest))
    save(qtbot, window_open, Page(at=Moment(NOW), text="so that the page is not empty"))
    walk = Commitment(text="Walk to the river", begins=Moment(NOW - 7 * DAY), where="Tuesday, alone")
    return save(qtbot, window_open, walk)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("I did it", Outcome.DID),
        ("I did part of it", Outcome.PART),
        ("Not yet", Outcome.NOT_YET),
        ("No longer mine", Outcome.NOT_MINE),
    ],
)
def test_a_commitment_is_looked_back_at_in_one_tap(
    qtbot, window_open: MainWindow, promised: str, words: str, outcome: Outcome
) -> None:
    page = today(qtbot, window_open)
    assert {"Walk to the river", "Tuesday, alone"} <= set(shown(page, QLabel))
    click(qtbot, window_open, words)
    record = ask(qtbot, window_open, partial(JournalService.get, eid=promised)).record
    assert (record.outcome, record.reviewed.at) == (outcome, NOW)
    assert page.banner.text == "Noted."
    assert words not in shown(page, QPushButton)
    click(qtbot, window_open, "Undo")
    assert ask(qtbot, window_open, partial(JournalService.get, eid=promised)).record.outcome is None
    assert words in shown(page, QPushButton)


def test_a_word_can_be_added(qtbot, window_open: MainWindow, promised: str) -> None:
    page = today(qtbot, window_open)
    click(qtbot, window_open, "Not yet")
    page.go.disconnect(window_open.stack.go)
    with qtbot.waitSignal(page.go, timeout=1000) as asked:
        click(qtbot, window_open, "Add a word")
    assert asked.args == [Place("edit-commitment", eid=promised, kind="review")]


def test_before_its_review_a_commitment_is_only_shown(qtbot, window_open: MainWindow, promised: str, sources) -> None:
    sources(due.commitment(newest, none))
    page = today(qtbot, window_open)
    assert "Walk to the river" in shown(page, QLabel)
    assert "I did it" not in shown(page, QPushButton)
    assert "Change" in shown(page, QPushButton)


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("hard", Place("hard", eid="e", session="s")),
        ("scale", Place("scale", kind="d")),
        ("small-thing", Place("edit-commitment", session="s")),
        ("checkin", Place("check-in", session="s")),
        ("integration", Place("write", kind="integration", session="s")),
    ],
)
def test_where_a_step_leads(kind: str, place: Place) -> None:
    assert place_for(due.Step(kind, "s", "", eid="e", detail="d")) == place


@pytest.mark.parametrize("kind", sorted(parts._STEPS))
def test_every_step_has_its_words_and_its_picture(qtbot, theme: Theme, kind: str) -> None:
    made = parts.main_step(theme, due.Step(kind, None, "Why."), print, print)
    qtbot.addWidget(made)
    pressed, *rest = made.findChildren(QPushButton)
    assert [other.text() for other in rest] == (["Open the session"] if kind == "happened" else [])
    assert pressed.text() and not pressed.icon().isNull()


class Fits:
    pack, title, reason = "phq-9", "PHQ-9", "It looks back over 2 weeks."


@pytest.mark.parametrize(
    ("scheme", "scale", "size"),
    [(Scheme.LIGHT, 100, (480, 600)), (Scheme.DARK, 200, (900, 600)), (Scheme.LIGHT, 150, (480, 600))],
)
def test_a_full_page_fits_in_any_window(
    qtbot, window_open: MainWindow, promised: str, sources, theme: Theme, scheme: Scheme, scale: int, size
) -> None:
    sources(due.commitment(newest, newest), due.scales(lambda items, now: [Fits] * 4))
    last = save(qtbot, window_open, a_session(NOW - 10 * DAY, 6))
    save(qtbot, window_open, Experience(at=Moment(NOW - 9 * DAY), text="It was.", session=last))
    save(qtbot, window_open, a_session(NOW + 11 * DAY, 7, happened=False))
    step = MedicineStep(kind=StepKind.STOP, at=Moment(NOW - 3 * DAY))
    save(qtbot, window_open, Medicine(name="A medicine with quite a long name", steps=(step,)))
    theme.apply(scheme, scale)
    window_open.resize(*size)
    today(qtbot, window_open)
    for _ in range(3):
        quiet(qtbot, window_open.context.tasks)
        QApplication.processEvents()
    assert audit.faults(window_open) == []


# -- beginning -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("later", [False, True])
def test_from_the_first_start_to_a_saved_intention_by_keys_alone(
    qtbot, window: MainWindow, tmp_path: Path, later: bool
) -> None:
    """Beside the two passwords, the words from the paper (or not yet) and the intention: seven keys, and no click."""
    pressed = 0

    def key(keys: str) -> None:
        nonlocal pressed
        pressed += 1
        press(qtbot, window, keys)

    def type_(text: str) -> None:
        qtbot.keyClicks(QApplication.focusWidget(), text)

    welcome = window.welcome
    key("Return")  # Begin a journal
    welcome.create.set_path(tmp_path / "journal.vault")
    type_(PASSWORD)
    key("Return")
    type_(PASSWORD)
    key("Return")
    qtbot.waitUntil(lambda: welcome.step is welcome.show_words, timeout=20_000)
    words = welcome.show_words.sheet().split("\n\n")[1]
    if later:
        key("Tab")
        key("Return")
    else:
        key("Return")  # I have them on paper
        type_(" ".join(word for word in words.split() if word.isalpha()))
        key("Return")
    settled(qtbot, window)
    qtbot.waitUntil(lambda: getattr(QApplication.focusWidget(), "text", str)() == "Write an intention")
    key("Return")
    quiet(qtbot, window.context.tasks)
    type_("To arrive.")
    key("Ctrl+S")
    quiet(qtbot, window.context.tasks)
    assert pressed == 7
    (row,) = ask(qtbot, window, JournalService.rows)
    assert (row.kind, row.snippet) == ("intention", "To arrive.")


def test_a_planned_session_whose_time_has_come_has_taken_place_in_one_tap(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, a_session(NOW - 20 * HOUR, 1, happened=False))
    page = today(qtbot, window_open)
    assert "Has it taken place?" in shown(page, QLabel)
    assert not any("hours after" in text for text in shown(page, QLabel))
    (tap,) = (made for made in page.findChildren(QPushButton) if made.text() == "It has taken place")
    tap.click()
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, partial(JournalService.get, eid=eid)).record.happened
    assert "Has it taken place?" not in shown(page, QLabel)
    (undo,) = (made for made in page.banner.findChildren(QPushButton) if made.text() == "Undo")
    undo.click()
    quiet(qtbot, window_open.context.tasks)
    assert "Has it taken place?" in shown(page, QLabel)


def test_while_landing_comes_first_the_session_is_asked_about_beside_it(qtbot, window_open: MainWindow) -> None:
    save(qtbot, window_open, a_session(NOW - 2 * HOUR, 1, happened=False))
    page = today(qtbot, window_open)
    texts = shown(page, QLabel)
    assert texts.count("Session 1 was planned for today.") == 1 and "Has it taken place?" in texts
    assert primary(page) == ["Begin landing"]
    assert "It has taken place" in shown(page, QPushButton)
