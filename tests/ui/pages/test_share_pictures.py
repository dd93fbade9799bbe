"""Pictures go along with a share only where each was ticked, as they were seen, and with nothing but their pixels."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QPushButton

from journal.records import Moment, ShareSet
from journal.records import Page as JournalPage
from journal.service import JournalService
from journal.share import read_share
from tests.journal.share.laden import LADEN, WORD
from tests.ui.conftest import NOW, quiet
from tests.ui.hands import ask, go
from tests.ui.pages.conftest import Course as SampleCourse
from tests.ui.pages.hands import save
from tests.ui.pages.pictures import png
from tests.ui.pages.sharing import on, step, texts, tick
from ui.dialogs.picture import PictureDialog
from ui.pages.share import CHOOSE, DONE, PREVIEW, READER, SharePage
from ui.places import Place
from ui.review.pictures_view import LargePicture, PictureFigure

Key = Qt.Key
FILES = {"canary-one.png": LADEN["png"], "canary-two.jpg": LADEN["jpeg"], "canary.pdf": b"%PDF"}


def attach(qtbot: Any, course: SampleCourse, entry: str, name: str, data: bytes) -> str:
    saved = ask(
        qtbot, course.window, partial(JournalService.attach_bytes, entry=entry, name=name, data=data)
    )
    return saved.eid


@pytest.fixture
def entry(qtbot, course: SampleCourse) -> str:
    """A page with two pictures and a file that is none."""
    eid = save(qtbot, course.window, JournalPage(at=Moment(NOW), title="With pictures", text="Two doors."))
    for name, data in FILES.items():
        attach(qtbot, course, eid, name, data)
    return eid


@pytest.fixture
def share(qtbot, course: SampleCourse, entry: str) -> SharePage:
    return go(qtbot, course.window, Place("share"))


def lines(page: SharePage, entry: str) -> list[QModelIndex]:
    """The lines of an entry's pictures, by their names."""
    index = page.choose.model.index_of(entry)
    found = [page.choose.model.index(row, 0, index) for row in range(page.choose.model.rowCount(index))]
    return sorted(found, key=lambda one: page.choose.model.node(one).detail)


def tick_picture(qtbot: Any, page: SharePage, index: QModelIndex) -> None:
    """As a person does, by keys."""
    page.choose.tree.setCurrentIndex(index)
    page.choose.tree.setFocus()
    qtbot.keyClick(page.choose.tree, Key.Key_Space)


def to_preview(qtbot: Any, page: SharePage) -> None:
    on(qtbot, page, 2)
    qtbot.waitUntil(lambda: step(page) == PREVIEW)
    quiet(qtbot, page.context.tasks)


def figures(qtbot: Any, widget: Any) -> list[PictureFigure]:
    found = widget.findChildren(PictureFigure)
    qtbot.waitUntil(lambda: all(figure.is_shown for figure in found))
    return found


# -- choosing --------------------------------------------------------------------------------------------------


def test_no_picture_is_ticked_by_what_is_above_it(share: SharePage, entry: str) -> None:
    model = share.choose.model
    for row in range(model.rowCount()):
        model.tick(model.index(row, 0))
    assert entry in model.ticked()
    assert model.pictures() == () and share.choose.captions.isHidden()
    assert [index.data(Qt.ItemDataRole.CheckStateRole) for index in lines(share, entry)] == [
        Qt.CheckState.Unchecked, Qt.CheckState.Unchecked,
    ]  # fmt: skip


