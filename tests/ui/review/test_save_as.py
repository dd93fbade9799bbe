"""“Save as…” on both sides of a share: what is seen becomes an open file, and nobody can take it for a closed one."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QAction

from journal.records import CheckIn, Experience, Moment
from journal.report import FORMS, markdown
from journal.service import JournalService
from journal.share import write_share
from tests.journal.report.payloads import checkin, share, writing
from tests.journal.report.reading import check
from tests.ui.conftest import NOW, quiet
from tests.ui.fakes import FakePrompter
from tests.ui.hands import ask, go
from tests.ui.pages.sharing import on, step, tick
from ui.context import Context
from ui.pages.share import PREVIEW
from ui.places import Place
from ui.review.save_as import SaveAs

PAYLOAD = share(writings=(writing(title="The coat", text="I saw the hook."),), checkins=(checkin(mood=4),))


@pytest.fixture
def saving(qtbot, context: Context) -> SaveAs:
    made = SaveAs(context)
    qtbot.addWidget(made)
    qtbot.addWidget(made.button)
    made.set_payload(PAYLOAD)
    return made


def action(saving: SaveAs, name: str) -> QAction:
    return next(one for one in saving.menu.actions() if one.data() == name)


def save(qtbot, saving: SaveAs, name: str) -> None:
    action(saving, name).trigger()
    qtbot.waitUntil(saving.button.isEnabled, timeout=20_000)


def test_all_forms_are_offered_in_words(saving: SaveAs):
    assert [one.text() for one in saving.menu.actions()] == [form.title for form in FORMS]
    assert saving.button.text() == "Save as…" and saving.button.menu() is saving.menu
    assert not saving.banner.isVisibleTo(saving) and not saving.progress.isVisibleTo(saving)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_it_is_said_that_anyone_can_read_it_before_and_after(qtbot, saving, prompter: FakePrompter, tmp_path, form):
    path = tmp_path / f"out{form.ending}"
    prompter.answers = [True, path]
    save(qtbot, saving, form.name)
    (asked, _, told), (chosen, _, name) = prompter.asked
    assert (asked, chosen) == ("confirm", "save_path")
    assert "anyone who has the file can read it" in told
    assert name.endswith(f"2026-11-23{form.ending}")
    assert path.stat().st_size > 100 and path.stat().st_mode & 0o077 == 0
    assert "anyone who has the file can read it" in saving.banner.text and path.name in saving.banner.text


def test_the_file_is_what_was_chosen(qtbot, saving, prompter, tmp_path):
    text, table, fhir, paper = (tmp_path / name for name in ("a.md", "b.csv", "c.json", "d.pdf"))
    for name, path in (("md", text), ("csv", table), ("fhir", fhir), ("pdf-all", paper)):
        prompter.answers = [True, path]
        save(qtbot, saving, name)
    assert text.read_text("utf-8") == markdown(PAYLOAD)
    assert "check-in (not validated)" in table.read_text("utf-8")
    check(json.loads(fhir.read_text("utf-8")))
    pages = pypdfium2.PdfDocument(paper)
    assert "I saw the hook." in "".join(page.get_textpage().get_text_range() for page in pages)


@pytest.mark.parametrize("answers", [[False], [True, None]])
def test_who_says_no_has_no_file(qtbot, saving, prompter, tmp_path, answers):
    prompter.answers = answers
    save(qtbot, saving, "md")
    assert list(tmp_path.iterdir()) == [] and saving.banner.text == ""


def test_a_name_that_is_taken_is_left_and_the_next_step_named(qtbot, saving, prompter, tmp_path):
    path = tmp_path / "mine.md"
    path.write_text("mine")
    prompter.answers = [True, path]
    save(qtbot, saving, "md")
    assert path.read_text() == "mine"
    assert "choose another name" in saving.banner.text
    prompter.answers = [True, tmp_path / "no" / "such" / "folder.md"]
    save(qtbot, saving, "md")
    assert "Choose another" in saving.banner.text


def test_a_share_that_is_closed_while_a_name_is_chosen_is_not_written(qtbot, saving, prompter, tmp_path):
    path = tmp_path / "late.md"

    def closed() -> Path:
        saving.set_payload(None)
        return path

    prompter.answers = [True, closed]
    save(qtbot, saving, "md")
    action(saving, "md").trigger()  # nothing is shown any more, so nothing is asked
    assert not path.exists() and len(prompter.asked) == 2


def test_a_share_closed_while_its_pages_are_painted_leaves_no_file(qtbot, saving, context, prompter, tmp_path):
    path = tmp_path / "late.pdf"
    prompter.answers = [True, path]
    action(saving, "pdf").trigger()
    saving.set_payload(None)
    assert saving.button.isEnabled()
    quiet(qtbot, context.tasks)
    assert list(tmp_path.iterdir()) == []


def test_a_bar_is_shown_only_once_it_takes_a_while(qtbot, saving, prompter, tmp_path):
    prompter.answers = [True, tmp_path / "a.pdf"]
    action(saving, "pdf").trigger()
    assert not saving.progress.isVisibleTo(saving) and not saving.button.isEnabled()
    assert saving._slow.isActive() and saving._slow.interval() == 500
    saving._slow.timeout.emit()
    assert saving.progress.isVisibleTo(saving)
    qtbot.waitUntil(saving.button.isEnabled, timeout=20_000)
    assert not saving.progress.isVisibleTo(saving)


# -- where it stands ------------------------------------------------------------------------


def test_the_reader_of_a_share_can_save_it_until_it_is_closed(qtbot, window_open, prompter, tmp_path):
    address = ask(qtbot, window_open, JournalService.identity)
    file = tmp_path / "s.age"
    write_share(file, PAYLOAD, recipients=(address,))
    page = go(qtbot, window_open, Place("review"))
    page.open_file(file)
    quiet(qtbot, page.context.tasks)
    assert page.saving.button.isVisible()
    page.context.prompter.answers = [True, tmp_path / "seen.md"]
    save(qtbot, page.saving, "md")
    assert (tmp_path / "seen.md").read_text("utf-8") == markdown(PAYLOAD)
    page.close_share()
    assert not page.saving.button.isVisible()
    action(page.saving, "md").trigger()
    assert len(page.context.prompter.asked) == 2


def test_who_shares_can_save_exactly_what_the_reader_will_see(qtbot, window_open, tmp_path):
    at = Moment(NOW)
    op = partial(JournalService.save, record=Experience(at=at, title="The coat", text="I saw the hook."))
    eid = ask(qtbot, window_open, op).eid
    ask(qtbot, window_open, partial(JournalService.save, record=CheckIn(at=at, mood=2)))
    page = go(qtbot, window_open, Place("share"))
    assert not page.saving.button.isVisible()
    tick(page, eid)
    on(qtbot, page)
    page.reader.to.setText("Dr Amsel")
    on(qtbot, page)
    assert step(page) == PREVIEW and page.saving.button.isVisible()
    page.context.prompter.answers = [True, tmp_path / "mine.md"]
    save(qtbot, page.saving, "md")
    text = (tmp_path / "mine.md").read_text("utf-8")
    assert "I saw the hook." in text and "Dr Amsel" in text and "Check-ins" not in text
    page.earlier.click()
    assert not page.saving.button.isVisible() and page.saving.banner.text == ""
