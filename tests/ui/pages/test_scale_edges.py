"""The forms of questionnaires at their edges: nothing changes by itself, nothing is let go, reading only reads."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QAbstractButton

from journal.records import Moment, Record, ScaleAnswers, ScalePack, ScaleTotal
from journal.service import JournalService
from tests.journal.scales.test_packs import plain
from tests.ui.conftest import quiet
from tests.ui.hands import ask, go, press
from tests.ui.pages.hands import TODAY, entries, gone, no_room, read_only, save, shown
from ui.pages.form_page import FormPage
from ui.places import Place, PlaceName
from ui.window import MainWindow

AT = Moment(datetime(2026, 3, 29, 2, 30, 17, tzinfo=timezone(timedelta(hours=-5))), "America/Bogota")
ODD = "two\nlines,\u00a0\x00 and 🌊" + "🌊" * 300
OWN = json.dumps(
    plain(
        id="own-1", licence={"text": "Your own words."},
        scoring={"method": "mean", "source": {"text": "Made by the person.", "checked": True}},
    )
)  # fmt: skip
FORMS: list[tuple[PlaceName, Record]] = [
    (
        "scale",
        ScaleAnswers(
            at=AT, scale="phq-9", answers=(3, None, 0, 1, None, 2, 1, 0, 3, 3), declined=(4,), note=ODD,
            source="there", unknown={"later": 1},
        ),
    ),
    ("scale", ScaleAnswers(at=AT, scale="phq-9", title="T", answers=(9, None), note="answers of no form there is")),
    ("edit-total", ScaleTotal(at=AT, name=ODD, total=1 / 3, low=-1e12, high=1e300, unknown={"later": 1})),
    ("edit-scale", ScalePack(pack=OWN, own=True, added=AT, unknown={"later": 1})),
]  # fmt: skip
IDS = ["answers", "answers of no form", "total", "own"]
NAMES: list[PlaceName] = ["scale", "edit-total", "edit-scale"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"


def place(name: PlaceName, eid: str | None = None) -> Place:
    return Place(name, eid=eid, kind="" if eid or name != "scale" else "phq-9")


def touch(page: FormPage) -> None:
    """Change one thing: the note, or how it is added up."""
    if hasattr(page, "method"):
        page.method.setCurrentIndex(0)
        page.method.activated.emit(0)
    else:
        page.note.setText("another word")
        page.note.textEdited.emit("another word")


def comparable(record: Record) -> object:
    if not isinstance(record, ScalePack):
        return record
    pack = json.loads(record.pack)
    words = ([item["text"] for item in pack["items"]], [(one["value"], one["text"]) for one in pack["options"]])
    return (pack["id"], pack["version"], pack["title"], pack["scoring"]["method"], words, record.own, record.unknown)


def changed(record: Record) -> object:
    """What `touch` makes of it."""
    if not isinstance(record, ScalePack):
        return msgspec.structs.replace(record, note="another word")
    pack = json.loads(record.pack)
    pack |= {"version": 2, "scoring": {**pack["scoring"], "method": "sum"}}
    return comparable(msgspec.structs.replace(record, pack=json.dumps(pack)))


@pytest.mark.parametrize(("name", "record"), FORMS, ids=IDS)
def test_only_what_the_person_changed_is_changed(
    qtbot, window_open: MainWindow, path: Path, name: PlaceName, record: Record
):
    eid = save(qtbot, window_open, record)
    page = go(qtbot, window_open, place(name, eid))
    touch(page)
    page.sealing.pause.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert comparable(gone(path).drafts[0].record) == changed(record)
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert comparable(entries(qtbot, window_open)[eid]) == changed(record)
    assert gone(path).drafts == ()


@pytest.mark.parametrize(("name", "record"), FORMS, ids=IDS)
def test_saving_what_was_only_looked_at_writes_nothing(
    qtbot, window_open: MainWindow, name: PlaceName, record: Record
):
    eid = save(qtbot, window_open, record)
    page = go(qtbot, window_open, place(name, eid))
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert len(ask(qtbot, window_open, partial(JournalService.versions, eid=eid))) == 1


@pytest.mark.parametrize(("name", "record"), FORMS, ids=IDS)
def test_what_was_begun_is_gone_back_from(
    qtbot, window_open: MainWindow, path: Path, name: PlaceName, record: Record
):
    eid = save(qtbot, window_open, record)
    page = go(qtbot, window_open, place(name, eid))
    touch(page)
    go(qtbot, window_open, TODAY)
    page = go(qtbot, window_open, place(name, eid))
    assert comparable(page.record()) == changed(record)
    shown(page.banner, "Go back to what was saved").click()
    quiet(qtbot, window_open.context.tasks)
    assert page.record() == record
    assert gone(path).drafts == ()
    assert gone(path).entries == {eid: record}


@pytest.mark.parametrize("name", NAMES)
def test_what_was_never_saved_can_be_let_go(qtbot, window_open: MainWindow, path: Path, name: PlaceName):
    page = go(qtbot, window_open, place(name))
    assert not page.remove.isVisible()
    begin(page)
    go(qtbot, window_open, TODAY)
    (draft,) = gone(path).drafts
    page = go(qtbot, window_open, place(name, draft.eid))
    page.remove.click()
    quiet(qtbot, window_open.context.tasks)
    assert gone(path) == ((), {})


def begin(page: FormPage) -> None:
    """Type something into a new form."""
    field = page.name if hasattr(page, "method") else page.note
    field.setText("begun")
    field.textEdited.emit("begun")


@pytest.mark.parametrize("name", NAMES)
def test_what_could_not_be_kept_is_not_let_go(qtbot, window_open: MainWindow, path: Path, name: PlaceName):
    page = go(qtbot, window_open, place(name))
    begin(page)
    with no_room():
        go(qtbot, window_open, TODAY)
        assert window_open.stack.currentWidget() is page
        assert page.banner.text
    go(qtbot, window_open, TODAY)
    assert len(gone(path).drafts) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_save_on_a_full_disk_keeps_everything(qtbot, window_open: MainWindow, path: Path, name: PlaceName):
    record = next(record for form, record in FORMS if form == name)
    eid = save(qtbot, window_open, record)
    page = go(qtbot, window_open, place(name, eid))
    touch(page)
    with no_room():
        page.save.click()
        quiet(qtbot, window_open.context.tasks)
        assert page.banner.text
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert comparable(gone(path).entries[eid]) == changed(record)


def test_answers_saved_late_move_nobody(qtbot, window_open: MainWindow, path: Path):
    page = go(qtbot, window_open, place("scale"))
    begin(page)
    page.save.click()
    window_open.stack.go(Place("charts"))  # before it is answered
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "charts"
    assert len(gone(path).entries) == 1


@pytest.mark.parametrize(("name", "record"), FORMS, ids=IDS)
def test_no_key_changes_what_is_only_read(qtbot, window: MainWindow, path: Path, name: PlaceName, record: Record):
    eid = read_only(qtbot, window, path, lambda service: service.save(record).eid)
    page = go(qtbot, window, place(name, eid))
    before = page.record()
    field = page.first_field()
    for _ in range(12):
        field.setFocus()
        for keys in ("2", "Up", "Backspace", "Ctrl+S"):
            press(qtbot, window, keys)
        field = field.nextInFocusChain()
        while not field.isVisible() or not page.isAncestorOf(field):
            field = field.nextInFocusChain()
    assert page.record() == before
    assert not page.save.isVisible()
    assert not page.remove.isVisible()


def test_the_page_of_questionnaires_only_reads_too(qtbot, window: MainWindow, path: Path):
    def fill(service: JournalService) -> None:
        service.use_scale("phq-9")
        service.save(ScaleAnswers(at=AT, scale="phq-9", title="PHQ-9", answers=(1,) * 9 + (None,)))

    read_only(qtbot, window, path, fill)
    page = go(qtbot, window, Place("scales"))
    words = {made.text() for made in page.findChildren(QAbstractButton) if made.isVisible() and made.text()}
    assert words == {"What I answered", "About, licence"}


def test_more_than_the_form_has_room_for_is_not_lost_by_it(qtbot, window_open: MainWindow):
    more = ScalePack(pack=json.dumps(plain(about="Something the form has no field for.")), own=True)
    eid = save(qtbot, window_open, more)
    page = go(qtbot, window_open, Place("edit-scale", eid=eid))
    assert page.save.isHidden()
    assert entries(qtbot, window_open)[eid] == more
