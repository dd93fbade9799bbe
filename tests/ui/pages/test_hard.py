"""The path after something hard, the cover, and the look at it again."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from journal.records import Experience, HardMoment, HowHard, Intention, Moment, Person, Question, Session, Whom
from journal.service import JournalService
from journal.store import Query
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.hands import entries, gone, no_room, read_only, save, shown
from tests.ui.pages.hard_hands import hard, path
from tests.ui.pages.landing_hands import choose, session, step
from ui.audit import faults
from ui.pages.journey import FILTERS
from ui.places import Place
from ui.theme import Scheme
from ui.widgets.session_landing import SessionLanding
from ui.window import MainWindow


@pytest.fixture
def experience(qtbot, window_open) -> str:
    at = session(qtbot, window_open)
    record = Experience(at=Moment(NOW), title="The corridor", text="a door that would not open", session=at)
    return save(qtbot, window_open, record)


def words(widget) -> str:
    from PySide6.QtWidgets import QLabel, QTextEdit

    seen = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    seen += [one.text() for one in widget.findChildren(QPushButton) if one.isVisible()]
    seen += [one.toPlainText() for one in widget.findChildren(QTextEdit) if one.isVisible()]
    return "\n".join(seen)


def test_the_whole_path_is_kept_step_by_step(qtbot, window_open, experience):
    save(qtbot, window_open, Person(name="Mira"))
    page = path(qtbot, window_open, eids=(experience,))
    choose(qtbot, window_open, page, "Very")
    qtbot.keyClicks(page.note, "all at once")
    step(qtbot, window_open, page)
    page.part.cover_title.setText("Not today")
    page.part.cover.click()
    quiet(qtbot, window_open.context.tasks)
    step(qtbot, window_open, page)
    assert "Feet on the floor" in words(page)
    step(qtbot, window_open, page)
    shown(page, "Mira").click()
    page.part.name.setText("my sister")
    page.part.name.returnPressed.emit()
    page.part.wants_talk.click()
    step(qtbot, window_open, page)
    page.part.choices._group.button(1).click()
    step(qtbot, window_open, page)
    assert page.next.text() == "Done" and page.kept.text()
    found = hard(qtbot, window_open)
    assert (found.how, found.note, found.entry, found.talk) == (HowHard.VERY, "all at once", experience, True)
    assert found.tell == ("Mira", "my sister")
    assert found.ask_again.at.date() == (NOW + timedelta(days=7)).date()
    record = entries(qtbot, window_open)[experience]
    assert (record.covered, record.cover, record.text) == (True, "Not today", "a door that would not open")


def test_stopping_anywhere_keeps_what_is_there(qtbot, window_open, experience):
    page = path(qtbot, window_open, eids=(experience,))
    choose(qtbot, window_open, page, "A bit")
    qtbot.keyClicks(page.note, "half a sen")
    page.stop.click()
    quiet(qtbot, window_open.context.tasks)
    found = hard(qtbot, window_open)
    assert (found.how, found.note, found.entry) == (HowHard.BIT, "half a sen", experience)


def test_skipping_all_of_it_notes_nothing(qtbot, window_open, experience):
    page = path(qtbot, window_open, eids=(experience,))
    while page._step != "end":
        assert page.next.text() in ("Skip", "Go on")
        step(qtbot, window_open, page)
    assert "Nothing was noted" in words(page)
    page.next.click()
    quiet(qtbot, window_open.context.tasks)
    assert not [one for one in entries(qtbot, window_open).values() if isinstance(one, HardMoment)]


def test_covering_alone_says_nothing_about_how_hard_it_was(qtbot, window_open, experience):
    page = path(qtbot, window_open, eids=(experience,))
    step(qtbot, window_open, page)
    page.part.cover.click()
    quiet(qtbot, window_open.context.tasks)
    page.part.uncover.click()
    quiet(qtbot, window_open.context.tasks)
    assert not [one for one in entries(qtbot, window_open).values() if isinstance(one, HardMoment)]
    assert not entries(qtbot, window_open)[experience].covered


def test_taking_a_cover_off_says_nothing_of_what_was_hard(qtbot, window_open, experience):
    of = entries(qtbot, window_open)[experience].session
    ask(qtbot, window_open, partial(JournalService.cover, eid=experience, title="Not today"))
    page = path(qtbot, window_open, session=of)
    choose(qtbot, window_open, page, "A bit")
    step(qtbot, window_open, page)
    assert page.next.text() == "Go on"
    page.part.uncover.click()
    quiet(qtbot, window_open.context.tasks)
    assert hard(qtbot, window_open).entry is None and page.next.text() == "Skip"
    page.part.cover.click()
    quiet(qtbot, window_open.context.tasks)
    assert hard(qtbot, window_open).entry == experience and page.next.text() == "Go on"


def test_words_are_sealed_as_typed_and_survive_a_full_disk(qtbot, window_open, experience, tmp_path):
    page = path(qtbot, window_open, eids=(experience,))
    choose(qtbot, window_open, page, "A bit")
    qtbot.keyClicks(page.note, "typed")
    page.sealing.due.emit()
    quiet(qtbot, window_open.context.tasks)
    assert [draft.record.note for draft in gone(tmp_path / "journal.vault").drafts] == ["typed"]
    qtbot.keyClicks(page.note, " on")
    with no_room():
        window_open.stack.go(Place("today"))
        quiet(qtbot, window_open.context.tasks)
        assert window_open.stack.place.name == "hard"
        assert (page.kept.text(), page.note.value()) == ("Not kept yet", "typed on")
    page.stop.click()
    quiet(qtbot, window_open.context.tasks)
    assert hard(qtbot, window_open).note == "typed on"


def test_a_look_again_yes_suggests_and_adds_nothing_by_itself(qtbot, window_open, experience):
    eid = save(
        qtbot, window_open, HardMoment(at=Moment(NOW), entry=experience, ask_again=Moment(NOW), note="my words")
    )
    page = path(qtbot, window_open, eid=eid)
    assert "my words" in words(page) and "Does it still bother you?" in words(page)
    choose(qtbot, window_open, page, "Yes")
    step(qtbot, window_open, page)
    assert page.part.words.value().startswith("The corridor")

    def questions() -> list[Question]:
        return [one for one in entries(qtbot, window_open).values() if isinstance(one, Question)]

    assert questions() == []
    page.part.add_.click()
    quiet(qtbot, window_open.context.tasks)
    (question,) = questions()
    assert (question.whom, question.entry) == (Whom.THERAPY, experience)
    step(qtbot, window_open, page)
    page.part.choices._group.button(0).click()
    step(qtbot, window_open, page)
    found = hard(qtbot, window_open)
    assert (found.still, found.looked.at) == (True, NOW) and found.ask_again.at > NOW
    assert ask(qtbot, window_open, JournalService.due_looks) == ()


@pytest.mark.parametrize(("answer", "still"), [("No", False), ("", None)])
def test_a_look_again_no_or_skipped_is_the_end_of_it(qtbot, window_open, answer, still):
    eid = save(qtbot, window_open, HardMoment(at=Moment(NOW), ask_again=Moment(NOW)))
    page = path(qtbot, window_open, eid=eid)
    if answer:
        choose(qtbot, window_open, page, answer)
    step(qtbot, window_open, page)
    assert page._step == "end"
    found = hard(qtbot, window_open)
    assert (found.still, found.looked.at) == (still, NOW)
    assert ask(qtbot, window_open, JournalService.due_looks) == ()


def test_a_day_can_be_picked_and_not_one_that_is_past(qtbot, window_open):
    page = path(qtbot, window_open)
    while page._step != "again":
        step(qtbot, window_open, page)
    page.part.choices._group.button(2).click()
    assert page.part.day.isVisible()
    page.part.day.setDate(page.part.day.minimumDate().addDays(9))
    quiet(qtbot, window_open.context.tasks)
    assert hard(qtbot, window_open).ask_again.at.date() == (NOW + timedelta(days=10)).date()
    page.part.day.setDate(page.part.day.minimumDate().addDays(-30))
    assert page.part.day.date() == page.part.day.minimumDate()


def test_for_reading_only_there_is_the_room_and_nothing_to_write(qtbot, window, tmp_path):
    read_only(qtbot, window, tmp_path / "journal.vault", lambda service: None)
    page = path(qtbot, window)
    assert "Feet on the floor" in words(page) and page.next.text() == "Done"


@pytest.mark.parametrize("due", [False, True])
def test_a_note_is_read_where_nothing_can_be_written(qtbot, window, tmp_path, due):
    ahead = NOW + timedelta(days=3)
    record = HardMoment(
        at=Moment(NOW), how=HowHard.VERY, note="all at once", tell=("Mira", "my sister"), talk=True,
        ask_again=Moment(NOW if due else ahead),
    )  # fmt: skip
    looked = HardMoment(at=Moment(NOW), looked=Moment(NOW), still=False, ask_again=Moment(NOW))
    both = lambda service: (service.save(record).eid, service.save(looked).eid)  # noqa: E731
    eid, other = read_only(qtbot, window, tmp_path / "journal.vault", both)
    page = path(qtbot, window, eid=eid)
    seen = words(page)
    for told in ("very hard", "all at once", "Mira, my sister", "with your therapist", "You wanted to be asked on"):
        assert told in seen, told
    assert page.choices is None and page.note is None and faults(window) == []
    step(qtbot, window, page)
    assert "Feet on the floor" in words(page) and page.next.text() == "Done"
    page = path(qtbot, window, eid=other)
    assert "a bit hard" in words(page) and "it did not bother you any more" in words(page)


def test_a_session_that_lies_ahead_was_not_hard_yet(qtbot, window_open):
    for ahead, there in ((timedelta(hours=3), False), (timedelta(), True), (-timedelta(days=3), True)):
        of = save(qtbot, window_open, Session(starts=Moment(NOW + ahead)))
        page = go(qtbot, window_open, Place("session", eid=of))
        assert ("This was hard" in words(page)) is there, ahead
    of = save(qtbot, window_open, Session(starts=Moment(NOW + timedelta(hours=1)), happened=True))
    assert "This was hard" in words(go(qtbot, window_open, Place("session", eid=of)))


def test_what_leads_there_is_no_window_of_its_own(qtbot, theme):
    for ahead in (timedelta(hours=3), timedelta()):
        made = SessionLanding(theme, "a" * 32, Session(starts=Moment(NOW + ahead)), NOW)
        qtbot.addWidget(made)
        assert not made.isVisible()


# -- covers ---------------------------------------------------------------------------------------------------------


def test_a_covered_entry_shows_its_cover_wherever_it_is_listed(qtbot, window_open, experience):
    of = entries(qtbot, window_open)[experience].session
    secret = save(qtbot, window_open, Intention(at=Moment(NOW), title="Hidden aim", text="an aim", session=of))
    for eid, cover in ((experience, "Not today"), (secret, "")):
        ask(qtbot, window_open, partial(JournalService.cover, eid=eid, title=cover))
    draft = entries(qtbot, window_open)[experience]
    ask(qtbot, window_open, partial(JournalService.put_draft, eid=experience, record=draft))
    places = [
        Place("session", eid=of), Place("today"), Place("journey"), Place("share"),
        Place("write", kind="integration", session=of), Place("write", eid=experience, kind="experience"),
    ]  # fmt: skip
    for place in places:
        page = go(qtbot, window_open, place)
        seen = words(page)
        for hidden in ("corridor", "door", "Hidden aim", "an aim"):
            assert hidden not in seen, (place, hidden)


def test_open_shows_it_for_this_viewing(qtbot, window_open, experience):
    of = entries(qtbot, window_open)[experience].session
    ask(qtbot, window_open, partial(JournalService.cover, eid=experience, title="Not today"))
    page = go(qtbot, window_open, Place("session", eid=of))
    shown(page, "Open").click()
    quiet(qtbot, window_open.context.tasks)
    assert "a door that would not open" in words(page)
    go(qtbot, window_open, Place("today"))
    page = go(qtbot, window_open, Place("session", eid=of))
    assert "a door that would not open" not in words(page)


def test_the_writing_page_opens_a_covered_entry_only_after_open(qtbot, window_open, experience):
    ask(qtbot, window_open, partial(JournalService.cover, eid=experience, title="Not today"))
    page = go(qtbot, window_open, Place("write", eid=experience, kind="experience"))
    assert "Not today" in words(page) and not page.desk.isVisible()
    assert faults(window_open) == []
    page.veil.open_.click()
    assert page.editor.hasFocus() and "a door" in page.editor.toPlainText()
    page.editor.insertPlainText("still ")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert page.desk.isVisible()
    record = entries(qtbot, window_open)[experience]
    assert record.covered and "still" in record.text
    go(qtbot, window_open, Place("today"))
    page = go(qtbot, window_open, Place("write", eid=experience, kind="experience"))
    assert not page.desk.isVisible()
    page = go(qtbot, window_open, Place("write", kind="page"))
    assert page.desk.isVisible() and page.editor.hasFocus()


def test_the_writing_page_and_the_session_lead_to_the_path(qtbot, window_open, experience):
    of = entries(qtbot, window_open)[experience].session
    page = go(qtbot, window_open, Place("write", eid=experience, kind="experience", session=of))
    page.desk.hard.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("hard", session=of, eids=(experience,))
    page = go(qtbot, window_open, Place("session", eid=of))
    shown(page, "This was hard").click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("hard", session=of)
    assert len(window_open.stack.currentWidget()._steps) == 6  # what was written there may be covered
    window_open.menu_actions["new-hard"].trigger()
    assert window_open.stack.place == Place("hard")


def test_a_new_entry_is_come_back_to_from_the_path(qtbot, window_open):
    of = session(qtbot, window_open)
    page = go(qtbot, window_open, Place("write", kind="experience", session=of))
    qtbot.keyClicks(page.editor, "a door")
    page.desk.hard.click()
    quiet(qtbot, window_open.context.tasks)
    ((eid, record),) = [one for one in entries(qtbot, window_open).items() if isinstance(one[1], Experience)]
    assert window_open.stack.place == Place("hard", session=of, eids=(eid,))
    choose(qtbot, window_open, window_open.stack.currentWidget(), "Very")
    window_open.stack.currentWidget().stop.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("write", eid=eid, kind="experience", session=of)
    assert page.editor.toPlainText() == record.text == "a door"
    qtbot.keyClicks(page.editor, "so ")
    page.save.click()
    quiet(qtbot, window_open.context.tasks)
    assert len([one for one in entries(qtbot, window_open).values() if isinstance(one, Experience)]) == 1
    assert hard(qtbot, window_open).entry == eid


def test_an_entry_without_a_word_is_none_that_was_hard(qtbot, window_open):
    page = go(qtbot, window_open, Place("write", kind="page"))
    page.desk.hard.click()
    quiet(qtbot, window_open.context.tasks)
    choose(qtbot, window_open, window_open.stack.currentWidget(), "Very")
    assert hard(qtbot, window_open).entry is None


@pytest.mark.parametrize(
    ("scheme", "scale", "size"),
    [(Scheme.LIGHT, 100, (1120, 760)), (Scheme.DARK, 200, (900, 600)), (Scheme.LIGHT, 100, (480, 640))],
)
def test_nothing_is_clipped_on_any_step(qtbot, window_open, theme, experience, scheme, scale, size):
    theme.apply(scheme, scale)
    window_open.resize(*size)
    empty = save(qtbot, window_open, Session(starts=Moment(NOW)))
    for place in (Place("hard", eids=(experience,)), Place("hard", session=empty)):
        page = path(qtbot, window_open, session=place.session, eids=place.eids)
        while True:
            assert faults(window_open) == [], page._step
            if page._step == "end":
                break
            step(qtbot, window_open, page)


def test_a_look_in_the_dim_light_leads_to_no_bright_page(qtbot, window_open, theme, experience):
    note = HardMoment(at=Moment(NOW), how=HowHard.VERY, entry=experience, ask_again=Moment(NOW - timedelta(days=1)))
    eid = save(qtbot, window_open, note)
    assert "Open: The corridor" in words(path(qtbot, window_open, eid=eid))
    go(qtbot, window_open, Place("landing"))
    page = path(qtbot, window_open, eid=eid)
    assert (page._step, theme.scheme) == ("look", Scheme.LANDING)
    assert "Open: " not in words(page)


# -- found again ---------------------------------------------------------------------------------------------------


def test_what_was_hard_stands_on_the_sessions_page_and_leads_back_to_it(qtbot, window_open: MainWindow) -> None:
    of = save(qtbot, window_open, Session(starts=Moment(NOW), happened=True))
    entry = save(qtbot, window_open, Experience(at=Moment(NOW), text="The stairs went down.", session=of))
    own = save(qtbot, window_open, HardMoment(at=Moment(NOW), session=of, note="my heart raced"))
    about = save(qtbot, window_open, HardMoment(at=Moment(NOW), how=HowHard.VERY, entry=entry))
    page = go(qtbot, window_open, Place("session", eid=of))
    seen = [made.text() for made in page.findChildren(QLabel) if made.isVisibleTo(page)]
    assert {"What was hard", "my heart raced"} <= set(seen)
    assert sum(text.endswith("a bit hard") for text in seen) == sum(text.endswith("very hard") for text in seen) == 1
    opens = [made for made in page.findChildren(QPushButton) if made.accessibleName().startswith("Open: A bit hard")]
    opens[0].click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("hard", eid=own, session=of)
    rows = {row.eid: row for row in ask(qtbot, window_open, JournalService.rows)}
    assert (rows[own].title, rows[own].snippet) == ("A bit hard", "my heart raced")
    assert (rows[about].title, rows[about].snippet) == ("Very hard", "The stairs went down.")


def test_a_cover_lies_over_the_words_of_what_was_hard_too(qtbot, window_open: MainWindow) -> None:
    of = save(qtbot, window_open, Session(starts=Moment(NOW), happened=True))
    covered = Experience(at=Moment(NOW), text="The stairs went down.", session=of, covered=True, cover="Stone")
    entry = save(qtbot, window_open, covered)
    eid = save(qtbot, window_open, HardMoment(at=Moment(NOW), entry=entry, session=of, note="my heart raced"))
    page = go(qtbot, window_open, Place("session", eid=of))
    seen = " ".join(made.text() for made in page.findChildren(QLabel) if made.isVisibleTo(page))
    assert "Stone" in seen and "stairs" not in seen and "raced" not in seen
    (row,) = (row for row in ask(qtbot, window_open, JournalService.rows) if row.eid == eid)
    assert (row.title, row.snippet) == ("A bit hard", "Stone")


def test_journey_finds_what_was_hard_by_its_words_and_by_its_kind(qtbot, window_open: MainWindow) -> None:
    eid = save(qtbot, window_open, HardMoment(at=Moment(NOW), note="my heart raced"))
    save(qtbot, window_open, Experience(at=Moment(NOW), text="Quiet."))
    found = ask(qtbot, window_open, partial(JournalService.rows, query=Query(text="raced")))
    assert [row.eid for row in found] == [eid]
    found = ask(qtbot, window_open, partial(JournalService.rows, query=Query(kinds=frozenset({"hard"}))))
    assert [row.eid for row in found] == [eid]
    assert ("hard", "Hard moments") in FILTERS
