"""The versions of a questionnaire of one's own: what was answered keeps the words it was answered to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec

from journal.records import Moment, ScaleAnswers
from journal.service import JournalService
from tests.ui.conftest import NOW
from tests.ui.hands import ask, go
from tests.ui.pages.test_scales import own, pressed, told
from tests.ui.two_computers import bring
from ui.places import Place
from ui.window import MainWindow


def test_a_version_that_was_left_behind_is_not_made_again_with_other_words(qtbot, window_open: MainWindow):
    page = own(qtbot, window_open)
    pressed(qtbot, window_open, page.save)
    known = next(one for one in ask(qtbot, window_open, JournalService.packs) if one.own)
    first = ask(qtbot, window_open, partial(JournalService.get, eid=known.eid)).record
    page = go(qtbot, window_open, Place("edit-scale", eid=known.eid))
    page.questions.setPlainText("I could rest\nI went out")
    pressed(qtbot, window_open, page.save)
    second = ask(qtbot, window_open, partial(JournalService.pack, name=known.pack.id))
    record = ScaleAnswers(at=Moment(NOW), scale=second.id, version=second.version, answers=(1, 1))
    ask(qtbot, window_open, partial(JournalService.save, record=record))
    ask(qtbot, window_open, partial(JournalService.save, record=first, eid=known.eid))  # as bringing it back does
    page = go(qtbot, window_open, Place("edit-scale", eid=known.eid))
    page.questions.setPlainText("I could rest\nI stayed in")
    pressed(qtbot, window_open, page.save)
    (old,) = ask(qtbot, window_open, JournalService.answers)
    assert [item.text for item in old.pack.items] == ["I could rest", "I went out"]
    assert ask(qtbot, window_open, partial(JournalService.pack, name=known.pack.id)).version == 3


def test_one_that_is_not_there_any_more_is_saved_from_what_was_begun_of_it(qtbot, window_open: MainWindow) -> None:
    page = own(qtbot, window_open)
    pressed(qtbot, window_open, page.save)
    known = next(one for one in ask(qtbot, window_open, JournalService.packs) if one.own)
    page = go(qtbot, window_open, Place("edit-scale", eid=known.eid))
    qtbot.keyClicks(page.stem, "And today: ")
    go(qtbot, window_open, Place("today"))
    ask(qtbot, window_open, JournalService.undo)
    assert ask(qtbot, window_open, partial(JournalService.find, eid=known.eid)) is None
    page = go(qtbot, window_open, Place("edit-scale", eid=known.eid))
    pressed(qtbot, window_open, page.save)
    assert window_open.stack.place == Place("scales")
    again = next(one for one in ask(qtbot, window_open, JournalService.packs) if one.own)
    assert again.eid == known.eid and again.pack.stem.endswith("And today:")
    assert ask(qtbot, window_open, partial(JournalService.get, eid=known.eid)).heads == 1


def test_the_versions_of_answers_say_the_words_they_were_given_to(
    qtbot, window_open: MainWindow, there: JournalService, tmp_path: Path
) -> None:
    page = own(qtbot, window_open)
    pressed(qtbot, window_open, page.save)
    known = next(one for one in ask(qtbot, window_open, JournalService.packs) if one.own)
    asked = [item.text for item in known.pack.items]
    record = ScaleAnswers(at=Moment(NOW), scale=known.pack.id, version=known.pack.version, answers=(1, 2))
    eid = ask(qtbot, window_open, partial(JournalService.save, record=record)).eid
    later = msgspec.structs.replace(record, answers=(2, 2), note="thought again")
    ask(qtbot, window_open, partial(JournalService.save, record=later, eid=eid))
    page = go(qtbot, window_open, Place("edit-scale", eid=known.eid))
    page.questions.setPlainText("Quite other words\nAnd these")
    pressed(qtbot, window_open, page.save)
    history = go(qtbot, window_open, Place("history", eid=eid))
    history.compare.setChecked(False)
    said = history.text.toPlainText()
    assert all(f"{words}: " in said for words in asked)
    assert "Item" not in said and "Quite other words" not in said

    bring(there, path=tmp_path / "journal.vault")
    there.save(msgspec.structs.replace(record, answers=(1, 1)), eid)
    ask(qtbot, window_open, partial(JournalService.save, record=record, eid=eid))
    ask(qtbot, window_open, partial(bring, path=there.path))
    said = told(go(qtbot, window_open, Place("two-versions", eid=eid)))
    assert all(said.count(f"{words}: ") == 2 for words in asked)
    assert "Item" not in said
