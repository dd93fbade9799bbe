"""Kinds of therapy on an integration note: every usual one, and any other in own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal.records import MODALITIES, IntegrationNote, Session
from tests.ui.conftest import quiet
from tests.ui.hands import go, press
from tests.ui.pages.hands import TODAY, entries, gone, save
from tests.ui.pages.test_medicines import day, texts
from ui.places import Place
from ui.widgets.tags import TagEdit
from ui.window import MainWindow

USUAL = {
    "group", "exposure", "existential", "dbt", "schema", "rebt", "mbct", "mbsr", "mi", "cbt", "couples",
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal's file."""
    return tmp_path / "journal.vault"


def test_every_usual_kind_can_be_chosen_and_is_shown(qtbot, window_open: MainWindow) -> None:
    assert {code for code, _ in MODALITIES} == USUAL
    session = save(qtbot, window_open, Session(starts=day(-5), happened=True))
    eid = save(qtbot, window_open, IntegrationNote(at=day(-2), text="still", session=session))
    page = go(qtbot, window_open, Place("write", eid=eid, kind="integration"))
    for code in USUAL:
        assert page.tags._chips[code].isVisible()
        page.tags._chips[code].click()
    press(qtbot, window_open, "Ctrl+S")
    quiet(qtbot, window_open.context.tasks)
    assert set(entries(qtbot, window_open)[eid].modalities) == USUAL
    told = " ".join(texts(go(qtbot, window_open, Place("session", eid=session))))
    assert all(name in told for _, name in MODALITIES)


def test_another_kind_in_own_words_is_a_chip_and_stays(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, IntegrationNote(at=day(-2), text="still"))
    page = go(qtbot, window_open, Place("write", eid=eid, kind="integration"))
    qtbot.keyClicks(page.tags.own, "parts & body work")
    page.tags.own.returnPressed.emit()
    chip = page.tags._chips["parts & body work"]
    assert chip.isChecked() and chip.text() == "parts && body work" and page.tags.own.text() == ""
    go(qtbot, window_open, TODAY)
    assert entries(qtbot, window_open)[eid].modalities == ("parts & body work",)
    page = go(qtbot, window_open, Place("write", eid=eid, kind="integration"))
    page.tags._chips["parts & body work"].click()
    go(qtbot, window_open, TODAY)
    assert entries(qtbot, window_open)[eid].modalities == ()
    other = save(qtbot, window_open, IntegrationNote(at=day(-1), text="another"))
    page = go(qtbot, window_open, Place("write", eid=other, kind="integration"))
    assert set(page.tags._chips) == USUAL  # those of another note are not carried over


def test_what_was_typed_and_not_entered_is_kept_too(qtbot, window_open: MainWindow, path: Path) -> None:
    page = go(qtbot, window_open, Place("write", kind="integration"))
    qtbot.keyClicks(page.tags.own, "art therapy")
    page.sealing.pause.timeout.emit()
    quiet(qtbot, window_open.context.tasks)
    assert [draft.record.modalities for draft in gone(path).drafts] == [("art therapy",)]
    go(qtbot, window_open, TODAY)
    assert [record.modalities for record in gone(path).entries.values()] == [("art therapy",)]


@pytest.mark.parametrize("typed", ["CBT", "cbt", "Cognitive behavioural therapy (CBT)"])
def test_the_name_of_a_usual_kind_chooses_its_chip(qtbot, theme, typed: str) -> None:
    edit = TagEdit(theme)
    qtbot.addWidget(edit)
    edit.set_values((), (), therapy=True)
    qtbot.keyClicks(edit.own, typed)
    assert edit.modalities() == ("cbt",)
    edit.own.returnPressed.emit()
    assert edit._chips["cbt"].isChecked() and set(edit._chips) == USUAL


@pytest.mark.parametrize("codes", [("", "mi"), ("mi", "mi"), ("x" * 300, "line\nbreak", "<b>bold</b>")])
def test_odd_ones_are_left_as_they_are(qtbot, theme, codes: tuple[str, ...]) -> None:
    edit = TagEdit(theme)
    qtbot.addWidget(edit)
    edit.set_values((), codes, therapy=True)
    assert edit.modalities() == codes
    assert all("\n" not in chip.text() and len(chip.text()) < 60 for chip in edit._chips.values())