def test_a_picture_is_ticked_only_with_its_entry_and_by_keys(qtbot, share: SharePage, entry: str) -> None:
    model = share.choose.model
    share.choose.reveal([entry])
    share.choose.tree.expand(model.index_of(entry))
    first, _ = lines(share, entry)
    assert first.data(Qt.ItemDataRole.CheckStateRole) is None
    assert first.data() == "Picture  ·  canary-one.png (tick its entry first)"
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Picture, canary-one.png, tick its entry first"
    tick_picture(qtbot, share, first)
    qtbot.keyClick(share.choose.tree, Key.Key_Return)
    assert model.pictures() == () and model.ticked() == frozenset()
    tick(share, entry)
    assert share.choose.tree.isExpanded(model.index_of(entry))
    tick_picture(qtbot, share, first)
    assert len(model.pictures()) == 1 and model.ticked() == {entry}
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == "Picture, canary-one.png, ticked"
    assert share.choose.count.text() == "1 thing is ticked. 1 picture goes along."
    model.setData(model.index_of(entry), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert model.pictures() == ()
    tick(share, entry)
    assert model.pictures() == (), "unticking its entry unticked it"


def test_a_kept_choice_ticks_no_picture(qtbot, course: SampleCourse, share: SharePage, entry: str) -> None:
    tick(share, entry)
    tick_picture(qtbot, share, lines(share, entry)[0])
    assert share.choose.kinds() == ("page",)
    save(qtbot, course.window, ShareSet(name="Pages", kinds=share.choose.kinds()))
    kept = ask(qtbot, course.window, JournalService.share_sets)[0]
    share.choose.sets.chosen.emit(kept.eid)
    quiet(qtbot, share.context.tasks)
    assert entry in share.choose.model.ticked()
    assert share.choose.model.pictures() == ()


def test_a_field_under_each_ticked_picture_and_a_way_to_look_at_it(qtbot, share: SharePage, entry: str) -> None:
    tick(share, entry)
    for index in lines(share, entry):
        tick_picture(qtbot, share, index)
    fields = {field.accessibleName(): field for field in share.choose.captions.fields.values()}
    assert sorted(fields) == ["Words under canary-one.png", "Words under canary-two.jpg"]
    assert {field.text() for field in fields.values()} == {""}, "the name of a file is not put there"
    assert not share.choose.captions.isHidden()
    looks = {made.accessibleName(): made for made in share.choose.captions.findChildren(QPushButton)}
    looks["Look at canary-one.png"].click()
    quiet(qtbot, share.context.tasks)
    dialog = share.window().findChild(PictureDialog)
    qtbot.waitUntil(lambda: dialog.is_shown)
    dialog.reject()
    fields["Words under canary-one.png"].setText("The door")
    for _ in range(2):
        tick_picture(qtbot, share, lines(share, entry)[0])
    (one,) = (f for f in share.choose.captions.fields.values() if f.accessibleName() == "Words under canary-one.png")
    assert one.text() == "The door", "it stays while the picture is unticked"


# -- seeing and making -----------------------------------------------------------------------------------------


def test_what_was_seen_is_what_is_written(qtbot, share: SharePage, entry: str, tmp_path: Path) -> None:
    tick(share, entry)
    tick_picture(qtbot, share, lines(share, entry)[1])
    next(iter(share.choose.captions.fields.values())).setText("The second door")
    to_preview(qtbot, share)
    (figure,) = figures(qtbot, share.preview)
    assert "The second door" in texts(share.preview)
    assert figure.thumb.accessibleName() == "The second door. A picture, 80 by 60 pixels"
    assert share.banner.text.startswith("2 added files stay in the journal")
    share.context.prompter.answers = [tmp_path / "s.age"]
    share.next.click()
    quiet(qtbot, share.context.tasks)
    qtbot.waitUntil(lambda: step(share) == DONE)
    opened = read_share(tmp_path / "s.age", passphrase=share.done.words.text())
    (picture,) = opened.payload.pictures
    assert picture == figure.picture
    assert WORD not in picture.data and "canary" not in opened.text


def test_an_unticked_picture_is_not_seen(qtbot, share: SharePage, entry: str) -> None:
    tick(share, entry)
    to_preview(qtbot, share)
    assert share.preview.findChildren(PictureFigure) == []
    assert "3 added files stay in the journal" in share.banner.text


def test_looking_again_shows_the_same_bytes(qtbot, share: SharePage, entry: str) -> None:
    tick(share, entry)
    tick_picture(qtbot, share, lines(share, entry)[0])
    to_preview(qtbot, share)
    (before,) = share._payload.pictures
    share.earlier.click()
    on(qtbot, share)
    qtbot.waitUntil(lambda: step(share) == PREVIEW)
    assert share._payload.pictures[0].data is before.data


def test_a_picture_that_cannot_go_along_is_named(qtbot, course: SampleCourse, entry: str) -> None:
    for name, data in (("the-bomb.png", png(50_000, 50_000)), ("words.png", b"%PDF-1.7")):
        attach(qtbot, course, entry, name, data)
    share = go(qtbot, course.window, Place("share"))
    tick(share, entry)
    for index, told in ((2, "“the-bomb.png”: This picture cannot go along: it has too many"), (3, "“words.png”: ")):
        line = lines(share, entry)[index]
        tick_picture(qtbot, share, line)
        on(qtbot, share, 2)
        qtbot.waitUntil(lambda told=told: share.banner.text.startswith(told))
        assert step(share) == READER and share.next.isEnabled()
        share.earlier.click()
        quiet(qtbot, share.context.tasks)
        tick_picture(qtbot, share, lines(share, entry)[index])
    to_preview(qtbot, share)


def test_a_picture_that_was_removed_since_goes_nowhere(
    qtbot, course: SampleCourse, share: SharePage, entry: str, tmp_path: Path
) -> None:
    tick(share, entry)
    tick_picture(qtbot, share, lines(share, entry)[0])
    to_preview(qtbot, share)
    (eid,) = share.choose.model.pictures()
    ask(qtbot, course.window, partial(JournalService.delete, eid=eid))
    share.context.prompter.answers = [tmp_path / "s.age"]
    share.next.click()
    quiet(qtbot, share.context.tasks)
    qtbot.waitUntil(lambda: "no longer in the journal" in share.banner.text)
    assert not (tmp_path / "s.age").exists()


def test_what_was_ticked_and_typed_is_there_again(qtbot, course: SampleCourse, share: SharePage, entry: str) -> None:
    tick(share, entry)
    tick_picture(qtbot, share, lines(share, entry)[1])
    next(iter(share.choose.captions.fields.values())).setText("The door")
    share.seal()
    quiet(qtbot, share.context.tasks)
    picked = share.choose.pictures()
    kept = ask(qtbot, course.window, JournalService.unfinished_share)
    assert kept.pictures == picked and kept.pictures[0].caption == "The door"
    share._start_anew()
    assert share.choose.pictures() == ()
    share._bring_back(kept)
    assert share.choose.pictures() == picked and step(share) == CHOOSE


# -- larger ----------------------------------------------------------------------------------------------------


def test_a_picture_opens_larger_by_keys(qtbot, share: SharePage, entry: str) -> None:
    tick(share, entry)
    tick_picture(qtbot, share, lines(share, entry)[0])
    to_preview(qtbot, share)
    (figure,) = figures(qtbot, share.preview)
    figure.thumb.setFocus()
    qtbot.keyClick(figure.thumb, Key.Key_Return)
    dialog = share.window().findChild(QDialog)
    assert isinstance(dialog, LargePicture)
    qtbot.waitUntil(lambda: not dialog.view.canvas.image.isNull())
    assert dialog.view.is_fitted
    qtbot.keyClick(dialog.view, Key.Key_1)
    assert not dialog.view.is_fitted and dialog.full.isChecked()
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert dialog.isHidden()
