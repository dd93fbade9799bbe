"""The versions of a questionnaire of one's own: what was answered keeps the words it was answered to."""

from __future__ import annotations

from functools import partial

from journal.records import Moment, ScaleAnswers
from journal.service import JournalService
from tests.ui.conftest import NOW
from tests.ui.hands import ask, go
from tests.ui.pages.test_scales import own, pressed
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
