"""Two computers in the window: what a copy would bring, and two versions side by side."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from journal.records import CheckIn, Intention, Medicine, Moment, Session, SideEffect, Strength
from journal.service import JournalService
from journal.vault import FAST
from tests.ui.conftest import NOW, PASSWORD, quiet
from tests.ui.hands import ask, go
from tests.ui.two_computers import EID, bring, text
from ui import audit
from ui.dialogs.merge import MergeDialog
from ui.models.rows import Role
from ui.pages.two_versions import TwoVersionsPage
from ui.places import Place
from ui.theme import Scheme
from ui.window import MainWindow


def dialog(qtbot, window: MainWindow, path: Path) -> MergeDialog:
    """The dialog of the menu, once it has looked."""
    window.context.prompter.answers = [path]
    window.menu_actions["merge"].trigger()
    quiet(qtbot, window.context.tasks)
    found = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MergeDialog)]
    return next(widget for widget in found if widget.isVisible())


def apart(qtbot, window: MainWindow, there: JournalService) -> TwoVersionsPage:
    """The page of an entry that was written on both."""
    ask(qtbot, window, partial(JournalService.save, record=text("written here"), eid=EID))
    there.save(text("written there"), EID)
    ask(qtbot, window, partial(bring, path=there.path))
    return go(qtbot, window, Place("two-versions", eid=EID))


def shown(page) -> str:
    labels = [found.text() for found in page.findChildren(QLabel) if found.isVisibleTo(page)]
    return "\n".join(labels)


def press(qtbot, page: TwoVersionsPage, words: str) -> None:
    found = [made for made in page.findChildren(QPushButton) if made.text() == words and made.isVisibleTo(page)]
    assert len(found) == 1, words
    found[0].click()
    quiet(qtbot, page.context.tasks)


def record(qtbot, window: MainWindow, eid: str = EID):
    return ask(qtbot, window, partial(JournalService.get, eid=eid)).record


# -- the dialog ------------------------------------------------------------------------------------------------------


def test_what_would_come_in_is_shown_and_then_taken_in(qtbot, window_open: MainWindow, there) -> None:
    there.save(text("new there", title="A walk"))
    there.save(text("changed there"), EID)
    made = dialog(qtbot, window_open, there.path)
    assert made.text.text() == "This would come in: 1 new entry, 1 entry changed there."
    lines = [made.list.item(row).text() for row in range(made.list.count())]
    assert any("A walk\nNew · Journal page" in line for line in lines)
    assert any("The week after\nChanged there" in line for line in lines)
    assert record(qtbot, window_open).text == "first"
    assert audit.faults(made) == []
    made.next.click()
    quiet(qtbot, window_open.context.tasks)
    assert record(qtbot, window_open).text == "changed there"
    assert "nothing that was here is lost" in made.text.text()
    assert made.see.isHidden()
    assert window_open.stack.currentWidget() is not None
    made.reject()
    again = dialog(qtbot, window_open, there.path)
    assert again.text.text() == "Everything in that copy is here already."
    assert again.next.isHidden()


def test_cancelled_nothing_comes_in(qtbot, window_open: MainWindow, there) -> None:
    there.save(text("changed there"), EID)
    dialog(qtbot, window_open, there.path).reject()
    quiet(qtbot, window_open.context.tasks)
    assert record(qtbot, window_open).text == "first"


def test_two_versions_can_be_gone_to_at_once(qtbot, window_open: MainWindow, there) -> None:
    ask(qtbot, window_open, partial(JournalService.save, record=text("written here"), eid=EID))
    there.save(text("written there"), EID)
    made = dialog(qtbot, window_open, there.path)
    assert "1 entry will have two versions" in made.text.text()
    made.next.click()
    quiet(qtbot, window_open.context.tasks)
    assert "1 entry has two versions now" in made.text.text()
    made.see.click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place == Place("two-versions", eid=EID)


def test_another_journal_is_refused_in_the_dialog(qtbot, window_open: MainWindow, tmp_path: Path) -> None:
    other, _ = JournalService.create(tmp_path / "x" / "x.vault", PASSWORD, profile=FAST, state_dir=tmp_path / "x")
    other.close()
    made = dialog(qtbot, window_open, tmp_path / "x" / "x.vault")
    assert "another journal" in made.banner.text
    assert made.next.isHidden() and made.ask_password.isHidden()


def test_a_copy_of_another_key_is_asked_for_its_password(qtbot, window_open: MainWindow, there) -> None:
    there.rotate("quite another password")
    there.save(text("changed there"), EID)
    made = dialog(qtbot, window_open, there.path)
    assert made.ask_password.isVisible() and made.next.isHidden()
    made.password.edit.setText("not this one at all")
    made.look.click()
    quiet(qtbot, window_open.context.tasks)
    assert "does not open this copy" in made.banner.text
    made.password.edit.setText("quite another password")
    made.look.click()
    quiet(qtbot, window_open.context.tasks)
    assert made.ask_password.isHidden() and not made.next.isHidden()
    made.next.click()
    quiet(qtbot, window_open.context.tasks)
    assert record(qtbot, window_open).text == "changed there"


def test_what_is_damaged_there_is_said(qtbot, window_open: MainWindow, there) -> None:
    from tests.journal.cli.commands import spoil_row

    eid = there.save(text("soon damaged")).eid
    there.save(text("changed there"), EID)
    there.close()
    spoil_row(there.path, eid)
    made = dialog(qtbot, window_open, there.path)
    assert "1 part of that copy is damaged and would be left out" in made.note.text()


# -- two versions ----------------------------------------------------------------------------------------------------


def test_both_stand_side_by_side(qtbot, window_open: MainWindow, there) -> None:
    page = apart(qtbot, window_open, there)
    assert "This was written on two computers. Both are kept." in shown(page)
    assert "Written on this computer" in shown(page) and "Written on another computer" in shown(page)
    assert [made.text() for made in page.keep] == ["Keep this one", "Keep the other"]
    assert page.keep[0].mapTo(page, page.keep[0].pos()).x() != page.keep[1].mapTo(page, page.keep[1].pos()).x()
    assert all(made.accessibleDescription() for made in page.keep)


@pytest.mark.parametrize("number", [0, 1])
def test_one_is_kept(qtbot, window_open: MainWindow, there, number: int) -> None:
    go(qtbot, window_open, Place("journey"))
    page = apart(qtbot, window_open, there)
    wanted = ask(qtbot, window_open, partial(JournalService.sides, eid=EID))[number].record.text
    press(qtbot, page, page.keep[number].text())
    assert record(qtbot, window_open).text == wanted
    assert ask(qtbot, window_open, partial(JournalService.get, eid=EID)).heads == 1
    assert window_open.stack.place == Place("journey")
    assert "earlier versions" in window_open.status.text


def test_both_are_kept_as_two_entries(qtbot, window_open: MainWindow, there) -> None:
    press(qtbot, apart(qtbot, window_open, there), "Keep both as two entries")
    found = {row.snippet for row in ask(qtbot, window_open, JournalService.rows)}
    assert found == {"written here", "written there"}


def test_both_are_put_together_and_written_on(qtbot, window_open: MainWindow, there) -> None:
    press(qtbot, apart(qtbot, window_open, there), "Put them together")
    assert window_open.stack.place == Place("write", eid=EID)
    words = window_open.stack.currentWidget().editor.toPlainText()
    assert "written here" in words and "written there" in words
    assert ask(qtbot, window_open, partial(JournalService.get, eid=EID)).heads == 1


def test_removed_on_one_side(qtbot, window_open: MainWindow, there) -> None:
    ask(qtbot, window_open, partial(JournalService.save, record=text("still wanted"), eid=EID))
    there.delete(EID)
    ask(qtbot, window_open, partial(bring, path=there.path))
    page = go(qtbot, window_open, Place("two-versions", eid=EID))
    assert "removed on one computer and written on another" in shown(page)
    assert page.together.isHidden() and page.both.isHidden()
    press(qtbot, page, "Keep it removed")
    assert ask(qtbot, window_open, partial(JournalService.find, eid=EID)) is None


def test_three_versions_and_kinds_without_text(qtbot, window_open: MainWindow, there, tmp_path: Path, clock) -> None:
    ask(qtbot, window_open, partial(JournalService.save, record=CheckIn(at=Moment(NOW), mood=1), eid="2" * 32))
    ask(qtbot, window_open, partial(bring, path=there.path))
    there.merge(there.look_into(tmp_path / "journal.vault").copy)
    third = tmp_path / "third"
    third.mkdir()
    shutil.copy(there.path, third / "mine.vault")
    more = JournalService.open(third / "mine.vault", password=PASSWORD, clock=clock, state_dir=third)
    for mood, service in ((2, there), (3, more)):
        service.save(CheckIn(at=Moment(NOW), mood=mood), "2" * 32)
    ask(qtbot, window_open, partial(JournalService.save, record=CheckIn(at=Moment(NOW), mood=4), eid="2" * 32))
    more.close()
    for path in (there.path, more.path):
        ask(qtbot, window_open, partial(bring, path=path))
    page = go(qtbot, window_open, Place("two-versions", eid="2" * 32))
    assert page.heading.text() == "Check-in: three versions"
    assert "All of them are kept." in shown(page)
    assert page.together.isHidden() and page.both.text() == "Keep all as 3 entries"
    assert len(page.keep) == 3
    press(qtbot, page, "Keep all as 3 entries")
    items = ask(qtbot, window_open, JournalService.items)
    assert sorted(item.record.mood for item in items if item.record.kind == "checkin") == [2, 3, 4]


def test_both_versions_of_a_medicine_are_told_and_what_they_point_at_by_its_name(
    qtbot, window_open: MainWindow, there
) -> None:
    session = Session(starts=Moment(NOW), number=3)
    effect = SideEffect(what="nausea", began=Moment(NOW), session="2" * 32)
    both = [Medicine(name="Sertraline", notes=f"as told {where}") for where in ("here", "there")]
    for eid, first in (("2" * 32, session), (EID, both[0]), ("3" * 32, effect)):
        ask(qtbot, window_open, partial(JournalService.save, record=first, eid=eid))
    there.save(both[1], EID)
    there.save(msgspec.structs.replace(effect, strength=Strength.STRONG), "3" * 32)
    ask(qtbot, window_open, partial(bring, path=there.path))
    page = go(qtbot, window_open, Place("two-versions", eid=EID))
    assert "Notes: as told here" in shown(page) and "Notes: as told there" in shown(page)
    assert "newer version" not in shown(page)
    page = go(qtbot, window_open, Place("two-versions", eid="3" * 32))
    assert "How strong: Strong" in shown(page)
    assert shown(page).count("Session: Session 3 of") == 2


def test_an_entry_that_is_gone_says_so(qtbot, window_open: MainWindow) -> None:
    page = go(qtbot, window_open, Place("two-versions", eid="9" * 32))
    assert "not in the journal any more" in page.lead.text()
    assert page.both.isHidden()


def test_a_form_in_which_nothing_was_changed_is_no_version_against_the_one_that_came_in(
    qtbot, window_open: MainWindow, there
) -> None:
    op = partial(JournalService.save, record=Medicine(name="Ketamine"))
    eid = ask(qtbot, window_open, op).eid
    there.merge(there.look_into(window_open._path).copy)
    form = go(qtbot, window_open, Place("edit-medicine", eid=eid))
    there.save(Medicine(name="Ketamine", notes="written there"), eid)
    ask(qtbot, window_open, partial(bring, path=there.path))
    assert form.notes.value() == ""
    form.save.click()
    quiet(qtbot, window_open.context.tasks)
    (side,) = ask(qtbot, window_open, partial(JournalService.sides, eid=eid))
    assert side.record.notes == "written there"
    form = go(qtbot, window_open, Place("edit-medicine", eid=eid))
    assert form.notes.value() == "written there"


def test_the_list_marks_it_and_opening_shows_both(qtbot, window_open: MainWindow, there) -> None:
    apart(qtbot, window_open, there)
    journey = go(qtbot, window_open, Place("journey"))
    index = journey.model.position(EID)
    assert "two versions" in index.data(journey_role())
    assert index.data(Role.ITEM).heads == 2
    journey.view.activated.emit(index)
    quiet(qtbot, window_open.context.tasks)
    assert isinstance(window_open.stack.currentWidget(), TwoVersionsPage)
    page = go(qtbot, window_open, Place("write", eid=EID))
    assert "two computers" in page.banner.text
    quiet(qtbot, window_open.context.tasks)
    window_open.stack.go(Place("today"))


def journey_role():
    from PySide6.QtCore import Qt

    return Qt.ItemDataRole.AccessibleTextRole


def test_on_a_sessions_page_it_is_said_and_led_to(qtbot, window_open: MainWindow, there, tmp_path: Path) -> None:
    session, intention = "3" * 32, "4" * 32
    for eid, made in (
        (session, Session(starts=Moment(NOW), happened=True)),
        (intention, Intention(at=Moment(NOW), text="be gentle", session=session)),
    ):
        ask(qtbot, window_open, partial(JournalService.save, record=made, eid=eid))
    there.merge(there.look_into(tmp_path / "journal.vault").copy)
    for where, op in (("here", partial(ask, qtbot, window_open)), ("there", lambda op: op(there))):
        op(partial(JournalService.save, record=Session(starts=Moment(NOW), happened=True, dose=where), eid=session))
        words = Intention(at=Moment(NOW), text=f"be gentle {where}", session=session)
        op(partial(JournalService.save, record=words, eid=intention))
    ask(qtbot, window_open, partial(bring, path=there.path))
    page = go(qtbot, window_open, Place("session", eid=session))
    assert "two computers" in page.banner.text
    next(made for made in page.findChildren(QPushButton) if made.text() == "See both" and made.isVisible()).click()
    quiet(qtbot, window_open.context.tasks)
    assert window_open.stack.place.name == "two-versions"


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_is_clipped(qtbot, window_open: MainWindow, there, scheme: Scheme, scale: int) -> None:
    apart(qtbot, window_open, there)
    window_open.resize(900, 600)
    window_open.context.theme.apply(scheme, scale)
    quiet(qtbot, window_open.context.tasks)
    assert audit.faults(window_open) == []
    go(qtbot, window_open, Place("preferences"))
    assert audit.faults(window_open) == []
