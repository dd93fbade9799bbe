"""The forms at their edges: nothing changes by itself, nothing begun is let go, and reading only is only reading."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import partial
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import iter_modules

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

import ui.pages
from journal.records import (
    CheckIn,
    Commitment,
    Course,
    CoursePhase,
    Medicine,
    MedicineStep,
    Moment,
    Outcome,
    Phase,
    Question,
    Record,
    Route,
    Session,
    SideEffect,
    StepKind,
    Strength,
    Whom,
)
from journal.records.base import MAX_TEXT
from journal.service import JournalService
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.hands import TODAY, entries, gone, no_room, read_only, save, shown
from ui.pages.form_page import FormPage
from ui.places import Place, PlaceName
from ui.widgets.moment_edit import moment_of
from ui.window import MainWindow

AT = Moment(datetime(2026, 3, 29, 2, 30, 17, tzinfo=timezone(timedelta(hours=-5))), "America/Bogota")
EARLIER = Moment(AT.at - timedelta(days=9))
ODD = "two\nlines,\u00a0\x00 and 🌊" + "🌊" * 300
LONG = "a\u00a0line\r\nand\u2028another\u2029one\n\n \ufdd0\ufffc"
FORMS: list[tuple[PlaceName, Record]] = [
    ("check-in", CheckIn(at=AT, mood=0, calm=10, note=ODD, source="jrnl:3", unknown={"later": 1})),
    ("edit-course", Course(title=ODD, started=AT, phase=Phase.PAUSE, planned=6, notes=LONG, unknown={"later": 1})),
    ("edit-course", Course(title="never said when it began")),
    (
        "edit-course",
        Course(
            started=AT, targets=("own, with a comma", "ptsd", ODD), providers=("f" * 32,),
            phases=(
                CoursePhase(kind=Phase.MAINTENANCE, name=ODD, started=AT, ended=AT, planned=999, notes=LONG),
                CoursePhase(kind=Phase.ENDED), CoursePhase(kind=Phase.PAUSE, started=EARLIER, planned=1),
            ),
        ),
    ),
    (
        "edit-session",
        Session(
            starts=AT, number=9999, route=Route.BUCCAL, dose=ODD, setting=ODD, people=ODD, happened=True, notes=LONG,
            unknown={"later": [1]},
        ),
    ),
    (
        "edit-medicine",
        Medicine(
            name=ODD, sort=ODD, reason=ODD, notes=LONG, unknown={"later": 1},
            steps=(
                MedicineStep(kind=StepKind.STOP, at=AT, dose=ODD, note=ODD),
                MedicineStep(kind=StepKind.CHANGE, at=AT, whole_day=True),
                MedicineStep(kind=StepKind.START, at=AT, dose=ODD, whole_day=True),
            ),
        ),
    ),
    (
        "edit-side-effect",
        SideEffect(
            what=ODD, began=AT, gone=AT, strength=Strength.MILD, note=LONG, session="5" * 32, unknown={"a": 1}
        ),
    ),
    ("edit-side-effect", SideEffect(what="bladder", began=AT)),
    (
        "edit-question",
        Question(
            text=LONG, made=AT, whom=Whom.THERAPY, session="5" * 32, entry="6" * 32, asked=AT, answer=LONG,
            unknown={"a": 1},
        ),
    ),
    (
        "edit-commitment",
        Commitment(
            text=ODD, begins=AT, where=ODD, who=ODD, session="5" * 32, outcome=Outcome.PART, reviewed=AT, note=LONG,
            unknown={"a": 1},
        ),
    ),
]  # fmt: skip
IDS = [
    "check-in", "course", "course without a date", "course with phases", "session", "medicine",
    "side effect", "usual side effect", "question", "commitment",
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"


def touch(qtbot, page: FormPage) -> None:
    """Change one thing: a slider, the planned number, whether it has taken place, one of a few chips."""
    if hasattr(page, "sliders"):
        qtbot.keyClicks(page.sliders[1], "4")
    elif hasattr(page, "planned"):
        page.planned.setFocus()
        qtbot.keyClick(page.planned, Qt.Key.Key_Up)
    elif hasattr(page, "happened"):
        page.happened.click()
    elif hasattr(page, "as_needed"):
        page.as_needed.click()
    elif hasattr(page, "strength"):
        page.strength.chip(Strength.STRONG).click()
    elif hasattr(page, "whom"):
        page.whom.chip(Whom.PRESCRIBER).click()
    else:
        page.outcome.chip(Outcome.NOT_YET).click()


def touched(record: Record) -> Record:
    """The same change in the record."""
    if isinstance(record, CheckIn):
        return msgspec.structs.replace(record, interest=4)
    if isinstance(record, Course):
        return msgspec.structs.replace(record, planned=(record.planned or 0) + 1)
    if isinstance(record, Medicine):
        return msgspec.structs.replace(record, as_needed=not record.as_needed)
    if isinstance(record, SideEffect):
        return msgspec.structs.replace(record, strength=Strength.STRONG)
    if isinstance(record, Question):
        return msgspec.structs.replace(record, whom=Whom.PRESCRIBER)
    if isinstance(record, Commitment):
        return msgspec.structs.replace(record, outcome=Outcome.NOT_YET, reviewed=moment_of(NOW))
    return msgspec.structs.replace(record, happened=not record.happened)


@pytest.mark.parametrize(("name", "record"), FORMS, ids=IDS)
def test_only_what_the_person_changed_is_changed(
    qtbot, window_open: MainWindow, path: Path, name: PlaceName, record: Record
) -> None:
    eid = save(qtbot, window_open, record)
    page = go(qtbot, window_open, Place(name, eid=eid))
    touch(qtbot, page)
    page.sealing.pause.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path).drafts[0].record == touched(record)
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert entries(qtbot, window_open)[eid] == touched(record)
    assert gone(path).drafts == ()


@pytest.mark.parametrize(("name", "record"), FORMS, ids=IDS)
def test_saving_what_was_only_looked_at_writes_nothing(
    qtbot, window_open: MainWindow, name: PlaceName, record: Record
) -> None:
    eid = save(qtbot, window_open, record)
    page = go(qtbot, window_open, Place(name, eid=eid))
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert len(ask(qtbot, window_open, partial(JournalService.versions, eid=eid))) == 1


@pytest.mark.parametrize(("name", "record"), FORMS, ids=IDS)
def test_what_was_begun_is_gone_back_from(
    qtbot, window_open: MainWindow, path: Path, name: PlaceName, record: Record
) -> None:
    eid = save(qtbot, window_open, record)
    page = go(qtbot, window_open, Place(name, eid=eid))
    touch(qtbot, page)
    go(qtbot, window_open, TODAY)
    assert gone(path).drafts[0].record == touched(record)
    page = go(qtbot, window_open, Place(name, eid=eid))
    assert page.record() == touched(record)
    shown(page.banner, "Go back to what was saved").click()
    quiet(qtbot, window_open.context.tasks)
    assert page.record() == record
    assert page.banner.text == ""
    assert gone(path).drafts == ()
    assert gone(path).entries == {eid: record}


@pytest.mark.parametrize("name", ["check-in", "edit-course", "edit-session"])
def test_what_was_never_saved_can_be_let_go_and_brought_back(
    qtbot, window_open: MainWindow, path: Path, name: PlaceName
) -> None:
    page = go(qtbot, window_open, Place(name))
    assert not page.remove.isVisible()  # there is nothing yet
    touch(qtbot, page)
    go(qtbot, window_open, TODAY)
    (draft,) = gone(path).drafts
    page = go(qtbot, window_open, Place(name, eid=draft.eid))
    page.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path) == ((), {})
    window_open.status.undo.click()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path).entries == {draft.eid: draft.record}


# -- when it cannot be kept ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["check-in", "edit-course", "edit-session"])
def test_another_form_does_not_take_the_place_of_what_could_not_be_kept(
    qtbot, window_open: MainWindow, path: Path, name: PlaceName
) -> None:
    page = go(qtbot, window_open, Place(name))
    touch(qtbot, page)
    given = page.record()
    with no_room():
        go(qtbot, window_open, Place(name))
        assert page.banner.text
        assert page.record() == given
    page = go(qtbot, window_open, Place(name))
    assert page.record() != given
    assert page.banner.text == ""
    assert [draft.record for draft in gone(path).drafts] == [given]


@pytest.mark.parametrize("name", ["check-in", "edit-course", "edit-session"])
def test_removing_on_a_full_disk_leads_back(qtbot, window_open: MainWindow, name: PlaceName) -> None:
    record = next(record for form, record in FORMS if form == name)
    eid = save(qtbot, window_open, record)
    page = go(qtbot, window_open, Place(name, eid=eid))
    with no_room():
        page.remove.click()
        quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.currentWidget() is page
    assert page.banner.text
    assert entries(qtbot, window_open)[eid] == record


def test_notes_over_the_limit_say_so_and_lead_back(qtbot, window_open: MainWindow, path: Path) -> None:
    much = ("ä" * 511 + "\n") * (MAX_TEXT // 1023)
    much += "x" * (MAX_TEXT - len(much.encode()))  # not one byte more
    page = go(qtbot, window_open, Place("edit-session"))
    page.notes.setPlainText(much + "!")
    go(qtbot, window_open, TODAY)
    assert window_open.stack.currentWidget() is page
    assert "longer than 4 MB" in page.banner.text
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert "longer than 4 MB" in page.banner.text
    assert page.notes.value() == much + "!"
    page.notes.setPlainText(much)
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert [record.notes for record in gone(path).entries.values()] == [much]


def test_a_save_answered_late_moves_nobody(qtbot, window_open: MainWindow, path: Path) -> None:
    page = go(qtbot, window_open, Place("check-in"))
    touch(qtbot, page)
    page.save.click()
    window_open.stack.go(Place("charts"))  # before it is answered
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "charts"
    assert len(gone(path).entries) == 1
    assert gone(path).drafts == ()


# -- reading only ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_draft", [False, True], ids=["saved", "draft"])
@pytest.mark.parametrize(("name", "record"), FORMS, ids=IDS)
def test_no_key_changes_what_is_only_read(
    qtbot, window: MainWindow, path: Path, name: PlaceName, record: Record, with_draft: bool
) -> None:
    def fill(service: JournalService) -> str:
        eid = service.save(record).eid
        if with_draft:
            service.put_draft(eid, touched(record))
        return eid

    eid = read_only(qtbot, window, path, fill)
    page = go(qtbot, window, Place(name, eid=eid))
    before = page.record()
    field = page.first_field()
    for _ in range(12):
        field.setFocus()
        for keys in ("7", "Up", "Space", "Backspace", "Ctrl+S"):
            press(qtbot, window, keys)
        field = field.nextInFocusChain()
        while not field.isVisible() or not page.isAncestorOf(field):
            field = field.nextInFocusChain()
    page = go(qtbot, window, Place(name, eid=eid))
    assert page.record() == before
    assert not page.save.isVisible()
    assert not page.remove.isVisible()
    go(qtbot, window, TODAY)
    assert window.stack.place == TODAY  # nobody is held at a draft that cannot be saved


@pytest.mark.parametrize("name", ["edit-session", "edit-course", "edit-cost", "edit-side-effect"])
def test_a_form_begins_at_its_top_wherever_the_last_one_was_left(qtbot, window_open: MainWindow, name: str) -> None:
    window_open.resize(900, 600)
    form = go(qtbot, window_open, Place(name))
    bar = form._column.verticalScrollBar()
    bar.setValue(bar.maximum())
    go(qtbot, window_open, Place("today"))
    form = go(qtbot, window_open, Place(name))
    area = form._column.viewport()
    qtbot.waitUntil(lambda: bar.value() == 0)
    for made in (form.heading, QApplication.focusWidget()):
        assert area.rect().contains(made.mapTo(area, made.rect().topLeft()))


def every_form() -> list[type[FormPage]]:
    modules = [import_module(f"ui.pages.{found.name}") for found in iter_modules(ui.pages.__path__)]
    kinds = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    return sorted((kind for kind in kinds if issubclass(kind, FormPage) and kind is not FormPage), key=repr)


@pytest.mark.parametrize("kind", every_form(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("new", [True, False])
def test_what_saves_a_form_is_told_what_it_was_typed_over(qtbot, context, kind: type[FormPage], new: bool) -> None:
    page = kind(context)
    qtbot.addWidget(page)
    page._saved = None if new else object()
    signature(page.saving()).bind(object(), eid="", record=object(), over="")  # raises for what it does not take
