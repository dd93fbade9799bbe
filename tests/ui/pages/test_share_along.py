"""Nothing goes along in a share that was not ticked: a word of its own in every field, and each choice by itself."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import msgspec
import pytest

from journal.records import (
    MODALITIES,
    CheckIn,
    Course,
    Experience,
    IntegrationNote,
    Intention,
    Moment,
    Session,
    Settings,
)
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.share import plain_page
from tests.ui.conftest import NOW
from tests.ui.hands import ask, go
from tests.ui.pages.hands import save
from tests.ui.pages.sharing import on, step, texts, tick
from ui.pages.share import PREVIEW
from ui.places import Place
from ui.window import MainWindow

FIELDS = {
    "sessiondose", "sessionplace", "sessionpeople", "sessionnotes", "intentiontitle", "intentiontext",
    "intentiontag", "experiencetitle", "experiencetext", "experiencetag", "notetitle", "notetext", "notetag",
    "pagetitle", "pagetext", "pagetag", "checkinnote", "coursetitle", "coursenotes", "othersession", "ownname",
}  # fmt: skip


@pytest.fixture
def marked(qtbot, window_open: MainWindow) -> dict[str, str]:
    """A journal in which every field holds its own word, and the ids of what holds them."""
    now = Moment(NOW)
    course = save(qtbot, window_open, Course(title="coursetitle", notes="coursenotes"))
    fields = {"dose": "sessiondose", "setting": "sessionplace", "people": "sessionpeople", "notes": "sessionnotes"}
    session = save(qtbot, window_open, Session(starts=now, course=course, happened=True, **fields))
    other = save(qtbot, window_open, Session(starts=Moment(NOW - timedelta(days=9)), dose="othersession"))

    def writing(kind: type, name: str, **more: Any) -> str:
        words = {"title": f"{name}title", "text": f"{name}text", "tags": (f"{name}tag",)}
        return save(qtbot, window_open, kind(at=now, **words, **more))

    ask(qtbot, window_open, partial(JournalService.save_settings, settings=Settings(name="ownname")))
    return {
        "session": session,
        "other": other,
        "intention": writing(Intention, "intention", session=session),
        "experience": writing(Experience, "experience", session=session),
        "note": writing(IntegrationNote, "note", session=session, modalities=(MODALITIES[0][0],)),
        "page": writing(JournalPage, "page"),
        "checkin": save(qtbot, window_open, CheckIn(at=now, mood=3, note="checkinnote", session=session)),
    }


ALONG = [
    ("session", (), {"sessiondose"}),
    ("session", ("include_place",), {"sessiondose", "sessionplace"}),
    ("session", ("include_people",), {"sessiondose", "sessionpeople"}),
    ("session", ("include_session_notes",), {"sessiondose", "sessionnotes"}),
    ("intention", (), {"intentiontitle", "intentiontext"}),
    ("experience", ("exact_times",), {"experiencetitle", "experiencetext"}),
    ("note", (), {"notetitle", "notetext"}),
    ("note", ("include_tags",), {"notetitle", "notetext", "notetag"}),
    ("page", ("include_tags",), {"pagetitle", "pagetext", "pagetag"}),
    ("checkin", (), set()),
    ("checkin", ("include_checkin_notes",), {"checkinnote"}),
]


@pytest.mark.parametrize(("kind", "switches", "words"), ALONG, ids=[f"{one[0]} {' '.join(one[1])}" for one in ALONG])
def test_no_field_goes_along_that_was_not_chosen(
    qtbot, window_open: MainWindow, marked: dict[str, str], kind: str, switches: tuple[str, ...], words: set[str]
) -> None:
    page = go(qtbot, window_open, Place("share"))
    tick(page, marked[kind])
    for name in switches:
        page.choose.switches[name].click()
    on(qtbot, page)
    assert page.reader.sender.text() == "ownname"  # offered, to be seen and changed
    page.reader.sender.clear()
    on(qtbot, page)
    assert step(page) == PREVIEW
    sealed = msgspec.json.encode(page._payload).decode() + plain_page(page._payload)
    seen = " ".join(texts(page.preview.view))
    assert {word for word in FIELDS if word in sealed} == words
    assert {word for word in FIELDS if word in seen} == words
    assert ("T14:05" in sealed or "14:05" in seen) is ("exact_times" in switches)


def test_what_was_left_out_is_counted_only_where_that_was_chosen(qtbot, window_open: MainWindow, marked) -> None:
    page = go(qtbot, window_open, Place("share"))
    tick(page, marked["intention"])
    on(qtbot, page, 2)
    assert page._payload.left_out is None
    page.earlier.click()
    page.earlier.click()
    page.choose.tell_left_out.click()
    on(qtbot, page, 2)
    assert page._payload.left_out.checkins == 1
    assert any("Not included" in text for text in texts(page.preview.view))
