"""What was begun is kept whatever stands in the fields, and by every tap elsewhere; two taps do a thing once."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QWidget

from journal.records import (
    Checklist,
    Commitment,
    Course,
    Experience,
    Medicine,
    MedicineStep,
    Moment,
    Outcome,
    Phase,
    PromptSet,
    Question,
    ScaleTotal,
    Session,
    SideEffect,
    StepKind,
    Whom,
)
from journal.records.base import MAX_LINE
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.hands import TODAY, entries, gone, no_room, save
from tests.ui.pages.test_medicines import day, named
from ui.places import Place
from ui.window import MainWindow

AT = Moment(NOW)
LONG = "a line that goes on " * 40  # 800 characters


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"


def begun(qtbot, window: MainWindow, eid: str, **more: object) -> None:
    """Something of an entry that was typed and not saved."""
    record = ask(qtbot, window, partial(JournalService.get, eid=eid)).record
    op = partial(JournalService.put_draft, eid=eid, record=msgspec.structs.replace(record, **more))
    ask(qtbot, window, op)


def draft(qtbot, window: MainWindow, eid: str):
    found = ask(qtbot, window, partial(JournalService.draft, eid=eid))
    return found.record if found is not None else None


def tapped(qtbot, window: MainWindow, button: QAbstractButton) -> None:
    button.click()
    quiet(qtbot, window.context.tasks)


def reading(page: QWidget, text: str) -> QPushButton:
    """The visible button that reads so."""
    return next(made for made in page.findChildren(QPushButton) if made.text() == text and made.isVisible())


# -- it locks, whatever stands in the fields -------------------------------------------------------------------


def locked(qtbot, window: MainWindow, replaced: list[Path | None], path: Path):
    """What a new process finds after locking."""
    window.lock()
    qtbot.waitUntil(lambda: bool(replaced), timeout=10_000)
    return gone(path)


def test_it_locks_over_a_total_outside_its_range(qtbot, window_open: MainWindow, replaced, path: Path) -> None:
    page = go(qtbot, window_open, Place("edit-total"))
    for field, text in ((page.name, "PCL-5"), (page.total, "90"), (page.low, "0"), (page.high, "80")):
        field.setFocus()
        qtbot.keyClicks(field, text)
    (kept,) = locked(qtbot, window_open, replaced, path).drafts
    assert isinstance(kept.record, ScaleTotal)
    assert (kept.record.total, kept.record.low, kept.record.high) == (90, 0, 80)


@pytest.mark.parametrize(
    ("place", "field"), [("edit-checklist", "lines_of"), ("edit-prompts", "questions"), ("edit-session", "prepared")]
)
def test_it_locks_over_a_line_that_is_too_long(
    qtbot, window_open: MainWindow, replaced, path: Path, place: str, field: str
) -> None:
    page = go(qtbot, window_open, Place(place))
    getattr(page, field).setPlainText("Water\n" + LONG + "\n" + "x" * 1200)
    (kept,) = locked(qtbot, window_open, replaced, path).drafts
    lines = {
        "lines_of": lambda: kept.record.lines,
        "questions": lambda: kept.record.questions,
        "prepared": lambda: tuple(one.text for one in kept.record.prepared),
    }[field]()
    assert lines[0] == "Water" and all(len(line) <= MAX_LINE for line in lines)
    assert " ".join(lines[1:3]) == LONG.strip()
    assert "".join(lines[3:]) == "x" * 1200


def test_a_long_line_can_be_left_saved_and_come_back_to(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-checklist"))
    page.lines_of.setPlainText(LONG)
    go(qtbot, window_open, TODAY)
    assert window_open.stack.place == TODAY
    page = go(qtbot, window_open, Place("edit-checklist"))
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    (found,) = [one for one in entries(qtbot, window_open).values() if isinstance(one, Checklist)]
    assert " ".join(found.lines) == LONG.strip()


# -- one tap elsewhere ------------------------------------------------------------------------------------------


def test_looking_back_keeps_what_is_being_written(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Commitment(text="Walk", begins=day(-7)))
    save(qtbot, window_open, Experience(at=AT, text="written"))
    begun(qtbot, window_open, eid, note="on the second day it rained")
    page = go(qtbot, window_open, TODAY)
    tapped(qtbot, window_open, reading(page, "I did it"))
    kept = draft(qtbot, window_open, eid)
    assert (kept.note, kept.outcome) == ("on the second day it rained", Outcome.DID)
    assert entries(qtbot, window_open)[eid].outcome is Outcome.DID


def test_stopping_a_medicine_keeps_what_is_being_written_and_two_taps_stop_it_once(
    qtbot, window_open: MainWindow
) -> None:
    start = MedicineStep(kind=StepKind.START, at=day(-9), whole_day=True)
    eid = save(qtbot, window_open, Medicine(name="Sertraline", steps=(start,)))
    begun(qtbot, window_open, eid, reason="low mood")
    page = go(qtbot, window_open, Place("medicines"))
    stop = named(page, "Sertraline: stopped today")
    stop.click()
    tapped(qtbot, window_open, stop)
    kept, saved = draft(qtbot, window_open, eid), entries(qtbot, window_open)[eid]
    assert [step.kind for step in saved.steps] == [StepKind.START, StepKind.STOP]
    assert (kept.reason, kept.steps) == ("low mood", saved.steps)


def test_a_side_effect_that_is_gone_keeps_what_is_being_written(qtbot, window_open: MainWindow) -> None:
    session = save(qtbot, window_open, Session(starts=day(-1), happened=True))
    eid = save(qtbot, window_open, SideEffect(what="nausea", began=day(-1), session=session))
    begun(qtbot, window_open, eid, note="after the tea")
    page = go(qtbot, window_open, Place("session", eid=session))
    tapped(qtbot, window_open, named(page, "Nausea: gone now"))
    kept = draft(qtbot, window_open, eid)
    assert (kept.note, kept.gone is not None) == ("after the tea", True)
    tapped(qtbot, window_open, named(page, "Nausea: not gone after all"))
    kept = draft(qtbot, window_open, eid)
    assert (kept.note, kept.gone) == ("after the tea", None)


def test_a_question_that_was_asked_keeps_what_is_being_written(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Question(text="How long?", made=AT))
    begun(qtbot, window_open, eid, text="How long, and why?")
    page = go(qtbot, window_open, Place("questions"))
    tapped(qtbot, window_open, named(page, "Asked: How long?"))
    kept = draft(qtbot, window_open, eid)
    assert kept.text == "How long, and why?" and kept.asked is not None
    assert entries(qtbot, window_open)[eid].asked is not None


def test_a_tick_at_a_set_keeps_what_is_being_written(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, PromptSet(title="Mine", about="page", questions=("And now?",)))
    begun(qtbot, window_open, eid, questions=("And now?", "And then?"))
    page = go(qtbot, window_open, Place("prompts"))
    tick = next(made for made in page.findChildren(QCheckBox) if made.accessibleName().startswith("Mine,"))
    tapped(qtbot, window_open, tick)
    kept = draft(qtbot, window_open, eid)
    assert (kept.questions, kept.shown) == (("And now?", "And then?"), False)


def test_an_entry_put_to_a_session_keeps_what_is_being_written(qtbot, window_open: MainWindow) -> None:
    session = save(qtbot, window_open, Session(starts=day(-1), happened=True))
    eid = save(qtbot, window_open, Experience(at=AT, text="loose"))
    begun(qtbot, window_open, eid, text="loose, and more")
    page = go(qtbot, window_open, Place("session", eid=session))
    tapped(qtbot, window_open, reading(page, "Put it here"))
    kept = draft(qtbot, window_open, eid)
    assert (kept.text, kept.session) == ("loose, and more", session)


def test_two_taps_pause_a_course_once(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, Course(title="Spring", phase=Phase.INDUCTION))
    page = go(qtbot, window_open, Place("course", eid=eid))
    pause = next(made for made in page.findChildren(QPushButton) if "ause" in made.text() and made.isVisible())
    pause.click()
    tapped(qtbot, window_open, pause)
    phases = [phase.kind for phase in entries(qtbot, window_open)[eid].phases]
    assert phases == [Phase.INDUCTION, Phase.PAUSE]


# -- begun, and come back to --------------------------------------------------------------------------------------


def test_a_list_that_was_begun_is_gone_on_with_wherever_one_comes_from(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("edit-checklist"))
    page.lines_of.setPlainText("Water\nA ride")
    go(qtbot, window_open, TODAY)
    page = go(qtbot, window_open, Place("edit-checklist"))
    assert page.lines_of.toPlainText() == "Water\nA ride"
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert ask(qtbot, window_open, JournalService.drafts) == ()
    found = [one for one in entries(qtbot, window_open).values() if isinstance(one, Checklist)]
    assert found == [Checklist(lines=("Water", "A ride"))]


@pytest.mark.parametrize("more", [{"session": "5" * 32}, {"entry": "6" * 32}, {"asked": AT}])
def test_a_line_takes_up_only_what_it_can_hold(qtbot, window_open: MainWindow, more: dict[str, object]) -> None:
    whole = Question(text="And the night?", made=AT, whom=Whom.THERAPY, **more)
    ask(qtbot, window_open, partial(JournalService.put_draft, eid="7" * 32, record=whole))
    page = go(qtbot, window_open, Place("questions"))
    line = page.lines[Whom.THERAPY]
    assert line.text() == ""
    qtbot.keyClicks(line.field, "Another")
    tapped(qtbot, window_open, line.add)
    assert draft(qtbot, window_open, "7" * 32) == whole


# -- what was refused is not shown as done ------------------------------------------------------------------------


def test_a_tick_that_could_not_be_kept_goes_back(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("scales"))
    with no_room():
        page.ranges.click()
        quiet(qtbot, window_open.context.tasks)
    assert page.banner.text and not page.ranges.isChecked()
    assert not ask(qtbot, window_open, JournalService.settings).bands


def test_a_questionnaire_of_ones_own_is_kept_and_used_after_a_landing(qtbot, window_open: MainWindow) -> None:
    ask(qtbot, window_open, partial(JournalService.land, session=None, at=AT))
    page = go(qtbot, window_open, Place("edit-scale"))
    page.name.setText("Evenings")
    page.name.textEdited.emit("Evenings")
    page.questions.setPlainText("I could rest")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("scales")
    (known,) = [one for one in ask(qtbot, window_open, JournalService.packs) if one.eid is not None]
    assert ask(qtbot, window_open, JournalService.settings).scales == (known.pack.id,)
